"""`compare` and `gate`: what changed between two runs, case by case first, and whether the later one may be merged.

Never green on nothing: what cannot be measured is an error, and what too few cases leave open is inconclusive.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from coach.domain.base import Frozen
from coach.errors import NotMeasured
from coach.evaluation.comparison.changes import Change, changes, who
from coach.evaluation.comparison.difference import ALPHA, MARGIN, Difference, Verdict, differences
from coach.evaluation.comparison.pairs import Pair, failed_share
from coach.evaluation.prediction import Output, Predictions
from coach.evaluation.repeats import checks_of

MAX_FAILED = 0.05
"""The share of predictions that may have failed before a run measures its provider and not its prompt."""


class Flip(Frozen):
    """A case and check that is right in one run and wrong in the other."""

    case: str
    who: str
    check: str
    lost: bool
    """Right before, wrong after."""


class Comparison(Frozen):
    """Two runs compared."""

    schema_: Literal["coach.eval_comparison/1"] = Field(default="coach.eval_comparison/1", alias="schema")
    before: str
    after: str
    cases: int
    verdict: Verdict
    because: tuple[str, ...]
    """What the verdict rests on."""
    flips: tuple[Flip, ...]
    """Lost ones first."""
    differences: tuple[Difference, ...]
    changes: tuple[Change, ...]
    """Reps and deals whose verdict changed."""
    broken: tuple[str, ...]
    """Must-pass checks that are wrong in the later run, as `case: check`."""


def compare(pair: Pair, *, margin: float = MARGIN, max_failed: float = MAX_FAILED, alpha: float = ALPHA) -> Comparison:
    """Compare two runs of the same cases.

    Args:
        pair: The runs.
        margin: The drop of a primary figure that a pass must rule out, as a share.
        max_failed: The share of failed predictions above which nothing is said.
        alpha: The rate of false alarms over all tests together.

    Raises:
        NotMeasured: too many predictions failed, or the cases have nothing that could be right or wrong.
    """
    for run in (pair.before, pair.after):
        share = failed_share(run, pair.cases)
        if share > max_failed:
            raise NotMeasured(
                f"{run.folder}: {share:.0%} of its predictions failed, more than {max_failed:.0%}: mend that, run again"
            )
    rows = differences(pair.scores, margin=margin, alpha=alpha)
    if not rows:
        raise NotMeasured("the cases have no labels that a prediction could be right or wrong about")
    if pair.unchanged:
        rows = [row.model_copy(update={"verdict": "pass"}) for row in rows]
    broken = tuple(_broken(pair))
    verdict, because = _verdict(pair, rows, broken, margin)
    return Comparison(
        before=str(pair.before.folder),
        after=str(pair.after.folder),
        cases=len(pair.cases),
        verdict=verdict,
        because=because,
        flips=tuple(sorted(_flips(pair), key=lambda flip: not flip.lost)),
        differences=tuple(rows),
        changes=changes(pair.cases, _first(pair.before.predictions), _first(pair.after.predictions)),
        broken=broken,
    )


def _verdict(
    pair: Pair, rows: list[Difference], broken: tuple[str, ...], margin: float
) -> tuple[Verdict, tuple[str, ...]]:
    regressed = [
        f"{name_of(row)} fell by {-row.change:.3f}, from {row.before:.3f} to {row.after:.3f}: beyond chance "
        f"(adjusted p = {row.adjusted:.4f})"
        for row in rows
        if row.verdict == "regressed"
    ]
    if broken or regressed:
        return "regressed", (*(f"must pass and does not: {one}" for one in broken), *regressed)
    if pair.unchanged:
        return "pass", ("every output is the same as before",)
    primary = [row for row in rows if row.primary and row.slice is None]
    unproven = [
        f"{name_of(row)} may have fallen by up to {row.largest_drop:.3f}; to rule out {margin:g}, add cases"
        for row in primary
        if row.verdict != "pass"
    ]
    if unproven:
        return "inconclusive", tuple(unproven)
    return "pass", tuple(
        f"{name_of(row)} fell by {row.largest_drop:.3f} at the most, less than {margin:g}" for row in primary
    )


def name_of(row: Difference) -> str:
    """A figure as people read it: its name, and the slice it was taken over."""
    return f"{row.task} {row.name}" + (f" in «{row.slice}»" if row.slice else "")


def _broken(pair: Pair) -> Iterator[str]:
    for case in pair.cases:
        right = checks_of(case, pair.after.predictions) if case.must_pass else {}
        yield from (f"{case.id}: {check}" for check in case.must_pass if not right[check])


def _flips(pair: Pair) -> Iterator[Flip]:
    for case in pair.cases:
        old, new = (checks_of(case, run.predictions) for run in (pair.before, pair.after))
        for check, right in new.items():
            if right != old[check]:
                yield Flip(case=case.id, who=who(case), check=check, lost=not right)


def _first(predictions: Predictions) -> dict[str, Output | None]:
    return {id_: repeats[0].output for id_, repeats in predictions.items()}


def exit_status(verdict: Verdict) -> int:
    """The exit status of a gate (Contract 1): 0 pass, 1 regressed, 3 inconclusive."""
    return {"pass": 0, "regressed": 1, "inconclusive": 3}[verdict]
