"""A manager's correction becomes a case that holds exactly what they said, and what they let stand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from coach.domain import Question, Status, Verdict
from coach.errors import InvalidInput
from coach.evaluation.case import DealCase, GoldStatement
from coach.evaluation.case.correction import Feedback, load_feedback


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
    case = feedback(deal_case, claim="refuted", coverage={"problem": "partial"}).case()
    assert ("feedback-dr_1", "feedback", ("manager correction",)) == (case.id, case.split, case.tags)
    assert deal_case.expected.statements == case.expected.statements
    assert Verdict.REFUTED is case.expected.claim
    assert {**deal_case.expected.coverage, Question.PROBLEM: Status.PARTIAL} == case.expected.coverage


def test_a_corrected_statement_takes_the_place_of_what_it_overlaps(deal_case: DealCase) -> None:
    case = feedback(deal_case, statements=[opinion(deal_case, "signed the order. I sent")]).case()
    assert ["signed the order. I sent", "They love us"] == [one.quote for one in case.expected.statements]


def test_what_is_no_statement_goes(deal_case: DealCase) -> None:
    place = {
        "quote": "love",
        "start": deal_case.input.note.index("love"),
        "end": deal_case.input.note.index("love") + 4,
    }
    case = feedback(deal_case, removed=[place]).case()
    assert ["Dana signed the order", "I sent a deck"] == [one.quote for one in case.expected.statements]


def test_offsets_may_be_left_out_of_a_correction(deal_case: DealCase) -> None:
    quoted = {"quote": "They love us", "kind": "seller_action"}
    assert "seller_action" == feedback(deal_case, statements=[quoted]).case().expected.statements[-1].kind


def written(tmp_path: Path, *feedbacks: Feedback | dict[str, Any]) -> Path:
    path = tmp_path / "feedback.jsonl"
    lines = [one.model_dump_json() if isinstance(one, Feedback) else json.dumps(one) for one in feedbacks]
    path.write_text("".join(line + "\n" for line in lines), "utf-8")
    return path


@pytest.mark.parametrize(
    ("correction", "problem"),
    [
        ({}, "it corrects nothing that was shown"),
        ({"claim": "unproven"}, "it corrects nothing that was shown"),
        ({"removed": [{"quote": "canary", "start": 0, "end": 6}]}, r"removed\.0: the quote is not at 0 to 6"),
        ({"removed": [{"quote": "canary"}]}, r"correction\.removed\.0: the quote comes 0 times"),
        ({"claim": "perhaps"}, r"at correction\.claim"),
    ],
)
def test_a_correction_that_says_nothing_or_something_else_is_refused(
    deal_case: DealCase, tmp_path: Path, correction: dict[str, Any], problem: str
) -> None:
    fields = {**feedback(deal_case, claim="refuted").model_dump(mode="json"), "correction": correction}
    with pytest.raises(InvalidInput, match=rf"feedback\.jsonl:1: .*{problem}") as caught:
        load_feedback([written(tmp_path, fields)])
    assert "canary" not in str(caught.value)


def test_a_review_is_corrected_once(deal_case: DealCase, tmp_path: Path) -> None:
    one = feedback(deal_case, claim="refuted")
    with pytest.raises(InvalidInput, match=r"jsonl:2: the review of 'feedback-dr_1' is corrected twice"):
        load_feedback([written(tmp_path, one, one)])


def test_no_feedback_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no feedback found"):
        load_feedback([written(tmp_path)])
    with pytest.raises(InvalidInput, match="cannot be read"):
        load_feedback([tmp_path / "missing.jsonl"])


def test_a_deal_of_a_long_name_is_a_cluster_too(deal_case: DealCase) -> None:
    one = feedback(deal_case, claim="refuted")
    deal = one.input.deal.model_copy(update={"name": "x" * 300})
    named = one.model_copy(update={"input": one.input.model_copy(update={"deal": deal})})
    assert "x" * 200 == named.case().cluster


def test_the_review_itself_says_what_was_shown(deal_case: DealCase) -> None:
    labels = deal_case.expected.model_dump(mode="json")
    review = {
        "schema": "coach.deal_review/1",
        "statements": [{**one, "centre": "buyer", "grade": 5, "confidence": 0.9} for one in labels["statements"]],
        "coverage": {name: {"status": status, "because": [], "ask": []} for name, status in labels["coverage"].items()},
        "claim": {"verdict": labels["claim"], "explanation": "…"},
    }
    fields = {**feedback(deal_case, claim="refuted").model_dump(mode="json"), "shown": review}
    assert feedback(deal_case, claim="refuted").case() == Feedback.model_validate(fields).case()
