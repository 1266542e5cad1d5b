"""An interval for one proportion, and what cases that come in clusters take from it; pure."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from coach.pipeline.intervals import Z95, Interval, wilson

__all__ = ["FEWEST_CLUSTERS", "Z95", "Interval", "clustered_wilson", "design_effect", "wilson"]

FEWEST_CLUSTERS = 20
"""With fewer clusters than this each counts as one case: how much they differ is not to be estimated from so few.
Cameron and Miller, A practitioner's guide to cluster-robust inference, J. Human Resources 50 (2015), sec. VI: few is
fewer than 20 to 50, depending on the situation."""


def clustered_wilson(
    outcomes: Sequence[float],
    clusters: Sequence[str],
    *,
    wholes: Sequence[int] | None = None,
    at_least: float = 1.0,
) -> Interval:
    """Give the 95 % score interval of a proportion of as many outcomes as clusters leave independent.

    Args:
        outcomes: For each case 1 if it is right and 0 if not, or how many of its outcomes are right.
        clusters: The cluster each case belongs to, in the same order.
        wholes: How many outcomes each case has, right or not; 1 each by default.
        at_least: Floor of the design effect, 1 or more, such as the repeats: a case that was run five times is no
            five cases, however alike the runs came out. Nothing else is supposed where nothing varies: a description
            of these cases, unlike a gate, has nothing to lose by it.

    Returns:
        Ends from 0 to 1; (0, 1) where there was no outcome.

    Raises:
        ValueError: The sequences differ in length.

    Source: Korn and Graubard, Confidence intervals for proportions with small expected number of positive counts
    estimated from survey data, Survey Methodology 24 (1998), for effective counts.
    """
    counts = [1] * len(outcomes) if wholes is None else wholes
    right, n = sum(outcomes), sum(counts)
    mean = right / max(1, n)
    residuals: defaultdict[str, float] = defaultdict(float)
    for part, whole, cluster in zip(outcomes, counts, clusters, strict=True):
        if whole:
            residuals[cluster] += part - whole * mean
    varies = 0 < right < n
    effect = max(at_least, _effect(n, residuals, right * (1 - mean)) if varies else 1.0)
    return wilson(right / effect, n / effect)


def design_effect(values: Sequence[float], clusters: Sequence[str]) -> float:
    """Say how many of these cases carry the information of one independent case.

    The variance of the mean with whole clusters as the units, over its variance were all cases independent; both
    carry their small-sample correction. Where nothing varies, and where there are fewer than `FEWEST_CLUSTERS`, it is
    at least what it would be were the cases of a cluster always alike: n cases in G clusters are worth G, since
    nothing shows, or too little, that they are worth more. Pass `tango(worse / effect, better / effect, n / effect)`
    on.

    Args:
        values: What each case scored.
        clusters: The cluster each case belongs to, in the same order.

    Returns:
        1 or more; 1 where every cluster is one case; the number of cases where all of them are one cluster.

    Raises:
        ValueError: The two sequences differ in length.

    Source: Kish, Survey Sampling (1965); Miller, arXiv 2411.00640, for evaluations.
    """
    n = len(values)
    mean = math.fsum(values) / max(1, n)
    residuals: defaultdict[str, float] = defaultdict(float)
    for value, cluster in zip(values, clusters, strict=True):
        residuals[cluster] += value - mean
    groups = len(residuals)
    alike = n / max(1, groups)
    # Of equal values the rounded mean may be another one.
    if len(set(values)) < 2:
        return max(1.0, alike)
    effect = _effect(n, residuals, math.fsum((value - mean) ** 2 for value in values))
    return max(effect, alike) if groups < FEWEST_CLUSTERS else effect


def _effect(n: int, residuals: Mapping[str, float], independent: float) -> float:
    """From what each cluster's sum is off the mean's, and the sum of the squares that each single case is off."""
    groups = len(residuals)
    if groups == 1:
        return float(n)
    robust = math.fsum(residual**2 for residual in residuals.values())
    return max(1.0, robust / independent * (groups / (groups - 1)) * ((n - 1) / n))
