"""Shares with intervals, and a share corrected for what a judge is known to get wrong; pure."""

from __future__ import annotations

import math
from collections.abc import Sequence

from coach.domain.base import Frozen
from coach.evaluation.statistics import Z95, Interval, clustered_wilson, design_effect


class Estimate(Frozen):
    """A figure with its 95 % interval; None where there was nothing to measure."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    """Items it was measured on."""


class Rate(Estimate):
    """A share of yes-or-no outcomes."""

    worth: float
    """How many independent items the interval was made for: `n`, less what items of one group share."""


def rate(outcomes: Sequence[bool], groups: Sequence[str]) -> Rate:
    """Measure a share, with Wilson's interval (1927) for as many items as the groups leave independent.

    Args:
        outcomes: What each item came to.
        groups: What each item is resampled with, in the same order.
    """
    n, right = len(outcomes), sum(outcomes)
    if not n:
        return Rate(value=None, low=None, high=None, n=0, worth=0)
    low, high = clustered_wilson(outcomes, groups)
    return Rate(value=right / n, low=low, high=high, n=n, worth=n / design_effect(outcomes, groups))


def corrected_rate(observed: float, tpr: float, tnr: float) -> float | None:
    """The share that truly is `yes`, from the share that a judge calls so and from how it errs.

    `(observed + tnr - 1) / (tpr + tnr - 1)`, kept within 0 and 1.

    Args:
        observed: Share that the judge calls `yes`, 0 to 1.
        tpr: Share of the true `yes` that it calls so.
        tnr: Share of the true `no` that it calls so.

    Returns:
        None where `tpr + tnr` is at most 1: such a judge says nothing of the truth.

    Source: Rogan and Gladen, Estimating prevalence from the results of a screening test, Am. J. Epidemiol. 107 (1978).
    """
    if tpr + tnr <= 1:
        return None
    return _within((observed + tnr - 1) / (tpr + tnr - 1))


def corrected(observed: Rate, tpr: Rate, tnr: Rate) -> Estimate | None:
    """The corrected share with an interval that counts what is not known of the judge, too.

    Returns:
        None where there is nothing to correct, or the judge says nothing of the truth.

    Source: Lang and Reiczigel, Confidence limits for prevalence of disease adjusted for estimated sensitivity and
    specificity, Prev. Vet. Med. 113 (2014), for the interval.
    """
    if observed.value is None or tpr.value is None or tnr.value is None:
        return None
    value = corrected_rate(observed.value, tpr.value, tnr.value)
    if value is None:
        return None
    low, high = _lang_reiczigel(observed, tpr, tnr)
    return Estimate(value=value, low=min(low, value), high=max(high, value), n=observed.n)


def _lang_reiczigel(observed: Rate, tpr: Rate, tnr: Rate) -> Interval:
    share, share_n = _shrunk(observed, Z95**2)
    right, right_n = _shrunk(tpr, 2)
    left, left_n = _shrunk(tnr, 2)
    skill = right + left - 1
    if skill <= 0:
        return Interval(0.0, 1.0)
    true = (share + left - 1) / skill
    right_var, left_var = right * (1 - right) / right_n, left * (1 - left) / left_n
    shift = 2 * Z95**2 * (true * right_var - (1 - true) * left_var)
    variance = share * (1 - share) / share_n + true**2 * right_var + (1 - true) ** 2 * left_var
    spread = Z95 * math.sqrt(variance) / skill
    return Interval(_within(true + shift - spread), _within(true + shift + spread))


def _shrunk(of: Rate, added: float) -> tuple[float, float]:
    # As if half of `added` more items had been right and half wrong.
    n = of.worth + added
    return ((of.value or 0) * of.worth + added / 2) / n, n


def _within(share: float) -> float:
    return min(1.0, max(0.0, share))
