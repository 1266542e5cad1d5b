"""A rep's stored deal reviews as evidence: what customers' own words and acts show that the rep found out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from coach.domain import Competency, DealReview, Question, Record, Signal, Status
from coach.rubrics import SkillWill
from coach.rubrics.skill_will import SHOWN

FIELD = "deal_review"
"""What the field of a quote from a stored review begins with; its id follows after a point."""
_COMPETENCY = {
    Question.PROBLEM: Competency.DISCOVERY,
    Question.CRITERIA: Competency.STAKEHOLDER_ACCESS,
    Question.ACTION: Competency.QUALIFICATION,
    Question.PROCESS: Competency.DECISION_PROCESS,
}
"""The competency by which a rep comes to know the answer."""


def signals_of(reviews: Sequence[DealReview], rubric: SkillWill) -> Iterator[Signal]:
    """A signal for each buyer question that a review has answered, with the customer's words.

    A question that is not answered is no signal: a note that leaves something out does not show why.
    """
    rule = rubric.signal(SHOWN)
    for review in reviews if rule else ():
        for question in Question:
            answer = review.coverage[question]
            if answer.status is not Status.ANSWERED or not answer.because:
                continue
            statement = review.statements[answer.because[0]]
            assert rule is not None  # noqa: S101  else there is nothing to go through
            yield Signal(
                field=f"{FIELD}.{review.id}",
                start=statement.start,
                end=statement.end,
                quote=statement.quote,
                signal=rule.id,
                competency=_COMPETENCY[question],
                points_to=rule.points_to,
                counts=rule.counts,
            )


def records(reviews: Sequence[DealReview]) -> tuple[Record, ...]:
    """In how many reviews each buyer question is answered, partial and missing; none without reviews."""
    if not reviews:
        return ()
    return tuple(
        Record(question=question, counts=_counts(review.coverage[question].status for review in reviews))
        for question in Question
    )


def _counts(statuses: Iterator[Status]) -> dict[Status, int]:
    found = Counter(statuses)
    return {status: found[status] for status in Status}
