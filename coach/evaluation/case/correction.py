"""A manager's correction of a deal review becomes a case: the next prompt is held to what they taught us."""

from __future__ import annotations

from pydantic import Field

from coach.domain import DealNote, Question, Status, Verdict
from coach.domain.base import Frozen
from coach.errors import InvalidInput
from coach.evaluation.case.locate import Quoted
from coach.evaluation.case.model import DealCase, DealExpectation, GoldStatement

SPLIT = "feedback"


class Correction(Frozen):
    """What a manager says of a review; what they do not mention, they let stand."""

    claim: Verdict | None = None
    coverage: dict[Question, Status] = Field(default_factory=dict)
    statements: tuple[GoldStatement, ...] = ()
    """Statements as they should be; each takes the place of those it overlaps."""
    removed: tuple[Quoted, ...] = ()
    """Stretches that are no statement; what overlaps them goes."""


class Feedback(Frozen):
    """A review as it was shown, and its correction."""

    review_id: str = Field(min_length=1, max_length=100)
    input: DealNote
    shown: DealExpectation
    """The statements, coverage and claim that the review had."""
    correction: Correction


def case_of(feedback: Feedback) -> DealCase:
    """Make a case of a correction.

    Raises:
        InvalidInput: the correction changes nothing, or quotes what is not in the note.
    """
    correction = feedback.correction
    if correction == Correction():
        raise InvalidInput(f"feedback on {feedback.review_id}: it corrects nothing")
    try:
        return DealCase(
            id=f"{SPLIT}-{feedback.review_id}",
            task="deal",
            split=SPLIT,
            tags=("manager correction",),
            cluster=feedback.input.deal.name,
            source=f"a manager's correction of review {feedback.review_id}",
            input=feedback.input,
            expected=_corrected(feedback.shown, correction),
        )
    except ValueError as error:
        reason = str(error).split("Value error, ")[-1].split(" [type=")[0]
        raise InvalidInput(f"feedback on {feedback.review_id}: {reason}") from None


def _corrected(shown: DealExpectation, correction: Correction) -> DealExpectation:
    gone = (*correction.statements, *correction.removed)
    kept = [
        one for one in shown.statements if not any(one.start < other.end and other.start < one.end for other in gone)
    ]
    return DealExpectation(
        statements=tuple(sorted((*kept, *correction.statements), key=lambda one: one.start)),
        coverage={**shown.coverage, **correction.coverage},
        claim=correction.claim or shown.claim,
    )
