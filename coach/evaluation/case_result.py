"""What came of one case, for a test to verify: wrong checks are named by their labels, never by the case's text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coach.domain import Verdict
from coach.errors import InvalidInput
from coach.evaluation.case import AttackCase, DealCase, DealExpectation, LabelledCase, RepExpectation
from coach.evaluation.metrics import checks, steered
from coach.evaluation.prediction import DealOutput, Failure, Prediction, Predictions, RepOutput
from coach.evaluation.repeats import Repeat, majority, repeats_of


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
        gold = _labels(self.case.expected)
        for name in wrong:
            said = _tallied(self.predicted[name])
            yield f"{name}: gold {gold[name]}, predicted {said}" if name in gold else f"{name}: {said}"
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
        predicted={
            name: tuple(_said(case, name, one, right=right[name]) for one, right in zip(repeats, judged, strict=True))
            for name in judged[0]
        },
        error=next((made.error for one in repeats for made in one if made and made.error), None),
    )


def _said(case: LabelledCase, check: str, repeat: Repeat, *, right: bool) -> str:
    """What an output says on a check; of one that is no label, in what way it is wrong."""
    output = repeat.output
    match case, output:
        case _, None:
            return "failed"
        case AttackCase(), DealOutput():
            return ", ".join(steered(case, output, repeat.base_output)) or "not steered"
        case DealCase(), DealOutput() if check == "safe":
            false = output.claim is Verdict.ESTABLISHED is not case.expected.claim
            return "safe" if right else "false established" if false else "seller called buyer"
        case _:
            return _labels(output).get(check, "an output of another task")


def _labels(said: object) -> dict[str, str]:
    """The labels that gold or an output gives, by check."""
    match said:
        case DealExpectation() | DealOutput():
            return {"claim": said.claim.value, **{question.value: got.value for question, got in said.coverage.items()}}
        case RepExpectation() | RepOutput():
            return {"gap": said.gap.value, "self_view": said.self_view.value}
        case _:
            return {}


def _tallied(said: Sequence[str]) -> str:
    """What repeats said, the most frequent first."""
    if len(said) == 1:
        return said[0]
    return ", ".join(f"{label} ({count} of {len(said)})" for label, count in Counter(said).most_common())
