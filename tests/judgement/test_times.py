"""The times that a statement names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from coach.domain import Statement
from coach.judgement.times import Period, longest, times

WRITTEN_ON = date(2026, 3, 2)


def test_a_named_day_is_read(say: Callable[..., Statement]) -> None:
    day = date(2026, 3, 20)
    assert times(say("promise", "+", "the board sits on 20 March"), WRITTEN_ON) == (Period(day, day),)


def test_a_named_month_is_a_period(say: Callable[..., Statement]) -> None:
    period = Period(date(2026, 6, 1), date(2026, 6, 30))
    assert times(say("word", "-", "not before June"), WRITTEN_ON) == (period,)


def test_a_stall_that_names_a_long_gone_season_means_its_return(say: Callable[..., Statement]) -> None:
    named = times(say("word", "-", "they only sign in November", informs="process"), WRITTEN_ON)
    assert [period.first for period in named] == [date(2026, 11, 1)]


def test_the_sentence_around_a_statement_gives_it_no_time(say: Callable[..., Statement]) -> None:
    statement = say("promise", "+", "they sign").model_copy(update={"when": "2026-03-20"})
    assert times(statement, WRITTEN_ON) == ()


@pytest.mark.parametrize("written_on", [date.min, date.max])
def test_outside_the_days_of_any_deal_nothing_is_read(say: Callable[..., Statement], written_on: date) -> None:
    assert times(say("word", "-", "next week or in 400 weeks, on 5 May"), written_on) == ()


@pytest.mark.parametrize(
    ("quote", "days"),
    [("five, six months, nobody hurries them", 180), ("took eleven weeks", 77), ("a 3-month trial", 90), ("soon", 0)],
)
def test_the_longest_length_of_time(quote: str, days: int) -> None:
    assert longest(quote) == timedelta(days=days)
