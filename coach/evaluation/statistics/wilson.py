"""An interval for one proportion, and what cases that come in clusters take from it; pure."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple


class Interval(NamedTuple):
    """The ends of an interval, in the units of the figure it belongs to."""

    low: float
    high: float


def wilson(right: float, n: float, z: float = 1.959964) -> Interval:
    """Give the score interval of a proportion.

    Unlike the textbook interval it stays within 0 and 1 and keeps a width where every case is right.

    Args:
        right: Cases that are right, 0 to `n`; not whole after a division by `design_effect`.
        n: Cases, or the independent cases they are worth.
        z: Standard normal quantile, above 0; 1.959964 for a two-sided 95 % interval.

    Returns:
        Ends from 0 to 1; (0, 1) where there was no case.

    Source: Wilson, Probable inference, J. Amer. Stat. Assoc. 22 (1927).
    """
    if n == 0:
        return Interval(0.0, 1.0)
    return Interval(_lower(right, n, z), 1 - _lower(n - right, n, z))


def design_effect(values: Sequence[float], clusters: Sequence[str]) -> float:
    """Say how many of these cases carry the information of one independent case.

    The variance of the mean with whole clusters as the units, over its variance were all cases independent; both
    carry their small-sample correction. Pass `wilson(right / effect, n / effect)` on.

    Args:
        values: What each case scored.
        clusters: The cluster each case belongs to, in the same order.

    Returns:
        1 or more; 1 where every cluster is one case or nothing varies; the number of cases where all of them are
        one cluster, which is worth one case because nothing shows how clusters differ.

    Raises:
        ValueError: The two sequences differ in length.

    Source: Kish, Survey Sampling (1965); Korn and Graubard, Survey Methodology 24 (1998), for effective counts in
    an interval of a proportion; Miller, arXiv 2411.00640, for evaluations.
    """
    n = len(values)
    mean = math.fsum(values) / max(1, n)
    residuals: defaultdict[str, float] = defaultdict(float)
    for value, cluster in zip(values, clusters, strict=True):
        residuals[cluster] += value - mean
    if len(set(values)) < 2:
        return 1.0
    groups = len(residuals)
    if groups == 1:
        return float(n)
    independent = math.fsum((value - mean) ** 2 for value in values)
    robust = math.fsum(residual**2 for residual in residuals.values())
    return max(1.0, robust / independent * (groups / (groups - 1)) * ((n - 1) / n))


def _lower(right: float, n: float, z: float) -> float:
    # The product of the quadratic's roots over its upper root: exactly 0 where nothing is right.
    spread = z * math.sqrt(right * (n - right) / n + z**2 / 4)
    return right**2 / (n * (right + z**2 / 2 + spread))
