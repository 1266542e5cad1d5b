"""The whole judgement of one reading of a note. Pure and deterministic: the same statements give the same judgement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from coach.domain import Answer, Balance, Coverage, Deal, Judgement, Question, Statement, Status
from coach.judgement.coverage import cover
from coach.judgement.cues import matcher
from coach.judgement.doubt import cautious
from coach.judgement.focus import focus_on
from coach.judgement.gaps import find_gaps
from coach.judgement.opinion import weighed
from coach.judgement.questions import ask_about, ask_for
from coach.judgement.reading import Reading, indexes
from coach.judgement.reasons import state
from coach.rubrics import BuyerEvidence


def judge(  # noqa: PLR0913  what a judgement depends on
    statements: Sequence[Statement],
    deal: Deal,
    written_on: date,
    rubric: BuyerEvidence,
    *,
    fiscal_year_start: int = 1,
    opinion: Mapping[Question, Status] | None = None,
) -> Judgement:
    """Conclude from a note's statements what the customer's own acts and words show.

    Args:
        statements: The grounded statements of the note, in its order; the note itself is not looked at.
        deal: What the CRM says of the deal.
        written_on: The day the note was written.
        rubric: Cues, question bank and wordings.
        fiscal_year_start: First month of the fiscal year.
        opinion: How far the reader thinks each question is answered, where it says so.
    """
    reading = Reading.of(statements, deal, written_on, matcher(rubric.cues), fiscal_year_start=fiscal_year_start)
    findings = weighed(cover(reading), opinion or {}, reading)
    ruling = cautious(reading)
    gaps = find_gaps(reading, findings, ruling)
    answers = {
        question.value: Answer(
            status=finding.status,
            because=indexes(finding.because),
            ask=() if finding.status is Status.ANSWERED else ask_for(question, gaps, reading, rubric),
        )
        for question, finding in findings.items()
    }
    buyer = sum(one.is_buyer for one in reading.seen)
    return Judgement(
        coverage=Coverage(**{question.value: answers[question.value] for question in Question}),
        claim=state(reading, ruling, gaps),
        balance=Balance(buyer=buyer, seller=len(reading.seen) - buyer),
        focus=focus_on(gaps, reading, rubric),
        questions=ask_about(gaps, reading, rubric),
    )
