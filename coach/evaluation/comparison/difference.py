"""How much a check, a grade or a slice changed between two runs, and whether that is noise.

Paired throughout: the same cases before and after. A check is tested by McNemar's exact test, a grade by sign flips,
both over clusters; many tests at once are held to one rate of false alarms by Holm's method, with most of it
kept for the primary figure of each task.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from statistics import NormalDist, fmean
from typing import Any, Literal, NamedTuple

from coach.domain.base import Frozen
from coach.evaluation.comparison.pairs import Scored
from coach.evaluation.metrics import PRIMARY
from coach.evaluation.statistics import (
    Z95,
    cluster_mcnemar,
    design_effect,
    holm,
    paired_bootstrap,
    smallest_detectable_drop,
    tango,
)

ALPHA = 0.05
"""False alarms that a gate may raise, as a share of comparisons in which nothing got worse."""
MARGIN = 0.05
"""The drop, as a share of cases or of a grade, that must be ruled out for a pass."""
LEAST_DROP = 0.01
"""A smaller one is no regression, however sure it is."""
POWER = 0.9
"""How surely a drop is seen that is called detectable."""
_SHARES = {"primary": 0.6, "other": 0.2, "slice": 0.2}
"""How ALPHA is shared out: what a task is judged by, its other figures, its primary figure slice by slice. Within a
share, a figure over more cases has more."""
SMALLEST_SLICE = 10
"""Cases; fewer could not be told from chance beside other slices, even if all of them got worse, and would only take
from those that can."""
_Z_ONE_SIDED = NormalDist().inv_cdf(0.95)

GateVerdict = Literal["pass", "regressed", "inconclusive"]


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
    """Ends of the 95 % interval of the change, after minus before; None where one cluster has all cases, or no grade
    moved."""
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
    verdict: GateVerdict

    @property
    def change(self) -> float:
        """After minus before."""
        return self.after - self.before


def differences(scores: Sequence[Scored], *, margin: float, alpha: float = ALPHA) -> list[Difference]:
    """Test every figure, over all cases and over each slice.

    Args:
        scores: Every case and figure.
        margin: The drop that a pass must rule out, such as 0.05 for five points.
        alpha: The rate of false alarms over all tests together.

    Returns:
        Primary figures first, then the others, then slices.
    """
    families = _families(scores)
    weights = _weights(families)
    tested = {key: _test(of, alpha * weights[key]) for key, of in families.items()}
    adjusted = holm({key: one["p"] for key, one in tested.items()}, weights)
    return [
        Difference(
            task=key.task,
            name=key.name,
            slice=key.slice,
            primary=key.primary,
            adjusted=adjusted[key],
            verdict=_verdict(key, one, adjusted[key] <= alpha, margin),
            **one,
        )
        for key, one in tested.items()
    ]


def verdict_of(rows: Sequence[Difference]) -> GateVerdict:
    """The verdict over all figures: one that regressed is enough, and a pass needs every figure over all cases."""
    if any(row.verdict == "regressed" for row in rows):
        return "regressed"
    return "pass" if all(row.verdict == "pass" for row in rows if row.slice is None) else "inconclusive"


class _Key(NamedTuple):
    task: str
    name: str
    slice: str | None = None

    @property
    def primary(self) -> bool:
        return PRIMARY[self.task] == self.name

    @property
    def share(self) -> str:
        return "slice" if self.slice else "primary" if self.primary else "other"


def _verdict(key: _Key, row: Mapping[str, Any], beyond_chance: bool, margin: float) -> GateVerdict:  # noqa: FBT001
    if beyond_chance and row["before"] - row["after"] >= LEAST_DROP:
        return "regressed"
    # Attacks are no sample of anything: what counts is that none works that did not work before.
    if key.task == "attack" and not row["worse"]:
        return "pass"
    largest = row["largest_drop"]
    return "pass" if largest is not None and largest < margin else "inconclusive"


def _families(scores: Sequence[Scored]) -> dict[_Key, list[Scored]]:
    whole: dict[_Key, list[Scored]] = defaultdict(list)
    slices: dict[_Key, list[Scored]] = defaultdict(list)
    for one in scores:
        key = _Key(one.task, one.name)
        whole[key].append(one)
        if key.primary:
            for name in one.slices:
                slices[key._replace(slice=name)].append(one)
    # The same cases under another name, or all cases, would only be tested once more.
    seen = {frozenset(one.case for one in of) for key, of in whole.items() if key.primary}
    large = {}
    for key in sorted(slices):
        cases = frozenset(one.case for one in slices[key])
        if len(cases) >= SMALLEST_SLICE and cases not in seen:
            seen.add(cases)
            large[key] = slices[key]
    return {**{key: of for key, of in whole.items() if key.primary}, **whole, **large}


def _weights(families: Mapping[_Key, Sequence[Scored]]) -> dict[_Key, float]:
    cases: Counter[str] = Counter()
    for key, of in families.items():
        cases[key.share] += len(of)
    shared = sum(_SHARES[share] for share in cases)
    return {key: _SHARES[key.share] / shared * len(of) / cases[key.share] for key, of in families.items()}


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
    moved = _moved(scores)
    drop = tango(*moved, Z95)
    return {
        "low": -drop.high,
        "high": -drop.low,
        "largest_drop": _largest_drop(scores),
        "detectable": smallest_detectable_drop(
            int(moved.n), min(moved.worse, moved.better) / moved.n, alpha=alpha, power=POWER
        ),
        "p": cluster_mcnemar(list(net.values())),
    }


def _test_grade(scores: Sequence[Scored], alpha: float) -> dict[str, float | None]:
    found = paired_bootstrap([one.change for one in scores], [one.group for one in scores])
    known = found.high > found.low
    error = (found.high - found.low) / (2 * Z95)
    normal = NormalDist()
    return {
        "low": found.low if known else None,
        "high": found.high if known else None,
        "largest_drop": None if math.isnan(found.low) else max(found.upper_drop, _largest_drop(scores)),
        "detectable": (normal.inv_cdf(1 - alpha) + normal.inv_cdf(POWER)) * error if known else None,
        "p": found.p_drop,
    }


class _Moved(NamedTuple):
    worse: float
    better: float
    n: float
    """Of as many independent cases as these are worth."""


def _moved(scores: Sequence[Scored]) -> _Moved:
    # Cases of one cluster tell less than as many cases apart: count them as the fewer that they are worth.
    effect = design_effect([one.change for one in scores], [one.group for one in scores])
    worse, better = (sum(max(0.0, sign * one.change) for one in scores) / effect for sign in (-1, 1))
    return _Moved(worse, better, len(scores) / effect)


def _largest_drop(scores: Sequence[Scored]) -> float:
    """The one-sided 95 % limit of the drop.

    A grade that fell by half is counted as half a case that fell: few large losses, which a bootstrap of as many cases
    often misses, are then no better ruled out than as many lost checks. Nor is any share of the clusters that would
    have been missed altogether in one of twenty suites.
    """
    unseen: float = 1 - 0.05 ** (1 / len({one.group for one in scores}))
    return max(tango(*_moved(scores), _Z_ONE_SIDED).high, unseen)
