"""The words dates are written with, as pieces of patterns and as numbers.

Rule: vocabulary only; every piece is bounded, so that a pattern built of them reads any text in linear time.
"""

from __future__ import annotations

import re
from datetime import date

from coach.text.dates.periods import Part

_MONTHS: tuple[str, ...] = (
    "jan(?:uary)?",
    "feb(?:r?uary)?",
    "mar(?:ch)?",
    "apr(?:il)?",
    "may",
    "june?",
    "july?",
    "aug(?:ust)?",
)
_MONTHS += ("sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?")
MONTH = rf"(?:{'|'.join(_MONTHS)})"
_MONTH_STEMS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

_WEEKDAYS: tuple[str, ...] = (
    "mon(?:day)?",
    "tue(?:s(?:day)?)?",
    "wed(?:s|nesday)?",
    "thu(?:r(?:s(?:day)?)?)?",
    "fri(?:day)?",
)
_WEEKDAYS += ("sat(?:urday)?", "sun(?:day)?")
WEEKDAY = rf"(?:{'|'.join(_WEEKDAYS)})"
_WEEKDAY_STEMS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

_UNITS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_TEENS = [
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_ORDINALS = dict(zip([*_UNITS, *_TEENS, "twentieth"], range(1, 21), strict=True))
_ORDINALS |= {f"twenty{unit}": 21 + place for place, unit in enumerate(_UNITS)} | {"thirtieth": 30, "thirtyfirst": 31}
_ORDINALS |= {"twenty": 20, "thirty": 30}
_UNIT_WORDS = "|".join(_UNITS)
ORDINAL_WORD = (
    rf"(?:twenty[\s-]?(?:{_UNIT_WORDS})|thirty[\s-]?first|thirtieth|twentieth|{'|'.join(_TEENS)}|{_UNIT_WORDS}"
    r"|(?:twenty|thirty)(?=\sof\s))"
)
# "By the third" counts calls and floors too; spelled out and alone, only what is rarely counted is taken for a day.
RARE_ORDINAL_WORD = (
    rf"(?:twenty[\s-]?(?:{_UNIT_WORDS})|thirty[\s-]?first|thirtieth|twentieth|{'|'.join(_TEENS)}|ninth|eighth)"
)

_CARDINALS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_COUNTS = {word: place for place, word in enumerate(_CARDINALS, 1)} | {"a": 1, "an": 1, "couple": 2, "few": 3}
COUNT = rf"(?:(?:a\s+)?(?:couple|few)(?:\s+of)?|{'|'.join(_CARDINALS)}|an?|[0-9]{{1,3}})"

DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
YEAR = r"(?:19[89][0-9]|20[0-4][0-9])"
DASH = "[-\u2010\u2011\u2013\u2014]"

PART = r"(?P<part>early|begin(?:ning)?|start|mid(?:dle)?|late|end)"
_PARTS = {"ear": Part.EARLY, "beg": Part.EARLY, "sta": Part.EARLY, "mid": Part.MID, "lat": Part.LATE, "end": Part.END}
# "End of June", "mid-July", "late in the", "EOQ" apart.
PART_BEFORE = rf"(?:{PART}(?:\s{{1,2}}(?:in|of)(?:\s(?:the|their|our))?)?(?:\s{{1,2}}|-)?)?"

_NEXT = r"this\s+coming|next|nxt|coming"
_LAST = r"last|lst|previous|past"
RELATIVE = rf"(?P<relative>{_NEXT}|{_LAST}|this|the\s+current|current)"

# What may stand before a date and before little else; needed where the word itself is also an ordinary one.
TEMPORAL = (
    r"by|on|in|until|till|til|b4|before|after|since|from|for|around|circa|during|between|over|through|thru|to|of|latest"
    r"|due"
)


def month_number(word: str) -> int:
    """Number of a month by its name or abbreviation."""
    return _MONTH_STEMS.index(word[:3].lower()) + 1


def weekday_number(word: str) -> int:
    """Number of a weekday, Monday 0."""
    return _WEEKDAY_STEMS.index(word[:3].lower())


def ordinal_number(word: str) -> int:
    """Number of a day written out or in digits, with or without its ending."""
    digits = word[:2] if word[:2].isdigit() else word[:1]
    if digits.isdigit():
        return int(digits)
    return _ORDINALS["".join(letter for letter in word.lower() if letter.isalpha())]


def count_number(words: str) -> int:
    """Number of units in "two", "a couple of", "30"."""
    if words.isdigit():
        return int(words)
    *_, last = (word for word in words.lower().split() if word != "of")
    return _COUNTS[last]


def full_year(digits: str, near: date) -> int:
    """A year in four digits, or in two and then of the century of `near`."""
    return int(digits) if len(digits) == 4 else near.year - near.year % 100 + int(digits)


def part_named(word: str) -> Part:
    """Part of a period by its name."""
    return _PARTS[word[:3].lower()]


def offset_named(word: str) -> int:
    """1 for "next", -1 for "last", 0 for "this" and their likes."""
    if re.fullmatch(_NEXT, word, re.IGNORECASE):
        return 1
    return -1 if re.fullmatch(_LAST, word, re.IGNORECASE) else 0
