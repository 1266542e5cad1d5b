"""Two runs of the same cases, side by side: what each case got right or wrong before and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal, NamedTuple

from coach.domain.base import Frozen
from coach.errors import NotMeasured
from coach.evaluation.case import AttackCase, LabelledCase
from coach.evaluation.metrics import grades
from coach.evaluation.prediction import Predictions, outputs_of
from coach.evaluation.repeats import checks_of, repeats_of
from coach.evaluation.run import Run
from coach.evaluation.run.folder import name_some


class Scored(Frozen):
    """One case and one check or grade, before and after; a check's value is 0 or 1."""

    case: str
    group: str
    """What the case is resampled with."""
    slices: tuple[str, ...]
    task: str
    name: str
    kind: Literal["check", "grade"]
    before: float
    after: float

    @property
    def change(self) -> float:
        """How much better it got."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Pair:
    """Two runs, and the cases they are compared on."""

    before: Run
    after: Run
    cases: tuple[LabelledCase, ...]
    left_out: int = 0
    """Cases that only one of the runs was asked."""

    @property
    def scores(self) -> list[Scored]:
        """Every case and check; labels are the later run's, so that a corrected label is no change of behaviour."""
        return [
            Scored(
                case=case.id,
                group=case.group,
                slices=case.slice_names,
                task=case.task,
                name=name,
                kind=kind,
                before=before[name],
                after=after[name],
            )
            for case in self.cases
            for kind, score in _SCORES.items()
            for before, after in [(score(case, self.before.predictions), score(case, self.after.predictions))]
            for name in after
        ]

    @property
    def unchanged(self) -> bool:
        """Whether every output of both runs is the same, so that nothing can have got worse."""
        before, after = outputs_of(self.before.predictions), outputs_of(self.after.predictions)
        return all(before.get(id_) == after.get(id_) and all(after.get(id_) or [None]) for id_ in needed(self.cases))


def grades_of(case: LabelledCase, predictions: Predictions) -> dict[str, float]:
    """The grades of a case, 0 to 1: the mean over the repeats."""
    graded = [grades(case, one.output) for one in repeats_of(case, predictions)]
    return {name: fmean(one[name] for one in graded) for name in graded[0]}


_SCORES: Mapping[Literal["check", "grade"], Callable[[LabelledCase, Predictions], Mapping[str, float]]] = {
    "check": checks_of,
    "grade": grades_of,
}


def pair_runs(before: Run, after: Run, *, common: bool = False) -> Pair:
    """Put two runs side by side.

    Args:
        before: The baseline.
        after: The run in question; its cases and labels are the ones that count.
        common: Compare the cases that both have, where they differ.

    Raises:
        NotMeasured: the two were asked different things, or not as often, or have no case in common.
    """
    often = [run.manifest.repeat for run in (before, after)]
    if often[0] != often[1]:
        raise NotMeasured(
            f"{before.folder} asked each case {often[0]} times and {after.folder} {often[1]} times: their majorities "
            "cannot be compared; run one of them again with the other's --repeat"
        )
    made = [run.manifest.provenance.get("cross_validation") for run in (before, after)]
    if made[0] != made[1]:
        raise NotMeasured(
            f"{before.folder} and {after.folder} were not made alike: one is cross-validated, and the other's engine "
            "may have been trained on these cases"
        )
    ours, theirs = after.manifest.inputs, before.manifest.inputs
    same = {id_ for id_, asked in ours.items() if theirs.get(id_) == asked}
    different = sorted((ours.keys() | theirs.keys()) - same)
    if different and not common:
        raise NotMeasured(
            f"{before.folder} and {after.folder} were not asked the same: {len(different)} cases differ "
            f"({name_some(different)}); make the baseline again"
            + (f", or compare the {len(same)} common ones with --common" if same else "")
        )
    if not same:
        raise NotMeasured(f"{before.folder} and {after.folder} have no case in common: nothing to compare")
    return Pair(before, after, tuple(case for case in after.cases if case.id in same), len(different))


class Failures(NamedTuple):
    """Answers that a run should have and does not."""

    missing: int
    of: int
    """Answers that it should have."""


def failures(run: Run, cases: Sequence[LabelledCase]) -> Failures:
    """What failed or is missing of all that these cases need."""
    of = len(needed(cases)) * run.manifest.repeat
    whole = sum(one.error is None for id_ in needed(cases) for one in run.predictions.get(id_, ()))
    return Failures(of - whole, of)


def needed(cases: Sequence[LabelledCase]) -> set[str]:
    """Ids of the cases, and of the notes that attacks among them were made from."""
    return {case.id for case in cases} | {case.expected.base for case in cases if isinstance(case, AttackCase)}
