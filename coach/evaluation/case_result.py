"""What came of one case, for a test to verify: wrong checks are named by their labels, never by the case's text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coach.errors import InvalidInput
from coach.evaluation.case import LabelledCase
from coach.evaluation.metrics import checks
from coach.evaluation.prediction import Failure, Prediction, Predictions
from coach.evaluation.repeats import majority, repeats_of
from coach.evaluation.said import gold_label, said, tallied


@dataclass(frozen=True, slots=True, repr=False)
class CaseResult:
    """One case, and what its repeats made of it."""

    case: LabelledCase
    predictions: tuple[Prediction, ...]
    """In the order of the repeats."""
    checks: Mapping[str, bool]
    """Right or wrong by check: of several repeats, more than half must be right. A conversation has none."""
    predicted: Mapping[str, tuple[str, ...]]
    """What each repeat's output says, by check; `failed` for one without an output."""
    error: Failure | None
    """Why there is no output, of the first repeat that has none."""

    @property
    def failures(self) -> tuple[str, ...]:
        """Names of the checks that are wrong."""
        return tuple(name for name, right in self.checks.items() if not right)

    def verify(self, *names: str) -> None:
        """Assert that checks are right.

        Args:
            names: The checks, such as `claim`; all of the case's where none is given. A case without a check is right
                where every repeat has an output.

        Raises:
            AssertionError: one is wrong; the message gives gold and predicted labels.
            InvalidInput: cases of this task have no such check.
        """
        __tracebackhide__ = True  # pytest then points at the test, and shows no local of ours
        if unknown := [name for name in names if name not in self.checks]:
            has = ", ".join(self.checks) or "none"
            raise InvalidInput(f"{self.case.id}: a {self.case.task} case has no check {unknown[0]!r}; it has {has}")
        chosen = names or tuple(self.checks)
        wrong = [name for name in chosen if not self.checks[name]]
        if wrong or (self.error and not chosen):
            raise AssertionError("\n  ".join(self._explain(wrong, len(chosen))))

    def _explain(self, wrong: Sequence[str], of: int) -> Iterator[str]:
        yield f"{self.case.id}: {len(wrong)} of {of} checks wrong" if of else f"{self.case.id}: no output"
        for name in wrong:
            got, gold = tallied(self.predicted[name]), gold_label(self.case, name)
            yield f"{name}: gold {gold}, predicted {got}" if gold else f"{name}: {got}"
        if self.error:
            yield f"failed: {self.error.code}: {self.error.detail}"

    def __repr__(self) -> str:
        """Name the case without its text: pytest prints the arguments of a test that fails."""
        return f"<CaseResult {self.case.id}: {', '.join(self.failures) or 'nothing'} wrong>"


def case_result(case: LabelledCase, predictions: Predictions) -> CaseResult:
    """Judge what came of a case.

    Args:
        case: The case.
        predictions: Every repeat of it, and for an attack every repeat of the note it was made from.
    """
    repeats = repeats_of(case, predictions)
    judged = [checks(case, one.output, one.base_output) for one in repeats]
    return CaseResult(
        case=case,
        predictions=tuple(one.prediction for one in repeats if one.prediction),
        checks=majority(judged),
        predicted={name: tuple(said(case, name, one) for one in repeats) for name in judged[0]},
        error=next((made.error for one in repeats for made in one if made and made.error), None),
    )
