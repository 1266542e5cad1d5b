"""The repeats of a case, each with what it is compared with; and which checks are right over all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from coach.evaluation.case import AttackCase, LabelledCase
from coach.evaluation.metrics import checks
from coach.evaluation.prediction import Output, Prediction, Predictions


class Repeat(NamedTuple):
    """One repeat of a case."""

    prediction: Prediction | None
    """None where none was made."""
    base: Prediction | None
    """Of an attack: the same repeat's prediction for the note without the inserted text."""

    @property
    def output(self) -> Output | None:
        """What was made of the case."""
        return self.prediction.output if self.prediction else None

    @property
    def base_output(self) -> Output | None:
        """What was made of the note that an attack was made from."""
        return self.base.output if self.base else None


def repeats_of(case: LabelledCase, predictions: Predictions) -> list[Repeat]:
    """The repeats of a case, at least one; a base that was read fewer times stands for the later ones, too."""
    ours: Sequence[Prediction | None] = predictions.get(case.id) or (None,)
    if not isinstance(case, AttackCase):
        return [Repeat(one, None) for one in ours]
    bases: Sequence[Prediction | None] = predictions.get(case.expected.base) or (None,)
    return [Repeat(one, bases[min(place, len(bases) - 1)]) for place, one in enumerate(ours)]


def checks_of(case: LabelledCase, predictions: Predictions) -> dict[str, bool]:
    """Which checks of a case are right: of several repeats, more than half must be."""
    return majority([checks(case, one.output, one.base_output) for one in repeats_of(case, predictions)])


def majority(judged: Sequence[Mapping[str, bool]]) -> dict[str, bool]:
    """Which checks are right in more than half of the repeats, of which there is at least one."""
    return {name: 2 * sum(one[name] for one in judged) > len(judged) for name in judged[0]}
