"""Months, quarters, halves and years by name, whole or in part: end of June, mid-July, Q3, H2 2026, FY27, early 2027.

Rule: quarters, halves and `FY` follow the fiscal year; a calendar month or a bare year does not.
"""

from __future__ import annotations

import re

from coach.text.dates.days import written_year
from coach.text.dates.form import Form, Match, words
from coach.text.dates.periods import (
    MONTHS_PER_HALF,
    MONTHS_PER_QUARTER,
    MONTHS_PER_YEAR,
    Period,
    fiscal_months,
    fiscal_year,
    months,
    part_of,
)
from coach.text.dates.reading import Reading, choose, nearest, yearless_month
from coach.text.dates.tense import Tense
from coach.text.dates.words import (
    MONTH,
    PART_BEFORE,
    RELATIVE,
    TEMPORAL,
    YEAR,
    full_year,
    month_number,
    offset_named,
    part_named,
)

# Names that are a month wherever they stand; the others are also verbs, people or other words.
_ONLY_MONTHS = re.compile(
    r"(?:january|february|july|september|october|november|december|feb|nov|sept?|oct|april|june|august|apr)\Z", re.I
)
_SPEAKS = re.compile(
    r"[ ](?:said|says|wrote|asked|told|sent|called|mailed|is\s(?:our|the|their)|has|and\sI\b|[A-Z][a-z]+)"
)
_LED = re.compile(
    rf"(?:\b(?:{TEMPORAL}|next|last|this|each|every|already|back\sin"
    rf"|{MONTH})\b(?:\sthe)?[\s,/&-]{{0,3}}(?:and\s|to\s)?)\Z",
    re.I,
)
_HEADS = re.compile(rf"\s?[:–—]\s|\s?[/,]\s?{MONTH}\b|-{MONTH}\b", re.I)
_WEEKS = {"first": 1, "1st": 1, "second": 8, "2nd": 8, "third": 15, "3rd": 15, "fourth": 22, "4th": 22}


def in_part(whole: Period | None, match: Match) -> Period | None:
    """The part of a period that a match names, or all of it."""
    return part_of(whole, part_named(match["part"])) if whole and match["part"] else whole


def _named_month(match: Match, reading: Reading) -> Period | None:
    if not _is_month(match, reading):
        return None
    month, year = month_number(match["month"]), written_year(match, reading)
    whole = months(year, month) if year else _related_month(match, reading, month)
    if whole is None:
        return None
    if match["week"]:
        first = _WEEKS.get(match["week"].lower(), whole.latest.day - 6)
        return Period(whole.earliest.replace(day=first), whole.earliest.replace(day=first + 6))
    if match["half"]:
        is_first = match["half"].lower() in {"first", "1st"}
        middle = whole.earliest.replace(day=15 if is_first else 16)
        return Period(whole.earliest, middle) if is_first else Period(middle, whole.latest)
    return in_part(whole, match)


def _is_month(match: Match, reading: Reading) -> bool:
    """Whether a month's name is meant as a month."""
    word = match["month"]
    if any(match[group] for group in ("part", "week", "half", "relative", "year", "short", "shifted")):
        return True
    if _LED.search(reading.before):
        return (
            word[0].isupper() or not re.search(r"\b(?:to|of|from)\s\Z", reading.before) or word not in {"march", "may"}
        )
    if _SPEAKS.match(reading.after):
        return False
    if _ONLY_MONTHS.match(word):
        return True
    return word[0].isupper() and bool(_HEADS.match(reading.after))


def _related_month(match: Match, reading: Reading, month: int) -> Period | None:
    """A month by "next", "last" or "this"; else the one that is understood."""
    if not match["relative"]:
        return yearless_month(reading, month)
    found = [made for year in range(-1, 2) if (made := months(reading.anchor.year + year, month))]
    match offset_named(match["relative"]):
        case 1:
            return next((each for each in found if each.earliest > reading.anchor), None)
        case -1:
            return next((each for each in reversed(found) if each.latest < reading.anchor), None)
        case _:
            return yearless_month(reading, month)


NAMED_MONTH = Form(
    words(
        r"(?:(?P<week>first|second|third|fourth|last|1st|2nd|3rd|4th)\s(?:week|wk)\s(?:of|in)\s"
        rf"|(?P<half>first|second|1st|2nd)\shalf\s(?:of\s)?|{PART_BEFORE})(?:{RELATIVE}\s)?"
        rf"(?P<month>{MONTH})(?:(?:\s{{1,2}}(?:of\s)?|,\s|-)(?P<year>{YEAR})(?![0-9%.,:]{{0,4}}[0-9%])"
        r"|\s?['’](?P<short>[0-9]{2})|,?\s(?:of\s)?(?P<shifted>this|next|last)\syear)?"
    ),
    _named_month,
)

_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


def _numbered(match: Match, reading: Reading) -> Period | None:
    if not _is_numbered(match, reading):
        return None
    count = MONTHS_PER_QUARTER if (match["sign"] or match["unit"])[0] in "qQ" else MONTHS_PER_HALF
    number = int(match["number"]) if match["number"] else _NUMBERS[match["word"].lower()]
    if number * count > MONTHS_PER_YEAR:
        return None
    now = fiscal_year(reading.anchor, reading.fiscal_year_start)
    years = [full_year(match["year"], reading.anchor)] if match["year"] else range(now - 1, now + 2)
    made = (fiscal_months(year, count * (number - 1), count, reading.fiscal_year_start) for year in years)
    found = [each for each in made if each]
    ahead = nearest(found, reading.anchor, Tense.FUTURE) if reading.tense is Tense.FUTURE else None
    return in_part(ahead or choose(reading, found), match)


def _is_numbered(match: Match, reading: Reading) -> bool:
    """Q1 may head a question, and H2 be hydrogen: without a year or a word of time they are left alone."""
    if match["year"] or match["part"]:
        return True
    led = re.search(rf"\b(?:{TEMPORAL}|this|next|last|our|their|the)\s\Z", reading.before, re.I)
    if match["word"] or match["sign"] in "hH":
        return bool(led)
    return not (reading.opens_line and re.match(r"\s?[:).]", reading.after))


NUMBERED = Form(
    words(
        rf"{PART_BEFORE}(?:(?P<sign>[QH])(?P<number>[1-4])|(?P<word>first|second|third|fourth|1st|2nd|3rd|4th)\s"
        rf"(?P<unit>quarter|qtr|half)(?=\s(?:of\s)?(?:FY|{YEAR})))"
        rf"(?:\s?/?(?:of\s)?(?:FY\s?)?['’]?(?P<year>{YEAR}|(?<=[yY'’/])[0-9]{{2}}))?(?!-[a-z0-9]|[0-9])"
    ),
    _numbered,
)


def _year(match: Match, reading: Reading) -> Period | None:
    if match["fiscal"]:
        number = full_year(match["fiscal"], reading.anchor)
        return in_part(fiscal_months(number, 0, MONTHS_PER_YEAR, reading.fiscal_year_start), match)
    led = match["part"] or match["plan"] or re.search(rf"\b(?:{TEMPORAL})\s\Z", reading.before, re.I)
    return in_part(months(int(match["year"]), 1, MONTHS_PER_YEAR), match) if led else None


YEARS = Form(
    words(
        rf"{PART_BEFORE}(?:FY\s?['’]?(?P<fiscal>{YEAR}|[0-9]{{2}})|(?P<year>20[1-4][0-9])(?P<plan>\s(?:plan"
        rf"|budget|capex|opex)\b)?(?![.,/:-][0-9]|%|\s?[a-z]{{3,12}}s\b))"
    ),
    _year,
)
