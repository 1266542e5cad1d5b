"""The interval of one proportion: how far a share of few cases can be trusted.

Rule: pure and without weights; cases that come in clusters are the caller's to count.
"""

from __future__ import annotations

import math
from typing import NamedTuple

Z95 = 1.959964
"""Standard normal quantile of a two-sided 95 % interval."""


class Interval(NamedTuple):
    """The ends of an interval, in the units of the figure it belongs to."""

    low: float
    high: float


def wilson(right: float, n: float, z: float = Z95) -> Interval:
    """Give the score interval of a proportion.

    Unlike the textbook interval it stays within 0 and 1 and keeps a width where every case is right.

    Args:
        right: Cases that are right, 0 to `n`; not whole after a division by a design effect.
        n: Cases, or the independent cases they are worth.
        z: Standard normal quantile, above 0.

    Returns:
        Ends from 0 to 1; (0, 1) where there was no case.

    Source: Wilson, Probable inference, J. Amer. Stat. Assoc. 22 (1927).
    """
    if n == 0:
        return Interval(0.0, 1.0)
    return Interval(_lower(right, n, z), 1 - _lower(n - right, n, z))


def _lower(right: float, n: float, z: float) -> float:
    # The product of the quadratic's roots over its upper root: exactly 0 where nothing is right.
    spread = z * math.sqrt(right * (n - right) / n + z**2 / 4)
    return right**2 / (n * (right + z**2 / 2 + spread))
