"""Days as exports write them.

Rule: a day that can be read in two ways is read in one only where the order is settled: by the user, or by the other
values of its column. Nothing is settled by what is usual somewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from coach.pipeline.rows.problem import Code

DateOrder = Literal["day_first", "month_first", "year_first"]

_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_REST = r"(?:,?[T\s]+(?P<time>\S.*))?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_REST}", re.ASCII)
_PARTS = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_REST}", re.ASCII)
_DAY_NAMED = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[-\s.]+([A-Za-z]{{3,9}})[-\s.,]+(\d{{4}}){_REST}", re.ASCII)
_MONTH_NAMED = re.compile(rf"([A-Za-z]{{3,9}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_REST}", re.ASCII)
_TIME = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp]\.?[Mm]\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?",
    re.ASCII,
)
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?", re.ASCII)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}


@dataclass(slots=True)
class DateEvidence:
    """What the values of a column show of the order of day and month."""

    day_first: bool = False
    month_first: bool = False

    def add(self, text: str) -> None:
        """Take in a value: a number over 12 is a day."""
        shown = order_shown(text)
        if shown == "day_first":
            self.day_first = True
        elif shown == "month_first":
            self.month_first = True

    @property
    def order(self) -> DateOrder | None:
        """The order, where the values show one and no other."""
        if self.day_first == self.month_first:
            return None
        return "day_first" if self.day_first else "month_first"


@lru_cache(maxsize=8192)
def order_shown(text: str) -> DateOrder | None:
    """The order that a value can alone be read in; None where it shows none."""
    parts = _PARTS.fullmatch(text)
    if parts is None:
        return None
    first, second = int(parts[1]), int(parts[3])
    if 12 < first <= 31 and 1 <= second <= 12:
        return "day_first"
    return "month_first" if 12 < second <= 31 and 1 <= first <= 12 else None


@lru_cache(maxsize=8192)
def read_day(text: str, order: DateOrder | None, zone: ZoneInfo, utc: bool) -> date | Code:  # noqa: FBT001  for the cache
    """The day that a text names, or what is wrong with it.

    Args:
        text: Without spaces around it.
        order: Of day, month and year, where it is settled. A year of four digits in front settles its value by itself.
            A year of two digits is the last part unless `year_first` is said, and is one of 2001 to 2089: there alone
            is it clear which century is meant.
        zone: Where the days are counted: a time with a zone is the day it is there.
        utc: Whether a time without a zone is one of UTC; otherwise its day is the one written.

    Returns:
        The day; `UNCLEAR_DATE` where it could be two days, `EXCEL_DATE` for the number of a spreadsheet,
        `IMPOSSIBLE_DATE` outside 1990 to 2100, `BAD_DATE` for anything else.
    """
    found = _year_month_day(text, order)
    if isinstance(found, Code):
        return found
    (year, month, day), time = found
    try:
        there = date(year, month, day)
        if time:
            there = _day_in_zone(there, time, zone, utc=utc)
    except (ValueError, OverflowError):
        return Code.BAD_DATE
    return there if _FIRST_YEAR <= there.year <= _LAST_YEAR else Code.IMPOSSIBLE_DATE


def _year_month_day(text: str, order: DateOrder | None) -> tuple[tuple[int, int, int], str | None] | Code:
    if match := _YEAR_FIRST.fullmatch(text):
        return (int(match[1]), int(match[3]), int(match[4])), match["time"]
    if match := _PARTS.fullmatch(text):
        parts = _in_order(match[1], match[3], match[4], order)
        return parts if isinstance(parts, Code) else (parts, match["time"])
    if match := _DAY_NAMED.fullmatch(text):
        return (int(match[3]), _MONTHS.get(match[2].lower(), 0), int(match[1])), match["time"]
    if match := _MONTH_NAMED.fullmatch(text):
        return (int(match[3]), _MONTHS.get(match[1].lower(), 0), int(match[2])), match["time"]
    return Code.EXCEL_DATE if _SERIAL.fullmatch(text) else Code.BAD_DATE


def _in_order(first: str, second: str, third: str, order: DateOrder | None) -> tuple[int, int, int] | Code:
    if order == "year_first":
        # A year of four digits at the end contradicts what was said.
        return Code.BAD_DATE if len(third) == 4 else _with_century(first, int(second), int(third))
    one, two = int(first), int(second)
    alone = "same" if one == two else order_shown(f"{first}-{second}-{third}")
    if alone is None:
        if order is None:
            return Code.UNCLEAR_DATE if one <= 12 and two <= 12 else Code.BAD_DATE
        alone = order
    elif alone != "same" and order is not None and alone != order:
        return Code.BAD_DATE
    month, day = (one, two) if alone == "month_first" else (two, one)
    return _with_century(third, month, day)


def _with_century(year: str, month: int, day: int) -> tuple[int, int, int] | Code:
    if len(year) == 4:
        return int(year), month, day
    return (2000 + int(year), month, day) if 1 <= int(year) <= 89 else Code.UNCLEAR_DATE


def _day_in_zone(day: date, time: str, zone: ZoneInfo, *, utc: bool) -> date:
    """The day a moment is in a zone.

    Raises:
        ValueError: not a time.
    """
    match = _TIME.fullmatch(time.strip())
    if match is None:
        raise ValueError("not a time")
    hour = int(match[1])
    if match[4]:
        if not 1 <= hour <= 12:
            raise ValueError("not an hour of twelve")
        hour = hour % 12 + (12 if match[4][0] in "Pp" else 0)
    moment = datetime(day.year, day.month, day.day, hour, int(match[2]), int(match[3] or 0), tzinfo=UTC)
    if match[5] is None:
        return moment.astimezone(zone).date() if utc else day
    return moment.replace(tzinfo=_offset(match[5])).astimezone(zone).date()


def _offset(text: str) -> timezone:
    if text in {"Z", "UTC", "GMT"}:
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    apart = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-apart if text[0] == "-" else apart)
