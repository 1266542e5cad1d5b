"""How much a check, a grade or a slice changed between two runs, and whether that is noise.

Paired throughout: the same cases before and after. A check is tested by McNemar's exact test, a grade by a paired
bootstrap, both over clusters; many tests at once are held to one rate of false alarms by Holm's method, with most of it
kept for the primary figure of each task.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import NormalDist, fmean
from typing import Any, Literal

from coach.domain.base import Frozen
from coach.evaluation.comparison.pairs import Scored
from coach.evaluation.metrics import PRIMARY
from coach.evaluation.statistics import (
    cluster_mcnemar,
    design_effect,
    holm,
    paired_bootstrap,
    smallest_detectable_drop,
    tango,
)

ALPHA = 0.05
"""False alarms that a gate may raise, as a share of comparisons in which nothing got worse."""
POWER = 0.9
"""How surely a drop is seen that is called detectable."""
MARGIN = 0.05
"""The drop of a primary figure, as a share of cases, that must be ruled out for a pass."""
_PRIMARY, _OTHER, _SLICES = 0.6, 0.3, 0.1
"""Shares of ALPHA: what a task is judged by, its other figures, its primary figure slice by slice."""
SMALLEST_SLICE = 5
"""Cases; in fewer, all of them getting worse would not be beyond chance (1/2 to the fifth is 0.03)."""
_Z95 = NormalDist().inv_cdf(0.975)
_Z_ONE_SIDED = NormalDist().inv_cdf(0.95)

Verdict = Literal["pass", "regressed", "inconclusive"]


class Difference(Frozen):
    """One figure over the same cases, before and after."""

    name: str
    task: str
    slice: str | None
    primary: bool
    n: int
    """Cases."""
    before: float
    after: float
    """Mean over the cases, 0 to 1."""
    low: float | None
    high: float | None
    """Ends of the 95 % interval of the change, after minus before; None where one cluster has all cases."""
    worse: int
    better: int
    """Cases that changed, either way."""
    largest_drop: float | None
    """The largest drop that the data leave open: one-sided 95 % limit; None as above."""
    detectable: float | None
    """The smallest drop that these cases would have shown with 90 % certainty; None where none would have been, or
    where nothing varied to tell it from."""
    p: float
    """Probability of such a drop, or a larger one, by chance alone."""
    adjusted: float
    """The same, adjusted for everything else that was tested."""
    verdict: Verdict

    @property
    def change(self) -> float:
        """After minus before."""
        return self.after - self.before


def differences(scores: Sequence[Scored], *, margin: float, alpha: float = ALPHA) -> list[Difference]:
    """Test every figure, over all cases and over each slice.

    Args:
        scores: Every case and figure.
        margin: The drop that may still be called a pass, such as 0.05 for five points.
        alpha: The rate of false alarms over all tests together.

    Returns:
        Primary figures first, then the others, then slices.
    """
    families = _families(scores)
    weights = _weights(families)
    tested = {key: _test(of, alpha * weights[key]) for key, of in families.items()}
    adjusted = holm({str(key): one["p"] for key, one in tested.items()}, {str(k): w for k, w in weights.items()})
    rows = []
    for key, one in tested.items():
        task, name, slice_ = key
        p = adjusted[str(key)]
        verdict: Verdict = "inconclusive"
        if p <= alpha and one["after"] < one["before"]:
            verdict = "regressed"
        elif one["largest_drop"] is not None and one["largest_drop"] < margin:
            verdict = "pass"
        primary = PRIMARY[task] == name
        rows.append(Difference(task=task, name=name, slice=slice_, primary=primary, adjusted=p, verdict=verdict, **one))
    return rows


_Key = tuple[str, str, str | None]
"""Task, figure, slice."""


def _families(scores: Sequence[Scored]) -> dict[_Key, list[Scored]]:
    whole: dict[_Key, list[Scored]] = defaultdict(list)
    slices: dict[_Key, list[Scored]] = defaultdict(list)
    for one in scores:
        whole[one.task, one.name, None].append(one)
        if PRIMARY[one.task] == one.name:
            for name in one.slices:
                slices[one.task, one.name, name].append(one)
    primary = {key: of for key, of in whole.items() if PRIMARY[key[0]] == key[1]}
    # A slice that holds every case would only test the whole once more.
    large = {
        key: slices[key]
        for key in sorted(slices, key=str)
        if SMALLEST_SLICE <= len(slices[key]) < len(whole[*key[:2], None])
    }
    return {**primary, **whole, **large}


def _weights(families: Mapping[_Key, Sequence[Scored]]) -> dict[_Key, float]:
    def family(key: _Key) -> float:
        if key[2] is not None:
            return _SLICES
        return _PRIMARY if PRIMARY[key[0]] == key[1] else _OTHER

    members: dict[float, int] = defaultdict(int)
    for key in families:
        members[family(key)] += 1
    present = sum(members)
    return {key: family(key) / members[family(key)] / present for key in families}


def _test(scores: Sequence[Scored], alpha: float) -> dict[str, Any]:
    test = _test_check if scores[0].kind == "check" else _test_grade
    return {
        "n": len(scores),
        "before": fmean(one.before for one in scores),
        "after": fmean(one.after for one in scores),
        "worse": sum(one.change < 0 for one in scores),
        "better": sum(one.change > 0 for one in scores),
        **test(scores, alpha),
    }


def _test_check(scores: Sequence[Scored], alpha: float) -> dict[str, float | None]:
    net: dict[str, int] = defaultdict(int)
    for one in scores:
        net[one.group] -= round(one.change)
    # Cases of one cluster tell less than as many cases apart: count them as the fewer that they are worth.
    effect = design_effect([one.change for one in scores], [one.group for one in scores])
    n = len(scores) / effect
    worse, better = (sum(sign * one.change > 0 for one in scores) / effect for sign in (-1, 1))
    drop = tango(worse, better, n, _Z95)
    return {
        "low": -drop.high,
        "high": -drop.low,
        "largest_drop": tango(worse, better, n, _Z_ONE_SIDED).high,
        "detectable": smallest_detectable_drop(int(n), min(worse, better) / n, alpha=alpha, power=POWER),
        "p": cluster_mcnemar(list(net.values())),
    }


def _test_grade(scores: Sequence[Scored], alpha: float) -> dict[str, float | None]:
    found = paired_bootstrap([one.change for one in scores], [one.group for one in scores])
    if math.isnan(found.low):
        return {"low": None, "high": None, "largest_drop": None, "detectable": None, "p": found.p_drop}
    error = (found.high - found.low) / (2 * _Z95)
    normal = NormalDist()
    return {
        "low": found.low,
        "high": found.high,
        "largest_drop": found.upper_drop,
        "detectable": (normal.inv_cdf(1 - alpha) + normal.inv_cdf(POWER)) * error or None,
        "p": found.p_drop,
    }
