"""Intervals of means over claims, by drawing deals again, each with all its claims, since they hang together.

Rule: a result depends on the deals and on nothing else, neither their order nor the run.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist

from coach.pipeline.intervals import Z95, Interval

_RESAMPLES = 2000
_AT_ONCE = 100
"""Resamples held in memory together."""
_SEED = 7
_DECIMALS = 9
"""What lies beyond is rounding, and differs from machine to machine."""


def tail(deals: int) -> float:
    """Say what share of the resamples to leave out at each end, for an interval that holds 95 % of the time.

    The bare 2.5 % gives intervals that are too short for few deals: resamples vary as if the mean were known, by
    (n - 1) / n, and a normal tail stands where Student's belongs.

    Args:
        deals: 10 or more; the expansion of Student's quantile is good to 0.0001 there.

    Returns:
        Above 0, at most 0.025.

    Source: Hesterberg, What teachers should know about the bootstrap, American Statistician 69 (2015), sec. 4.2
    (expanded percentile interval); Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.5.
    """
    z, freedom = Z95, deals - 1
    student = (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
    )
    return NormalDist().cdf(-math.sqrt(deals / freedom) * student)


def ends(sums: Sequence[Sequence[float]], sizes: Sequence[int], outside: float) -> tuple[Interval, ...]:
    """Give the percentile interval of each mean over claims, with deals as what is drawn.

    Args:
        sums: For each deal the sums of its claims' values, one for each mean.
        sizes: For each deal how many claims it has, 1 or more.
        outside: The share of resamples below the interval, and of those above it.

    Returns:
        One interval for each mean; of width 0 where all deals are alike.

    Source: Davison and Hinkley, Bootstrap Methods (1997), sec. 2.4, for means as ratios of sums; 3.8, for whole deals.
    """
    import numpy as np  # noqa: PLC0415  costs more to import than all that a pack without a ledger needs

    deals = sorted(zip(sizes, map(tuple, sums), strict=True))
    columns = np.array([values for _, values in deals], np.float64)
    counts = np.array([size for size, _ in deals], np.float64)
    draw, even = np.random.default_rng(_SEED), np.full(len(deals), 1 / len(deals))
    means = []
    for _ in range(_RESAMPLES // _AT_ONCE):
        drawn = draw.multinomial(len(deals), even, size=_AT_ONCE).astype(np.float64)
        means.append(drawn @ columns / (drawn @ counts)[:, None])
    low, high = np.quantile(np.concatenate(means), (outside, 1 - outside), axis=0)
    return tuple(
        Interval(round(float(a), _DECIMALS), round(float(b), _DECIMALS)) for a, b in zip(low, high, strict=True)
    )


def unseen(deals: int) -> float:
    """Say how large a share of deals may have the outcome that none of these has.

    Were it larger than this, the chance to see none of them among so many would be below 2.5 %.

    Args:
        deals: 1 or more.

    Returns:
        A share below 1.

    Source: Hanley and Lippman-Hand, If nothing goes wrong, is everything all right?, JAMA 249 (1983).
    """
    return float(1 - 0.025 ** (1 / deals))
