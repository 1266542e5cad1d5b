"""The days and periods that a statement's own words name. Pure.

Rule: a date is read, never made up; a length of time counts from the day of the note.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from coach.domain import Direction, Kind, Statement
from coach.text.dates import find_dates

FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2100, 12, 31)
"""Outside these days nothing is read: no deal is there, and arithmetic on the calendar's edge fails."""

_NUMBERS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_COUNTS = {word: number for number, word in enumerate(_NUMBERS.split(), start=1)}
_DAYS = {"week": 7, "month": 30}
_LENGTH = re.compile(rf"\b(\d{{1,2}}|{'|'.join(_COUNTS)})[ -](week|month)s?\b")
_STALE = timedelta(days=60)
"""What a stall names from longer ago means its next return: "the window opens 1 May", said in November."""


class Period(NamedTuple):
    """A day, where both ends are equal, or a stretch of days."""

    first: date
    last: date


def times(statement: Statement, written_on: date, *, fiscal_year_start: int = 1) -> tuple[Period, ...]:
    """Every time that a statement's own words name.

    `when` is not asked: it may come from the sentence around the statement, and there it dates the telling as often as
    the act (a log entry's head, "on Monday she told me"), which would make a promise of theirs look kept or broken.
    """
    if not FIRST_DAY <= written_on <= LAST_DAY:
        return ()
    mentions = find_dates(statement.quote, written_on, fiscal_year_start=fiscal_year_start)
    named = tuple(Period(one.earliest, one.latest) for one in mentions)
    kept = (one for one in named if FIRST_DAY <= one.first <= one.last <= LAST_DAY)
    return tuple(_next_return(one, statement, written_on) for one in kept)


def longest(quote: str) -> timedelta:
    """The longest time that something is said to take: "five, six months"."""
    found = _LENGTH.findall(quote.lower())
    return max((timedelta(days=_count(count) * _DAYS[unit]) for count, unit in found), default=timedelta())


def _count(word: str) -> int:
    return _COUNTS.get(word) or int(word)


def _next_return(period: Period, statement: Statement, written_on: date) -> Period:
    told = statement.kind is not Kind.BUYER_ACTION and statement.direction is Direction.STALLS
    if told and period.last < written_on - _STALE and str(period.last.year) not in statement.quote:
        return Period(_a_year_on(period.first), _a_year_on(period.last))
    return period


def _a_year_on(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap_day else day.day)
