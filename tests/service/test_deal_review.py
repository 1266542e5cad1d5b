"""The use case: what it refuses, what it notices, and that nothing ungrounded ever comes out."""

from __future__ import annotations

import json
import os
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.domain import Deal, DealNote, DealReview
from coach.errors import InvalidInput
from coach.wiring import Coach, build

WRITTEN_ON = date(2026, 3, 2)
GENERATED = int(os.environ.get("GENERATED", "1000"))
"""Generated texts; CONTRIBUTING says how to run ten thousand."""
DEAL = Deal(close_date=date(2026, 3, 31))
GOLD = Path(__file__).parents[2] / "evals" / "cases" / "deals.jsonl"
_PHRASES = st.sampled_from(
    [
        "Dana signed the order",
        "I sent a deck",
        "they love us",
        "by Friday",
        "no reply since 3 March",
        "🎉",
        "\u202e",
        "\r\n",
    ]
)


@cache
def _shared() -> Coach:
    """One Coach for all; hypothesis takes no fixture, and loading the engine a thousand times would be the test."""
    return build()


@pytest.fixture
def coach() -> Coach:
    return _shared()


def ungrounded(review: DealReview, note: str) -> list[str]:
    return [one.quote for one in review.statements if note[one.start : one.end] != one.quote]


async def test_no_quote_of_any_gold_note_is_ungrounded(coach: Coach) -> None:
    cases = [json.loads(line) for line in GOLD.read_text("utf-8").split("\n") if line]
    found = 0
    for case in cases:
        review = await coach.review_deal(DealNote.model_validate(case["input"]))
        assert [] == ungrounded(review, case["input"]["note"])
        found += len(review.statements)
    assert found > 1000


@settings(max_examples=GENERATED, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    parts=st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")) | _PHRASES, min_size=10)
)
async def test_no_quote_of_a_generated_text_is_ungrounded(parts: list[str]) -> None:
    note = " ".join(parts)
    if not note.strip():
        return
    review = await _shared().review_deal(DealNote(deal=DEAL, written_on=WRITTEN_ON, note=note))
    assert [] == ungrounded(review, note)
    assert len(review.questions) <= 5


@pytest.mark.parametrize("note", ["", " \n ", "a\0b", "a\ud800b", "x" * 3_000_000])
async def test_what_is_not_a_note_is_refused_without_its_text(coach: Coach, note: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        await coach.review_deal(DealNote(written_on=WRITTEN_ON, note=note))
    assert "xxx" not in caught.value.detail


async def test_a_note_in_another_language_is_noticed(coach: Coach) -> None:
    note = "Der Einkauf hat die Unterlagen geprüft und möchte den Vertrag noch in diesem Monat unterschreiben."
    review = await coach.review_deal(DealNote(written_on=WRITTEN_ON, note=note))
    assert ["not_english"] == [notice.code for notice in review.notices]
    assert () == review.statements


async def test_a_note_without_evidence_says_so(coach: Coach) -> None:
    review = await coach.review_deal(DealNote(written_on=WRITTEN_ON, note="- - -"))
    assert "nothing_found" in {notice.code for notice in review.notices}
    assert review.claim.verdict == "no_claim"


async def test_the_id_hangs_on_everything_the_answer_hangs_on(coach: Coach) -> None:
    note = DealNote(deal=Deal(name="A"), written_on=WRITTEN_ON, note="Dana signed the order on Tuesday.")
    same = (await coach.review_deal(note)).id
    assert same == (await coach.review_deal(note)).id
    others = [
        note.model_copy(update={"written_on": date(2026, 3, 3)}),
        note.model_copy(update={"deal": Deal(name="B")}),
        note.model_copy(update={"note": note.note + " "}),
    ]
    ids = {same, *[(await coach.review_deal(other)).id for other in others]}
    assert len(ids) == 4
