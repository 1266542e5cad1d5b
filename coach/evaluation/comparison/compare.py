"""`compare` and `gate`: what changed between two runs, case by case first, and whether the later one may be merged.

Never green on nothing: what cannot be measured is an error, and what too few cases leave open is inconclusive.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import Field

from coach.domain.base import Frozen
from coach.errors import NotMeasured
from coach.evaluation.comparison.changes import Change, changes, who
from coach.evaluation.comparison.difference import ALPHA, MARGIN, Difference, GateVerdict, differences, verdict_of
from coach.evaluation.comparison.pairs import Failures, Pair, failures
from coach.evaluation.prediction import outputs_of
from coach.evaluation.repeats import checks_of, repeats_of
from coach.evaluation.said import gold_label, said, tallied

MAX_FAILED = 0.05
"""The share of predictions that may have failed before a run measures its provider and not its prompt."""


class Flip(Frozen):
    """A case and check that is right in one run and wrong in the other."""

    case: str
    who: str
    check: str
    lost: bool
    """Right before, wrong after."""
    gold: str | None
    """The label; None of a check that has none."""
    before: str
    after: str
    """What each run says; of several repeats the most frequent first."""


class Comparison(Frozen):
    """Two runs compared."""

    schema_: Literal["coach.eval_comparison/1"] = Field(default="coach.eval_comparison/1", alias="schema")
    before: str
    after: str
    cases: int
    verdict: GateVerdict
    because: tuple[str, ...]
    """What the verdict rests on."""
    flips: tuple[Flip, ...]
    """Lost ones first."""
    differences: tuple[Difference, ...]
    changes: tuple[Change, ...]
    """Reps and deals whose verdict changed."""
    broken: tuple[str, ...]
    """Must-pass checks that are wrong in the later run, as `case: check`."""
    failed_before: int
    failed_after: int
    """Answers that failed or are missing; they count as wrong, too."""
    left_out: int
    """Cases that only one of the runs was asked."""


def compare(pair: Pair, *, margin: float = MARGIN, max_failed: float = MAX_FAILED, alpha: float = ALPHA) -> Comparison:
    """Compare two runs of the same cases.

    Args:
        pair: The runs.
        margin: The drop that a pass must rule out, as a share.
        max_failed: The share of failed predictions above which nothing is said.
        alpha: The rate of false alarms over all tests together.

    Raises:
        NotMeasured: too many predictions failed, or the cases have nothing that could be right or wrong.
    """
    failed = [failures(run, pair.cases) for run in (pair.before, pair.after)]
    for run, one in zip((pair.before, pair.after), failed, strict=True):
        if one.missing > max_failed * one.of:
            raise NotMeasured(
                f"{run.folder}: {one.missing} of {one.of} answers failed or are missing, more than {max_failed:.0%}: "
                "mend that, and run again"
            )
    rows = differences(pair.scores, margin=margin, alpha=alpha)
    if not rows:
        raise NotMeasured("the cases have no labels that a prediction could be right or wrong about")
    if pair.unchanged:
        rows = [row.model_copy(update={"verdict": "pass"}) for row in rows]
    broken = tuple(_broken(pair))
    return Comparison(
        before=str(pair.before.folder),
        after=str(pair.after.folder),
        cases=len(pair.cases),
        verdict="regressed" if broken else verdict_of(rows),
        because=(*_because(pair, rows, broken, margin), *_besides(pair, failed)),
        flips=tuple(sorted(_flips(pair), key=lambda flip: not flip.lost)),
        differences=tuple(rows),
        changes=changes(pair.cases, *(outputs_of(run.predictions) for run in (pair.before, pair.after))),
        broken=broken,
        failed_before=failed[0].missing,
        failed_after=failed[1].missing,
        left_out=pair.left_out,
    )


def _because(pair: Pair, rows: Sequence[Difference], broken: Sequence[str], margin: float) -> Iterator[str]:
    yield from (f"must pass and does not: {one}" for one in broken)
    for row in rows:
        if row.verdict == "regressed":
            yield (
                f"{name_of(row)} fell by {-row.change:.3f}, from {row.before:.3f} to {row.after:.3f}: beyond chance "
                f"(adjusted p {_p(row.adjusted)})"
            )
    if broken or verdict_of(rows) == "regressed":
        return
    if pair.unchanged:
        yield "every output is the same as before"
        return
    whole = [row for row in rows if row.slice is None and row.task != "attack"]
    if verdict_of(rows) == "pass" and whole:
        least = max(whole, key=lambda row: row.largest_drop or 0)
        most = f"{name_of(least)} by {least.largest_drop:.3f} at the most"
        yield f"no figure fell by {margin:g}, with 95 % confidence; {most}"
    for row in whole:
        if row.verdict == "inconclusive":
            may = "any amount" if row.largest_drop is None else f"up to {row.largest_drop:.3f}"
            yield f"{name_of(row)} may have fallen by {may}; to rule out {margin:g}, add cases"
    for row in rows:
        if row.slice is None and row.task == "attack":
            yield f"attacks that work and did not before: {row.worse}"


def _besides(pair: Pair, failed: Sequence[Failures]) -> Iterator[str]:
    for run, one in zip((pair.before, pair.after), failed, strict=True):
        if one.missing:
            yield f"{run.folder}: {one.missing} of {one.of} answers failed or are missing, and count as wrong"
    if pair.left_out:
        yield f"{pair.left_out} cases that only one of the runs was asked are left out"


def _p(value: float) -> str:
    return f"= {value:.4f}" if value >= 0.0001 else "< 0.0001"


def name_of(row: Difference) -> str:
    """A figure as people read it: its name, and the slice it was taken over."""
    return f"{row.task} {row.name}" + (f" in «{row.slice}»" if row.slice else "")


def _broken(pair: Pair) -> Iterator[str]:
    # Of all its cases: what must pass needs no baseline to be held against.
    for case in pair.after.cases:
        right = checks_of(case, pair.after.predictions) if case.must_pass else {}
        yield from (f"{case.id}: {check}" for check in case.must_pass if not right[check])


def _flips(pair: Pair) -> Iterator[Flip]:
    for case in pair.cases:
        old, new = (checks_of(case, run.predictions) for run in (pair.before, pair.after))
        for check, right in new.items():
            if right != old[check]:
                before, after = (
                    tallied([said(case, check, one) for one in repeats_of(case, run.predictions)])
                    for run in (pair.before, pair.after)
                )
                yield Flip(
                    case=case.id,
                    who=who(case),
                    check=check,
                    lost=not right,
                    gold=gold_label(case, check),
                    before=before,
                    after=after,
                )
