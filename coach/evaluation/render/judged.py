"""Which checks of each case came out right, over all its repeats: what the case book and JUnit both show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach.evaluation.case import AttackCase, LabelledCase
from coach.evaluation.metrics import checks
from coach.evaluation.prediction import Failure, Prediction, Predictions
from coach.evaluation.repeats import Repeat, majority, repeats_of

_ABSENT = Failure(code="missing", detail="no prediction was made")


@dataclass(frozen=True, slots=True)
class Trial:
    """One repeat of a case."""

    prediction: Prediction | None
    base: Prediction | None
    """Of an attack: the same repeat's prediction for the note without the inserted text."""
    right: Mapping[str, bool]
    """By check."""
    failure: Failure | None
    """Why there is no output to be right or wrong."""


@dataclass(frozen=True, slots=True)
class JudgedCase:
    """A case and what came of it."""

    case: LabelledCase
    trials: tuple[Trial, ...]
    """At least one."""

    right: Mapping[str, int]
    """In how many repeats each check is right; a conversation has no check."""
    wrong: tuple[str, ...]
    """The checks that are not right in more than half of the repeats."""
    failures: tuple[Failure, ...]
    """Of the repeats that have no output."""

    @property
    def telling(self) -> int:
        """The repeat to look at: of those with an output, if any has one, the first that gets most checks wrong."""
        return max(range(len(self.trials)), key=self._tells)

    def _tells(self, place: int) -> tuple[bool, int, int]:
        right = self.trials[place].right
        wrong = sum(not right[check] for check in self.wrong)
        return self.trials[place].failure is None, wrong, -sum(right.values())

    @property
    def seconds(self) -> float:
        """How long all repeats took together, when they were made."""
        return sum(trial.prediction.duration_ms for trial in self.trials if trial.prediction) / 1000


def judge_cases(cases: Sequence[LabelledCase], predictions: Predictions) -> list[JudgedCase]:
    """Judge every case, in their order; one without a prediction is wrong, as it is in every figure."""
    return [_judge(case, [_trial(case, one) for one in repeats_of(case, predictions)]) for case in cases]


def _judge(case: LabelledCase, trials: Sequence[Trial]) -> JudgedCase:
    right = {check: sum(trial.right[check] for trial in trials) for check in trials[0].right}
    return JudgedCase(
        case=case,
        trials=tuple(trials),
        right=right,
        wrong=tuple(check for check, is_right in majority([trial.right for trial in trials]).items() if not is_right),
        failures=tuple(trial.failure for trial in trials if trial.failure),
    )


def _trial(case: LabelledCase, repeat: Repeat) -> Trial:
    right = checks(case, repeat.output, repeat.base_output)
    failure = _failure(repeat.prediction) or (_failure(repeat.base) if isinstance(case, AttackCase) else None)
    return Trial(repeat.prediction, repeat.base, right, failure)


def _failure(prediction: Prediction | None) -> Failure | None:
    if prediction is None:
        return _ABSENT
    return None if prediction.output else prediction.error or _ABSENT
