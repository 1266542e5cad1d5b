"""Two runs of the same cases, side by side: what each case got right or wrong before and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

from coach.domain.base import Frozen
from coach.errors import NotMeasured
from coach.evaluation.case import LabelledCase
from coach.evaluation.metrics import grades
from coach.evaluation.prediction import Output, Predictions
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
        return all(
            _outputs(self.before.predictions, id_) == _outputs(self.after.predictions, id_)
            for id_ in {one.id for one in self.cases} | self.after.predictions.keys()
        )


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
        NotMeasured: the two were asked different things, or have no case in common.
    """
    ours, theirs = after.manifest.inputs, before.manifest.inputs
    same = {id_ for id_, asked in ours.items() if theirs.get(id_) == asked}
    different = sorted((ours.keys() | theirs.keys()) - same)
    if different and not common:
        raise NotMeasured(
            f"{before.folder} and {after.folder} were not asked the same: {len(different)} cases differ "
            f"({name_some(different)}); make the baseline again, or compare the {len(same)} common ones with --common"
        )
    if not same:
        raise NotMeasured(f"{before.folder} and {after.folder} have no case in common: nothing to compare")
    return Pair(before, after, tuple(case for case in after.cases if case.id in same))


def failed_share(run: Run, cases: Sequence[LabelledCase]) -> float:
    """The share of predictions of these cases that failed or are missing."""
    repeats = run.manifest.repeat
    whole = sum(one.error is None for case in cases for one in run.predictions.get(case.id, ()))
    return 1 - whole / (len(cases) * repeats) if cases else 0.0


def _outputs(predictions: Predictions, id_: str) -> list[Output | None]:
    return [one.output for one in predictions.get(id_, ())]
