"""Proposed steps: what is proposed for what, by whom and by when, and what is not proposed again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.commitment import Commitment, Kept, Owner
from coach.domain.judgement import Verdict
from coach.domain.one_on_one import (
    ClosingDeal,
    ClosingDeals,
    CustomerMove,
    MovedDeal,
    Movements,
    NewDeals,
    OpenStep,
    ProposedStep,
    StageMove,
    Warned,
)
from coach.pipeline import closing_wording as wording
from coach.pipeline.proposing import Days, proposed
from tests.pipeline.made import NEXT, TODAY, closing, day, line, moved, slip


def steps(
    near: tuple[ClosingDeal, ...] = (),
    far: tuple[MovedDeal, ...] = (),
    new: tuple[str, ...] = (),
    warned: tuple[str, ...] = (),
    carried: tuple[Commitment, ...] = (),
) -> tuple[ProposedStep, ...]:
    return proposed(
        ClosingDeals(deals=near, count=len(near)),
        Movements(known=True, deals=far),
        NewDeals(deals=tuple(line(one) for one in new), count=len(new)),
        [Warned.model_validate({"code": code, "text": code}) for code in warned],
        as_of=TODAY,
        next_on=NEXT,
        carried=carried,
    )


def agreed(name: str | None, **more: Any) -> Commitment:
    given = {"id": 1, "rep": "Ann", "what": "Call", "owner": Owner.REP, "due_on": TODAY, "agreed_on": day(-30)}
    return Commitment(deal=name, **(given | more))


def test_a_deal_without_a_note_is_written_down_in_three_days_and_the_manager_joins() -> None:
    rep, manager = steps((closing("1", 64_000),))

    # It closes in ten days: three days on for the rep, and a day ahead of the close for the manager.
    assert (Owner.REP, wording.WRITE_DOWN, date(2026, 12, 3), "Deal 1") == read(rep)
    assert (Owner.MANAGER, wording.JOIN, date(2026, 12, 9), "Deal 1") == read(manager)
    assert "No note was reviewed, so nothing is known of what the customer did." == rep.why
    assert "The customer has not borne out the close date: EUR 64,000 is at risk." == manager.why


def read(step: ProposedStep) -> tuple[Owner, str, date, str | None]:
    return step.owner, step.what, step.due_on, step.deal


def test_a_close_date_that_went_by_is_agreed_anew_within_a_week() -> None:
    step = steps((closing("1", days_left=-12, verdict=Verdict.UNPROVEN),))[0]

    assert (Owner.REP, wording.REDATE, date(2026, 12, 7), "Deal 1") == read(step)
    assert "The close date went by 12 days ago, and the deal is still open." == step.why


def test_a_refuted_date_is_agreed_anew_ahead_of_itself() -> None:
    # It closes on Friday: a day ahead is Thursday.
    step = steps((closing("1", days_left=4, verdict=Verdict.REFUTED),))[0]

    assert (Owner.REP, wording.REDATE, date(2026, 12, 3), "Deal 1") == read(step)
    assert "Nothing bears it out." == step.why


def test_an_overdue_promise_is_asked_after_in_its_own_words() -> None:
    late = OpenStep(what="Priya takes it to the board", by=day(-2), overdue=True)

    step = steps((closing("1", verdict=Verdict.UNPROVEN, open_steps=(late,), questions=("Who?",)),))[0]

    assert (
        "Ask the customer about what they promised, and agree on a new day: “Priya takes it to the board”" == step.what
    )


def test_an_unproven_date_calls_for_an_answer_to_the_first_question() -> None:
    step = steps((closing("1", verdict=Verdict.UNPROVEN, questions=("What did Dana do?", "Who signs?")),))[0]

    assert "Bring the customer's own answer, and who gave it: What did Dana do?" == step.what


def test_without_a_question_their_next_act_is_named() -> None:
    assert wording.NEXT_ACT == steps((closing("1", verdict=Verdict.UNPROVEN),))[0].what


def test_an_established_deal_needs_no_step() -> None:
    assert () == steps((closing("1", 0, verdict=Verdict.ESTABLISHED),))


def test_the_manager_joins_in_a_deal_of_unknown_value_too() -> None:
    why = steps((closing("1", None),))[1].why

    assert "The customer has not borne out the close date." == why


@pytest.mark.parametrize(
    ("code", "due"),
    [
        ("thin_pipeline", date(2026, 12, 7)),
        ("standing_pipeline", date(2026, 12, 10)),
        # The day before the next 1-on-1 is a Sunday.
        ("old_snapshot", date(2026, 12, 25)),
    ],
)
def test_each_kind_of_warning_is_one_step_of_the_managers(code: str, due: date) -> None:
    (step,) = steps(warned=(code, code))

    assert (Owner.MANAGER, wording.FOR_WARNING[code][0], due, None) == read(step)


@pytest.mark.parametrize(
    ("one", "what", "why"),
    [
        (
            moved("1", slip=slip(2, 62)),
            wording.REDATE,
            "The close date was pushed twice since the last review, by 62 days.",
        ),
        (
            moved("1", slip=slip(1, 1)),
            wording.REDATE,
            "The close date was pushed once since the last review, by 1 day.",
        ),
        (moved("1", stage=StageMove.BACK), wording.LACKS, "The deal went back a stage since the last review."),
        (moved("1"), wording.NEXT_ACT, "The deal has stood still since the last review."),
    ],
)
def test_one_deal_that_is_not_moving_gets_a_step(one: MovedDeal, what: str, why: str) -> None:
    on = moved("0", stage=StageMove.FORWARD, customer=CustomerMove.ADVANCED)
    lost = moved("9", stage=StageMove.LOST, slip=slip(3, 90))

    (step,) = steps(far=(lost, on, one, moved("2")))

    assert (Owner.REP, what, date(2026, 12, 14), "Deal 1") == read(step)
    assert why == step.why


def test_the_largest_new_deal_that_has_no_step_yet_gets_one() -> None:
    found = steps((closing("1"),), new=("1", "2", "3"))

    assert ["Deal 1", "Deal 1", "Deal 2"] == [one.deal for one in found]
    assert wording.FIRST_WORDS == found[2].what


def test_six_at_most_and_the_most_pressing_first() -> None:
    near = tuple(closing(record) for record in "abcde")
    warned = ("thin_pipeline", "standing_pipeline")

    found = steps(near, (moved("f"),), ("g",), warned)

    assert [
        (Owner.REP, "Deal a"),
        (Owner.MANAGER, "Deal a"),
        (Owner.MANAGER, None),
        (Owner.MANAGER, None),
        (Owner.REP, "Deal b"),
        (Owner.REP, "Deal c"),
    ] == [(one.owner, one.deal) for one in found]


def test_a_deal_with_an_open_agreed_step_gets_no_more() -> None:
    carried = (agreed("deal  A"), agreed("Deal b", kept=Kept.KEPT), agreed("Deal c"), agreed("Deal d"))

    found = steps((closing("a"), closing("b")), (moved("c"),), ("d",), carried=carried)

    assert ["Deal b", "Deal b"] == [one.deal for one in found]


def test_a_step_that_is_agreed_and_open_is_not_proposed_again() -> None:
    open_step = agreed(None, what=wording.FOR_WARNING["thin_pipeline"][0])

    assert () == steps(warned=("thin_pipeline",), carried=(open_step,))
    assert 1 == len(steps(warned=("thin_pipeline",), carried=(open_step.model_copy(update={"kept": Kept.NOT_KEPT}),)))


def test_a_new_hire_has_steps_to_begin_with() -> None:
    found = steps()

    assert [(Owner.REP, date(2026, 12, 7)), (Owner.MANAGER, date(2026, 12, 14))] == [
        (one.owner, one.due_on) for one in found
    ]
    assert () == steps(carried=(agreed(None),))


@pytest.mark.parametrize(
    ("days", "before", "expected"),
    [
        (1, None, date(2026, 12, 1)),
        # Saturday and Sunday become Friday.
        (5, None, date(2026, 12, 4)),
        (6, None, date(2026, 12, 4)),
        (7, None, date(2026, 12, 7)),
        (90, None, date(2026, 12, 25)),
        (7, date(2026, 12, 3), date(2026, 12, 2)),
        (7, TODAY, TODAY),
    ],
)
def test_a_step_is_due_on_a_working_day_ahead_of_the_close_and_of_the_next_talk(
    days: int, before: date | None, expected: date
) -> None:
    assert expected == Days(TODAY, NEXT).due(days, before)


def test_on_a_weekend_a_step_may_be_due_at_once() -> None:
    saturday = date(2026, 12, 5)

    assert saturday == Days(saturday, date(2026, 12, 7)).due(7, saturday)
    assert date(2026, 12, 6) == Days(saturday, date(2026, 12, 7)).due(7)


@given(st.integers(-60, 30), st.integers(1, 45), st.sampled_from([None, *Verdict]))
def test_every_step_is_due_from_today_to_the_day_before_the_next(
    days_left: int, until_next: int, verdict: Verdict | None
) -> None:
    near = closing("1", days_left=days_left, verdict=verdict)
    found = proposed(
        ClosingDeals(deals=(near,), count=1),
        Movements(known=True, deals=(moved("2"),)),
        NewDeals(deals=(line("3"),), count=1),
        [Warned(code="old_snapshot", text="old")],
        as_of=TODAY,
        next_on=day(until_next),
        carried=(),
    )

    assert 3 <= len(found) <= 6
    assert all(TODAY <= one.due_on < day(until_next) for one in found)
