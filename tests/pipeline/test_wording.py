"""What to ask about a deal: one question for every way it can have moved, each about the customer."""

from __future__ import annotations

from itertools import product

import pytest

from coach.domain.one_on_one import CustomerMove, Slip, StageMove
from coach.pipeline.wording import question
from coach.rubrics.forbidden import is_forbidden

NONE = Slip(times=0, days=0, times_ever=0, days_ever=0)
EARLIER = Slip(times=0, days=0, times_ever=2, days_ever=40)
ONCE = Slip(times=1, days=1, times_ever=1, days_ever=1)
OFTEN = Slip(times=1, days=20, times_ever=3, days_ever=62)
ENDED = {StageMove.WON, StageMove.LOST}


@pytest.mark.parametrize("slip", [NONE, EARLIER, ONCE, OFTEN])
def test_every_open_deal_has_a_question_about_the_customer_and_none_that_the_rubric_forbids(slip: Slip) -> None:
    asked = {
        (stage, customer): question(stage, slip, customer)
        for stage, customer in product(StageMove, CustomerMove)
        if stage not in ENDED
    }
    assert 20 == len(asked)
    for text in asked.values():
        assert text is not None
        assert text.endswith("?")
        assert any(word in text for word in ("customer", "they", "them", "their"))
        assert not is_forbidden(text)
        assert len(text) <= 130


@pytest.mark.parametrize("stage", sorted(ENDED))
def test_a_deal_that_has_ended_has_none(stage: StageMove) -> None:
    assert {None} == {question(stage, OFTEN, customer) for customer in CustomerMove}


def test_a_slip_since_the_last_review_is_asked_about_before_all_else() -> None:
    fits = "What has the customer said that fits the new one?"
    assert f"The close date has moved once, by 1 day. {fits}" == question(StageMove.BACK, ONCE, CustomerMove.STALLED)
    assert f"The close date has moved 3 times, by 62 days in all. {fits}" == question(
        StageMove.FORWARD, OFTEN, CustomerMove.ADVANCED
    )


def test_a_slip_before_the_last_review_is_not_asked_about_again() -> None:
    assert question(StageMove.STILL, NONE, CustomerMove.NOTHING) == question(
        StageMove.STILL, EARLIER, CustomerMove.NOTHING
    )


def test_then_come_going_back_and_what_the_customer_held_up() -> None:
    back = {question(StageMove.BACK, NONE, customer) for customer in CustomerMove}
    stalled = {question(stage, NONE, CustomerMove.STALLED) for stage in StageMove if stage not in ENDED}
    assert (1, 2) == (len(back), len(stalled))
    assert back < stalled


def test_what_stage_and_customer_did_together_is_asked_about_differently() -> None:
    ways = product(
        (StageMove.FORWARD, StageMove.STILL), (CustomerMove.ADVANCED, CustomerMove.NOTHING, CustomerMove.NO_NOTE)
    )
    assert 6 == len({question(stage, NONE, customer) for stage, customer in ways})
