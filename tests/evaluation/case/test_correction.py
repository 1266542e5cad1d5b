"""A manager's correction becomes a case that holds exactly what they said, and what they let stand."""

from __future__ import annotations

import pytest

from coach.domain import Question, Status, Verdict
from coach.errors import InvalidInput
from coach.evaluation.case import DealCase, Feedback, GoldStatement, case_of


def feedback(case: DealCase, **correction: object) -> Feedback:
    return Feedback.model_validate(
        {
            "review_id": "dr_1",
            "input": case.input.model_dump(),
            "shown": case.expected.model_dump(),
            "correction": correction,
        }
    )


def opinion(case: DealCase, quote: str) -> GoldStatement:
    start = case.input.note.index(quote)
    return GoldStatement(quote=quote, start=start, end=start + len(quote), kind="seller_opinion")


def test_what_was_not_corrected_stands(deal_case: DealCase) -> None:
    case = case_of(feedback(deal_case, claim="refuted", coverage={"problem": "partial"}))
    assert ("feedback-dr_1", "feedback", ("manager correction",)) == (case.id, case.split, case.tags)
    assert deal_case.expected.statements == case.expected.statements
    assert Verdict.REFUTED is case.expected.claim
    assert {**deal_case.expected.coverage, Question.PROBLEM: Status.PARTIAL} == case.expected.coverage


def test_a_corrected_statement_takes_the_place_of_what_it_overlaps(deal_case: DealCase) -> None:
    case = case_of(feedback(deal_case, statements=[opinion(deal_case, "signed the order. I sent")]))
    assert ["signed the order. I sent", "They love us"] == [one.quote for one in case.expected.statements]


def test_what_is_no_statement_goes(deal_case: DealCase) -> None:
    place = {
        "quote": "love",
        "start": deal_case.input.note.index("love"),
        "end": deal_case.input.note.index("love") + 4,
    }
    case = case_of(feedback(deal_case, removed=[place]))
    assert ["Dana signed the order", "I sent a deck"] == [one.quote for one in case.expected.statements]


def test_a_correction_of_nothing_is_refused(deal_case: DealCase) -> None:
    with pytest.raises(InvalidInput, match="dr_1: it corrects nothing"):
        case_of(feedback(deal_case))


def test_a_quote_that_is_not_in_the_note_is_refused_without_its_text(deal_case: DealCase) -> None:
    moved = opinion(deal_case, "They love us").model_copy(update={"quote": "canary", "end": 43})
    with pytest.raises(InvalidInput, match=r"dr_1: expected.statements.2: the quote is not at") as caught:
        case_of(feedback(deal_case, statements=[moved]))
    assert "canary" not in str(caught.value)
