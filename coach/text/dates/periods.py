"""Calendar arithmetic for the periods that sales people name: weeks, months, quarters, halves, years and their parts.

Rule: pure; a day is a period of one day, and a date that the calendar does not have is None, never a neighbour of it.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

MONTHS_PER_QUARTER = 3
MONTHS_PER_HALF = 6
MONTHS_PER_YEAR = 12
FRIDAY = 4


class Period(NamedTuple):
    """First and last day of a stretch of time."""

    earliest: date
    latest: date


class Part(StrEnum):
    """Which part of a period is meant."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"
    END = "end"


def day(year: int, month: int, number: int) -> Period | None:
    """One day, or None where the calendar has no such day."""
    try:
        only = date(year, month, number)
    except ValueError:
        return None
    return Period(only, only)


def single(only: date | None) -> Period | None:
    """A day as a period."""
    return None if only is None else Period(only, only)


def shift(anchor: date, days: int) -> date | None:
    """The day that many days from another, or None beyond the calendar."""
    try:
        return anchor + timedelta(days=days)
    except OverflowError:
        return None


def add_months(anchor: date, months: int) -> date | None:
    """The same day some months on, or the last day of that month where it is shorter."""
    years, month = divmod(anchor.month - 1 + months, MONTHS_PER_YEAR)
    year = anchor.year + years
    if not date.min.year <= year < date.max.year:
        return None
    return min(date(year, month + 1, 1) + timedelta(days=anchor.day - 1), _last_day(year, month + 1))


def months(year: int, month: int, count: int = 1) -> Period | None:
    """A run of whole months; `month` may lie outside 1 to 12 and then counts from the year's January."""
    carried, index = divmod(month - 1, MONTHS_PER_YEAR)
    year += carried
    if not date.min.year <= year < date.max.year - 1:
        return None
    first = date(year, index + 1, 1)
    ends = divmod(index + count - 1, MONTHS_PER_YEAR)
    return Period(first, _last_day(year + ends[0], ends[1] + 1))


def fiscal_year(of: date, fiscal_year_start: int) -> int:
    """The number of a day's fiscal year: the calendar year in which it ends, as `FY27` is commonly meant."""
    if fiscal_year_start == 1:
        return of.year
    return of.year + (of.month >= fiscal_year_start)


def fiscal_months(number: int, first: int, count: int, fiscal_year_start: int) -> Period | None:
    """Months of fiscal year `number`, counted from 0 at its start."""
    begins = number if fiscal_year_start == 1 else number - 1
    return months(begins, fiscal_year_start + first, count)


def quarter_of(of: date, fiscal_year_start: int, offset: int = 0) -> Period | None:
    """The fiscal quarter a day lies in, or one `offset` quarters away."""
    into = (of.month - fiscal_year_start) % MONTHS_PER_YEAR % MONTHS_PER_QUARTER
    return months(of.year, of.month - into + MONTHS_PER_QUARTER * offset, MONTHS_PER_QUARTER)


def week_of(of: date, offset: int = 0) -> Period | None:
    """Monday to Sunday of the week a day lies in, or one `offset` weeks away."""
    monday = shift(of, 7 * offset - of.weekday())
    sunday = None if monday is None else shift(monday, 6)
    return None if monday is None or sunday is None else Period(monday, sunday)


def numbered_week(year: int, number: int) -> Period | None:
    """An ISO week by its number."""
    try:
        return week_of(date.fromisocalendar(year, number, 1))
    except ValueError:
        return None


def part_of(period: Period, part: Part) -> Period:
    """A part of a period; `end` is the last day, since that is what a deadline at its end means.

    A week is parted Monday and Tuesday, Wednesday, Thursday and Friday, and ends on its Friday; anything longer is
    parted into thirds, of days in a month and of whole months beyond.
    """
    length = (period.latest - period.earliest).days + 1
    if length <= 7:
        first, last = {Part.EARLY: (0, 1), Part.MID: (2, 2), Part.LATE: (3, 4), Part.END: (4, 4)}[part]
        return Period(period.earliest + timedelta(days=first), period.earliest + timedelta(days=last))
    if part is Part.END:
        return Period(period.latest, period.latest)
    if length <= 31:
        first, last = {Part.EARLY: (1, 10), Part.MID: (11, 20), Part.LATE: (21, period.latest.day)}[part]
        return Period(period.earliest.replace(day=first), period.earliest.replace(day=last))
    third = round(length / 30.4) // 3
    whole = months(period.earliest.year, period.earliest.month + third * list(Part).index(part), third)
    return whole or period


def easter(year: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian computus (Meeus, Jones, Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, number = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, number + 1)


def _last_day(year: int, month: int) -> date:
    """Last day of a month."""
    return date(year + month // MONTHS_PER_YEAR, month % MONTHS_PER_YEAR + 1, 1) - timedelta(days=1)
