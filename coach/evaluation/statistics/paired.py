"""An interval for the drop between two runs of the same cases, from the cases that changed; pure."""

from __future__ import annotations

import math

from coach.evaluation.statistics.wilson import Interval

_HALVINGS = 60
"""Enough to bring an end from a range of 2 to within a float's precision."""


def tango(worse: float, better: float, n: float, z: float) -> Interval:
    """Give the score interval of the drop in a share of cases, `(worse - better) / n`.

    It keeps a width where no case changed: n cases without a change leave room for a drop of z^2 / (n + z^2).

    Args:
        worse: Cases right before and wrong now; not whole after a division by a design effect.
        better: Cases wrong before and right now, likewise.
        n: All cases, at least `worse + better`, or the independent cases they are worth.
        z: Standard normal quantile, above 0; `Z95` for a two-sided 95 % interval, 1.644854 for one limit.

    Returns:
        Ends from -1 to 1, a positive number being a drop; (-1, 1) where there was no case.

    Source: Tango, Equivalence test and confidence interval for the difference in proportions for the paired-sample
    design, Statistics in Medicine 17 (1998).
    """
    if n == 0:
        return Interval(-1.0, 1.0)
    return Interval(-_upper(better, worse, n, z), _upper(worse, better, n, z))


def _upper(worse: float, better: float, n: float, z: float) -> float:
    low, high = (worse - better) / n, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        # The statistic is compared without dividing by its error, which is 0 at a drop of 1.
        if n * middle - (worse - better) <= z * math.sqrt(_variance(middle, worse, better, n)):
            low = middle
        else:
            high = middle
    return low


def _variance(drop: float, worse: float, better: float, n: float) -> float:
    # The share that gets better, at its most likely value given the drop, is the upper root of 2n q^2 + b q + c.
    b = (2 * n - worse + better) * drop - worse - better
    c = -better * drop * (1 - drop)
    share_better = (math.sqrt(max(0.0, b**2 - 8 * n * c)) - b) / (4 * n)
    return max(0.0, n * (2 * share_better + drop * (1 - drop)))
