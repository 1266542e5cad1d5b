"""Days written with a month's name, or by their number alone: 12 May, May 12th, the thirtieth of September, the 9th.

Rule: a day's number alone belongs to the month of the date before it in the sentence; else it is the closest such day
on the side of the tense. A range is one mention, from its first day to its last.
"""

from __future__ import annotations

import re

from coach.text.dates.form import Form, Match, words
from coach.text.dates.periods import Period, day, months
from coach.text.dates.reading import Reading, distance, nearest, yearless_day
from coach.text.dates.tense import Tense
from coach.text.dates.words import (
    DASH,
    DAY,
    MONTH,
    ORDINAL_WORD,
    RARE_ORDINAL_WORD,
    TEMPORAL,
    WEEKDAY,
    YEAR,
    full_year,
    month_number,
    offset_named,
    ordinal_number,
    weekday_number,
)

# "Friday 3" without a month is no further off.
CHECKED_DAYS = 45
# A mention longer than this is no day that a number could follow on from.
CARRYING_DAYS = 10

_ORDINAL = rf"(?:{DAY}(?:st|nd|rd|th)?|{ORDINAL_WORD})"
WEEKDAY_BEFORE = rf"(?:(?P<weekday>{WEEKDAY})\.?,?\s{{1,2}})?"
_RANGE = rf"\s?(?:{DASH}|/|&|(?<=[0-9]\s)and\b|\bto\b|\btill?\b|\buntil\b)\s?(?:the\s)?"
# Two bare digits are a year only where nothing countable can follow: "24 Nov 25 - sent", not "24 Nov 25 boxes".
_YEAR_AFTER = (
    rf"(?:(?:,?\s{{1,2}}|{DASH}|/)(?P<year>{YEAR})(?![0-9%.,:]{{0,4}}[0-9%])|\s?['’](?P<short>[0-9]{{2}})"
    r"|[\s-](?P<bare>[2-4][0-9])(?=\s?(?:[\])|–—]|[-:,;]\s|\.?\s*$|\.?\s*\n))"
    r"|,?\s(?P<shifted>this|next|last)\syear)?"
)
_COUNTED = (
    r"(?:e-?)?mails?|calls?|visits?|meetings?|people|persons|users|seats|units|pcs|pieces|sites|months?|weeks?|days?"
    r"|hours?|hrs?|min(?:ute)?s?|times|boxes|kg|percent|pm|am|half|week"
)
_NOT_COUNTED = rf"(?![:.,/][0-9]|\s?%|\s(?:{_COUNTED})\b|{DASH}[a-z0-9])"


def written_year(match: Match, reading: Reading) -> int | None:
    """The year written after a day or a month, if any."""
    found = match.groupdict()
    if found.get("shifted"):
        return reading.anchor.year + offset_named(found["shifted"])
    digits = found.get("year") or found.get("short") or found.get("bare")
    return full_year(digits, reading.anchor) if digits else None


def _named_day(match: Match, reading: Reading) -> Period | None:
    month = month_number(match["month"])
    if _is_verb(match, reading):
        return None
    last = _of_year(match, reading, month, ordinal_number(match["last"] or match["day"]))
    if last is None or not match["last"]:
        return last
    first = day(last.latest.year, month, ordinal_number(match["day"]))
    return Period(first.earliest, last.latest) if first and first.earliest <= last.latest else last


def _of_year(match: Match, reading: Reading, month: int, number: int) -> Period | None:
    year = written_year(match, reading)
    if year is not None:
        return day(year, month, number)
    return yearless_day(reading, month, number, weekday_number(match["weekday"]) if match["weekday"] else None)


def _is_verb(match: Match, reading: Reading) -> bool:
    """Whether "may" or "march" is a verb: the other 10 may leave."""
    written = match["month"]
    if written not in {"may", "march"} or match.start("month") < match.start("day") or " of " in match[0]:
        return False
    led = match["weekday"] or re.search(rf"\b(?:{TEMPORAL}|the|next|this|last|is|today)\s*\Z", reading.before, re.I)
    return not led and bool(re.match(r"\s[a-z]", reading.after))


DAY_MONTH = Form(
    words(
        rf"(?<![0-9][.,:/-]){WEEKDAY_BEFORE}(?:the\s"
        rf"|between\s(?:the\s)?(?=[0-9]{{1,2}}\s?and\s))?(?P<day>{_ORDINAL})(?:{_RANGE}(?P<last>{_ORDINAL}))?"
        rf"(?:\.?\s{{0,2}}(?:of\s{{1,2}})?|{DASH})(?P<month>{MONTH}){_YEAR_AFTER}"
    ),
    _named_day,
)
MONTH_DAY = Form(
    words(
        rf"{WEEKDAY_BEFORE}(?P<month>{MONTH})\.?(?:\s{{1,2}}|-)(?:the\s)?(?P<day>{_ORDINAL})"
        rf"(?:{_RANGE}(?P<last>{_ORDINAL})(?![0-9]))?{_NOT_COUNTED}"
        rf"(?:,?\s{{1,2}}(?P<year>{YEAR})|\s?['’](?P<short>[0-9]{{2}}))?"
    ),
    _named_day,
)

_LED = re.compile(
    r"\b(?:by|on|until|till?|before|after|since|from|for|around|to|of|latest|due|is|was|its|it['’]s|not|and"
    r"|said|or|if|so|well)\s(?:about\s)?\Z"
    r"|(?:[0-9](?:st|nd|rd|th)|day|th),\s\Z",
    re.I,
)
_PROMISED = re.compile(
    r"\b(?:promised|undertook|agreed|was\s(?:to|going)|were\s(?:to|going)|had\sto|should\shave|said|committed"
    r"|pledged)\b",
    re.I,
)
# What is counted by ordinals beside days.
_NUMBERED_THINGS = (
    r"floors?|quarters?|times?|calls?|visits?|meetings?|year|week|day|party|parties|round|line|generation"
    r"|attempt|demo|step"
    r"|session|person|contact|site|phase|half|vendor|supplier|version|draft|e?-?mail|slide|page|item|point|question|one"
    r"|order|instal+ment|payment|anniversary|edition|birthday|grade|century|street|st|avenue|ave|hole|edit|batch|month"
    r"|percentile|quote|proposal|reminder|option|unit|store|sample|try|go|place|largest|biggest|most|hand"
)


def _bare_day(match: Match, reading: Reading) -> Period | None:
    if match["number"]:
        return _on_weekday(match, reading)
    number = ordinal_number(match["day"])
    if match["offset"] or match["same"]:
        month = months(reading.anchor.year, reading.anchor.month + offset_named(match["offset"] or "this"))
        return month and day(month.earliest.year, month.earliest.month, number)
    led = _LED.search(reading.before)
    closed = "the" in match[0].lower() and match["day"][0].isdigit() and re.match(r"[,.;:!?)\n]|\Z", reading.after)
    spoken = (
        re.search(r"(?<![0-9][a-z]{2}) (?:and|or|said|so|So|if|well) \Z", reading.before)
        and "the" not in match[0].lower()
    )
    headed = reading.after.startswith(": ") and re.search(r"(?:\A|[.\n]\s?)\Z", reading.before)
    if spoken or not (led or headed or closed or match["weekday"]):
        return None
    return _carried(number, reading) or _closest(number, match["weekday"], reading)


def _on_weekday(match: Match, reading: Reading) -> Period | None:
    """Friday 3: a day only where a Friday near by is the 3rd."""
    days = _numbered_days(int(match["number"]), match["checked"], reading)
    near = [each for each in days if distance(each, reading.anchor) <= CHECKED_DAYS]
    return nearest(near, reading.anchor, reading.tense) or nearest(near, reading.anchor, Tense.UNKNOWN)


def _carried(number: int, reading: Reading) -> Period | None:
    """The day in the month of the mention before it, or in the next month where it has passed there."""
    previous = reading.previous
    if previous is None or (previous.latest - previous.earliest).days > CARRYING_DAYS:
        return None
    month = months(previous.latest.year, previous.latest.month + (number < previous.latest.day))
    return month and day(month.earliest.year, month.earliest.month, number)


def _closest(number: int, weekday: str | None, reading: Reading) -> Period | None:
    """The closest day of that number on the side of the tense, on that weekday where one is written."""
    # A promise of the past may have come due since: "she undertook to send it by the 18th".
    tense = Tense.UNKNOWN if _PROMISED.search(reading.clause_before) else reading.tense
    if reading.before.endswith((" of ", " for ")):
        # A letter of the 19th was written; what is meant for the 29th is to come.
        tense = Tense.PAST if reading.before.endswith(" of ") else Tense.FUTURE
    found = _numbered_days(number, weekday, reading)
    return nearest(found, reading.anchor, tense) or nearest(found, reading.anchor, Tense.UNKNOWN)


def _numbered_days(number: int, weekday: str | None, reading: Reading) -> list[Period]:
    """The days of that number in the months around, on that weekday where one is written."""
    found = []
    for offset in range(-3, 4) if weekday else range(-1, 2):
        month = months(reading.anchor.year, reading.anchor.month + offset)
        made = month and day(month.earliest.year, month.earliest.month, number)
        if made and (not weekday or made.earliest.weekday() == weekday_number(weekday)):
            found.append(made)
    return found


BARE_DAY = Form(
    words(
        rf"(?:{WEEKDAY_BEFORE}(?:the\s)?(?P<day>{DAY}(?:st|nd|rd|th)|{RARE_ORDINAL_WORD})"
        rf"|(?P<checked>{WEEKDAY})\.?,?\s(?P<number>{DAY})(?=[,.;)!?]\s|\s[a-z(–—-]|\s?$){_NOT_COUNTED}(?!\smore\b))"
        r"(?:\sof\s(?:(?P<offset>this|next|last)\s|(?P<same>the\s))month)?"
        rf"(?!{DASH}|\s(?:{_NUMBERED_THINGS})\b|\sof\b)"
    ),
    _bare_day,
)
