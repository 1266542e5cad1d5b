"""Dates in digits: 2026-03-27, 27.03.2026, 24/11, 9/14/26.

Rule: of 5/12 the order is that of the text's other dates (`day_first`); where they do not tell, it is no mention.
Dots always put the day first. Two numbers with no year are a date only where one is led up to: versions, scores,
shares of something and times are written alike.
"""

from __future__ import annotations

import re
from datetime import date

from coach.text.dates.days import WEEKDAY_BEFORE
from coach.text.dates.form import Form, Match, words
from coach.text.dates.periods import Period, day
from coach.text.dates.reading import Reading, distance, yearless_day
from coach.text.dates.words import DAY, MONTH, TEMPORAL, WEEKDAY, YEAR, full_year

# Round the clock.
_NEVER_A_DATE = frozenset({"24/7", "7/24"})
_DATED = (
    r"dated?|today|updated?|upd|status|close[sd]?|closing|signed|week|wk|w/c|call|mtg|meeting|visit|sent"
    r"|deadline|cd|eta"
)
_LED = re.compile(
    rf"(?:\b(?:{TEMPORAL}|{_DATED}|{WEEKDAY})[.,:]?\s?|[\[(→|>]\s?|[0-9]\s?(?:,|;|&|\band\b|\bor\b|[-–→])\s?)\Z", re.I
)
_DOT_LED = re.compile(
    rf"(?:\b(?:by|on|until|till?|before|since|after|week\sof|due|today|{WEEKDAY}),?\s(?:the\s)?)\Z", re.I
)
# "19.01, 23.01 and 5.02": a list of dates; a time or a price has no nought there.
_DOT_LISTED = re.compile(r"[0-9]\.(?:0[1-9]|[0-9]{1,2}\.)(?:,|\sand)\s\Z")
_DOT_LISTS = re.compile(r"(?:,|\sand)\s[0-9]{1,2}\.0[1-9]\b")
_UNIT_AFTER = re.compile(
    r"\s?(?:%|\"|″|inch|in\b\.?\s[a-z]|mm|cm|(?-i:m)\b|kg|v\b|kw|of\b|points?\b|people\b|stars?\b|score"
    r"|hours?\b|h\b|million|k\b)",
    re.I,
)


def _iso(match: Match, _: Reading) -> Period | None:
    return day(int(match["year"]), int(match["month"]), int(match["day"]))


ISO = Form(
    words(
        rf"{WEEKDAY_BEFORE}(?<![0-9][.,:/-])(?<!/)(?P<year>{YEAR})(?P<mark>[-/.])(?P<month>[0-9]{{1,2}})(?P=mark)(?P<day>[0-9]{{1,2}})(?![0-9-])"
    ),
    _iso,
)


def day_month_orders(match: Match) -> frozenset[tuple[int, int]]:
    """The (month, day) pairs that two numbers can mean."""
    first, second = int(match["first"]), int(match["second"])
    both = {(second, first), (first, second)}
    return frozenset((month, number) for month, number in both if 1 <= month <= 12 and 1 <= number <= 31)


def _slashed(match: Match, reading: Reading) -> Period | None:
    year, orders = match["year"], day_month_orders(match)
    if not year and not match["weekday"] and not _is_slash_date(match, reading):
        return None
    if len(orders) > 1:
        if reading.day_first is None:
            return None
        first, second = int(match["first"]), int(match["second"])
        orders = frozenset({(second, first) if reading.day_first else (first, second)})
    for month, number in orders:
        return day(full_year(year, reading.anchor), month, number) if year else yearless_day(reading, month, number)
    return None


def _is_slash_date(match: Match, reading: Reading) -> bool:
    """Whether a pair of numbers stands where a date would."""
    if match[0] in _NEVER_A_DATE or _UNIT_AFTER.match(reading.after):
        return False
    return reading.opens_line or bool(_LED.search(reading.before)) or reading.day_first is not None


SLASHED = Form(
    words(
        rf"{WEEKDAY_BEFORE}(?<![0-9][.,:/])(?<!/)(?P<first>[0-9]{{1,2}})(?P<mark>[/-])(?P<second>[0-9]{{1,2}})"
        rf"(?:(?P=mark)(?P<year>{YEAR}|[0-9]{{2}})|(?<=/[0-9])|(?<=/[0-9]{{2}}))(?!(?P=mark)[0-9]|[.,:][0-9])"
    ),
    _slashed,
)


def _dotted(match: Match, reading: Reading) -> Period | None:
    number, month, year = int(match["day"]), int(match["month"]), match["year"]
    if year:
        return day(full_year(year, reading.anchor), month, number)
    if _UNIT_AFTER.match(reading.after) or not (match["dot"] or len(match["month"]) == 2):
        return None
    led = match["weekday"] or reading.has_dotted_dates or _DOT_LED.search(reading.before)
    plain = match["dot"] or match["month"].startswith("0")
    listed = reading.opens_line or _DOT_LISTED.search(reading.before) or _DOT_LISTS.match(reading.after)
    return yearless_day(reading, month, number) if led or (plain and listed) else None


DOTTED = Form(
    words(
        rf"{WEEKDAY_BEFORE}(?<![0-9][.,:/-])(?<!/)(?P<day>{DAY})\.\s?(?P<month>0?[1-9]|1[0-2])"
        rf"(?:\.\s?(?P<year>{YEAR}|[0-9]{{2}}(?![.,]?[0-9%]))|(?P<dot>\.)(?=\s|$|[,;)?!])|(?![0-9.,:]{{0,4}}[0-9%]))"
    ),
    _dotted,
)

_DOTTED_YEAR = re.compile(
    rf"(?<![0-9.]){DAY}\.\s?(?:0?[1-9]|1[0-2])\.\s?(?:{YEAR}\b|[0-9]{{2}}(?![.,]?[0-9%]))|\b(?:by|on|until"
    rf"|till?) {DAY}\.(?:0?[1-9]|1[0-2])\.(?=[\s,;)])",
    re.I,
)
_WORD_ORDER = re.compile(
    rf"\b(?=[0-9adfjmnos])(?:(?P<day_first>[0-9]{{1,2}}(?:st|nd|rd|th)?\s{MONTH})\b|{MONTH}\s[0-9]{{1,2}}\b(?!:))", re.I
)
# What `SLASHED` and `_DOTTED_YEAR` need: few texts have it, and to look for it is quick.
_SLASHED_PAIR = re.compile(r"[0-9][/-][0-9]")
_DOTTED_PAIR = re.compile(r"[0-9]\.\s?[0-9]")
# Ambiguous dates lie together round the day of writing in the one order that was meant.
CLUSTER_DAYS = 60


def has_dotted_dates(text: str) -> bool:
    """Whether a text writes dates with dots beyond doubt, so that 17.08. is one too."""
    return _DOTTED_PAIR.search(text) is not None and _DOTTED_YEAR.search(text) is not None


def keeps_day_first(text: str, written_on: date) -> bool | None:
    """Whether a text puts the day before the month, by the dates in it that can be told; None where they do not say.

    A date that only in one order is the day of writing was meant so. Failing any such, the order is that of the dates
    with a month's name, or the one in which all the doubtful dates lie near the day of writing.
    """
    pairs = []
    if _SLASHED_PAIR.search(text):
        pairs = [match for match in SLASHED.pattern.finditer(text) if day_month_orders(match)]
    votes = set()
    for match in pairs:
        orders = day_month_orders(match)
        if len(orders) == 2 and (written_on.month, written_on.day) in orders:
            orders = frozenset({(written_on.month, written_on.day)})
        if len(orders) == 1:
            votes |= {number == int(match["first"]) for month, number in orders if month != number}
    if not votes:
        votes = {match["day_first"] is not None for match in _WORD_ORDER.finditer(text)} or _clustered(
            pairs, written_on
        )
    return votes.pop() if len(votes) == 1 else None


def _clustered(pairs: list[Match], written_on: date) -> set[bool]:
    """The orders in which all of several dates lie near the day of writing."""
    numbers = {(int(match["first"]), int(match["second"])) for match in pairs}
    if len(numbers) < 2:
        return set()
    return {
        day_first
        for day_first in (True, False)
        if all(_is_near(*(pair if day_first else pair[::-1]), written_on) for pair in numbers)
    }


def _is_near(number: int, month: int, written_on: date) -> bool:
    found = (day(written_on.year + step, month, number) for step in (-1, 0, 1))
    return any(each and distance(each, written_on) <= CLUSTER_DAYS for each in found)
