"""Filling the slots of a question."""

from __future__ import annotations

from coach.rubrics.slots import fill, is_well_formed, slots


def test_slots_are_named_once() -> None:
    assert slots("${who} and ${who} by ${date}, $$5") == {"who", "date"}


def test_a_filled_text_begins_with_a_capital() -> None:
    assert fill("${them} said so.", {"them": "somebody there"}) == "Somebody there said so."


def test_a_text_with_a_slot_that_cannot_be_filled_is_passed_over() -> None:
    assert fill("${who} by ${date}", {"who": "Dana"}) is None


def test_a_value_is_never_read_as_a_slot_itself() -> None:
    assert fill("Ask ${who}.", {"who": "${date} $"}) == "Ask ${date} $."


def test_a_lone_dollar_is_not_well_formed() -> None:
    assert not is_well_formed("costs 5 $")
    assert is_well_formed("costs $$5, says ${who}")
