"""Days said by their weekday: Friday, next Tuesday, last Monday, Thursday of next week.

Rule: "next Tuesday" is the Tuesday of next week, "last Tuesday" the Tuesday before today, a plain "Tuesday" the one
before or after today by the tense, the next one after "on" and "for" where no word tells it, and else no mention. The
weekday of every week is none.
"""

from __future__ import annotations

import re
from datetime import date

from coach.text.dates.form import Form, Match, words
from coach.text.dates.periods import Period, shift, single
from coach.text.dates.reading import Reading, nearest
from coach.text.dates.tense import Tense
from coach.text.dates.words import RELATIVE, TEMPORAL, WEEKDAY, offset_named, weekday_number

_SPEAKS = re.compile(r"\s(?:also\s)?(?:says|said|wrote|asked|thinks)\b", re.I)
_EVERY = re.compile(
    r"\b(?:every|each|any|most|one|a|an|that|some|another|the|their|our|his|my|your|good|black|friday|with|first|last"
    r"|second|third|fourth|alternate|other)\s\Z",
    re.I,
)
_TODAY_IS = re.compile(r"\b(?:it['’]?s|today\sis|today,?|is)\s\Z", re.IGNORECASE)
# Short forms that are also other words: sat down, the sun, mon ami, newly wed.
_WORDLIKE = re.compile(r"(?:sat|sun|mon|wed)\Z", re.I)
_ENDS_PHRASE = re.compile(r"\.?\s?(?:$|[\n:;,)\]!?/–—-]|\.\s|\.$|am\b|pm\b|morning|night|eve|[0-9])", re.I)
_WEEK = r"(?:week|wk)"


def _weekday(match: Match, reading: Reading) -> Period | None:
    number = weekday_number(match["weekday"])
    week = match["week"] or match["week_before"]
    if week:
        return _in_week(reading.anchor, number, offset_named(week))
    if match["relative"]:
        return _related_weekday(reading.anchor, number, offset_named(match["relative"]))
    if reading.anchor.weekday() == number and _TODAY_IS.search(reading.before):
        return single(reading.anchor)
    if _EVERY.search(reading.before) or _SPEAKS.match(reading.after) or not _is_weekday(match, reading):
        return None
    ahead = (number - reading.anchor.weekday() - 1) % 7 + 1
    found = [each for days in (ahead, ahead - 7, -7) if (each := single(shift(reading.anchor, days)))]
    tense = Tense.PAST if reading.opens_line and reading.tense is Tense.UNKNOWN else reading.tense
    if tense is Tense.UNKNOWN and not re.search(r"\b(?:on|for)\s\Z", reading.before, re.I):
        return None
    return nearest(
        [each for each in found if each.earliest != reading.anchor],
        reading.anchor,
        tense if tense is Tense.PAST else Tense.FUTURE,
    )


def _is_weekday(match: Match, reading: Reading) -> bool:
    """Whether a short form is a weekday where it stands."""
    if not _WORDLIKE.match(match["weekday"]):
        return True
    led = re.search(rf"\b(?:{TEMPORAL}|this|call|latest)\s\Z", reading.before, re.I)
    head = reading.opens_line or match["weekday"][0].isupper()
    return bool(led or (head and _ENDS_PHRASE.match(reading.after)))


def _related_weekday(anchor: date, number: int, offset: int) -> Period | None:
    """The weekday of "next", "last" or "this"."""
    if offset < 0:
        return single(shift(anchor, -((anchor.weekday() - number - 1) % 7 + 1)))
    return _in_week(anchor, number, offset)


def _in_week(anchor: date, number: int, offset: int) -> Period | None:
    return single(shift(anchor, 7 * offset + number - anchor.weekday()))


WEEKDAYS = Form(
    words(
        rf"(?:(?P<week_before>this|next|nxt|last)\s{_WEEK},?\s(?:on\s)?|{RELATIVE}\s)?(?P<weekday>{WEEKDAY})"
        rf"(?:,?\s(?:of\s)?(?P<week>this|next|nxt|last)\s{_WEEK})?"
    ),
    _weekday,
)
