"""Dates said from the day of writing: tomorrow, in two weeks, end of the quarter, EOQ, week 42, by Easter.

Rule: "in two weeks" told in the past is a duration and no mention. Seasons are none: their bounds are the reader's
guess.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from coach.text.dates.form import Form, Match, words
from coach.text.dates.periods import (
    FRIDAY,
    MONTHS_PER_YEAR,
    Part,
    Period,
    add_months,
    easter,
    fiscal_months,
    fiscal_year,
    months,
    numbered_week,
    part_of,
    quarter_of,
    shift,
    single,
    week_of,
)
from coach.text.dates.reading import Reading, choose
from coach.text.dates.spans import in_part
from coach.text.dates.tense import Tense
from coach.text.dates.words import (
    COUNT,
    PART_BEFORE,
    RELATIVE,
    count_number,
    offset_named,
)

_DAYS_AWAY = {"yesterday": -1, "yday": -1, "last night": -1, "tomorrow": 1, "tmrw": 1, "tmr": 1, "tmw": 1}
_DAYS_AWAY |= {"day after tomorrow": 2, "day before yesterday": -2}


def _day_away(match: Match, reading: Reading) -> Period | None:
    if re.search(rf"\b{_LONG_UNIT}\s\Z", reading.before):
        return None
    return single(shift(reading.anchor, _DAYS_AWAY.get(" ".join(match[0].lower().split()), 0)))


_LONG_UNIT = r"(?:days?|weeks?|wks?|months?|mths?|mos?|years?|yrs?|fortnights?)"
DAY_AWAY = Form(
    words(
        r"(?:day\safter\stomorrow|day\sbefore\syesterday|yesterday|yday|tomorrow|tmrw|tmr|tmw|today|tonight|last\snight"
        r"|this\s(?:morning|afternoon|evening))"
    ),
    _day_away,
)


def _away(anchor: date, count: int, unit: str) -> date | None:
    """The day that many units from another."""
    match unit[:2].lower():
        case "da":
            return shift(anchor, count)
        case "we" | "wk":
            return shift(anchor, 7 * count)
        case "fo":
            return shift(anchor, 14 * count)
        case "mo" | "mt":
            return add_months(anchor, count)
        case _:
            return add_months(anchor, MONTHS_PER_YEAR * count)


def _counted(match: Match, reading: Reading) -> Period | None:
    low = count_number(match["count"])
    high = count_number(match["upto"]) if match["upto"] else low
    lead = (match["lead"] or "").lower()
    if match["tail"] and match["tail"].lower() == "ago":
        low, high = -high, -low
    elif re.search(r"last|past", lead):
        low, high = -high, 0
    elif re.search(r"within|next", lead):
        low = 0
    elif not match["tail"] and (reading.tense is not Tense.FUTURE or lead != "in"):
        return None
    ends = [_away(reading.anchor, count, match["unit"]) for count in (low, high)]
    return Period(ends[0], ends[1]) if ends[0] and ends[1] and ends[0] <= ends[1] else None


COUNTED = Form(
    words(
        rf"(?:(?P<lead>in|within|(?:in|within|over|during|for)\sthe\s(?:next|coming|last|past)|the\s(?:next"
        rf"|last|past)|next|last|past)"
        rf"\s(?:about\s|abt\s)?)?(?P<count>{COUNT})(?:\s?(?:-|–|to|or)\s?(?P<upto>{COUNT}))?\s?(?:more\s"
        rf"|business\s|working\s)?"
        rf"(?P<unit>{_LONG_UNIT})['’]?(?:\s(?P<tail>ago|from\snow|from\stoday|time))?(?!\s(?:of|after|from"
        rf"|before|late)\b|-)"
    ),
    _counted,
)

_END_OF = {"eom": "month", "eoq": "quarter", "eoy": "year", "eow": "week"}


def _unit(match: Match, reading: Reading) -> Period | None:
    if match["short"]:
        whole = _whole(_END_OF[match["short"].lower()], reading, 0)
        return whole and part_of(whole, Part.END)
    if match["end"]:
        led = re.search(
            r"\b(?:by|before|until|till?|this|around|to|for|b4)\s(?:the\s|our\s|their\s)?\Z", reading.before, re.I
        )
        whole = _whole(match["unit"], reading, 0) if led else None
        return whole and part_of(whole, Part.END)
    if not (match["part"] or match["relative"]):
        return None
    return in_part(_whole(match["unit"], reading, offset_named(match["relative"] or "this")), match)


def _whole(unit: str, reading: Reading, offset: int) -> Period | None:
    """The week, month, quarter, half or year of the day of writing, or one `offset` away."""
    anchor, start, name = reading.anchor, reading.fiscal_year_start, unit.lower()
    if name.startswith("w"):
        return week_of(anchor, offset)
    if name.startswith("m"):
        return months(anchor.year, anchor.month + offset)
    if name.startswith("q") or name.endswith("quarter"):
        return quarter_of(anchor, start, offset)
    if name.startswith("half"):
        into = (anchor.month - start) % 6
        return months(anchor.year, anchor.month - into + 6 * offset, 6)
    if offset and not name.startswith("f"):
        return months(anchor.year + offset, 1, MONTHS_PER_YEAR)
    return fiscal_months(fiscal_year(anchor, start) + offset, 0, MONTHS_PER_YEAR, start)


UNITS = Form(
    words(
        rf"(?:(?P<short>EO[MQYW])|{PART_BEFORE}(?:{RELATIVE}\s)?"
        r"(?P<unit>week|wk|month|mth|mo|quarter|qtr|half-year|(?:fiscal|financial)\s(?:year|quarter)|year"
        r"|yr)(?P<end>[\s-]end)?)"
    ),
    _unit,
)


def _numbered_week(match: Match, reading: Reading) -> Period | None:
    number = int(match["number"])
    shifted = match["shifted"]
    year = reading.anchor.isocalendar().year
    if shifted:
        return numbered_week(year + offset_named(shifted), number)
    led = re.search(r"\b(?:in|by|until|till?|from|since|before|after|calendar)\s\Z", reading.before, re.I)
    sure = led or match["sign"].lower() in {"kw", "cw"} or number == reading.anchor.isocalendar().week
    if not sure or re.match(r"\s(?:of|on|in)\b", reading.after):
        return None
    return choose(reading, [each for step in (-1, 0, 1) if (each := numbered_week(year + step, number))])


NUMBERED_WEEK = Form(
    words(
        r"(?P<sign>week|wk|KW|CW)\s?(?P<number>[1-9]|[1-4][0-9]|5[0-3])(?:,?\s(?P<shifted>this|next"
        r"|last)\syear)?(?![./:%-]?[0-9])"
    ),
    _numbered_week,
)


def _holiday(match: Match, reading: Reading) -> Period | None:
    name, year = match["holiday"].lower(), reading.anchor.year
    around = range(year - 1, year + 2)
    if name.startswith("easter"):
        days = [easter(each) for each in around]
    elif name.startswith("new"):
        days = [date(each, 1, 1) for each in around]
    else:
        days = [date(each, 12, 25) for each in around]
    return choose(reading, [Period(each, each) for each in days])


HOLIDAYS = Form(
    words(
        r"(?:(?<=\bby\s)|(?<=\bbefore\s)|(?<=\buntil\s)|(?<=\btill\s)|(?<=\bafter\s)|(?<=\bsince\s)|(?<=\bat\s)"
        r"|(?<=\bover\s))"
        r"(?P<holiday>Christmas|xmas|Easter|New\sYear(?:['’]?s)?)(?!\s(?:cards?|season|party|order|rush|Eve"
        r"|money|vigil|lamb\w*)\b)"
    ),
    _holiday,
)


def _in_new_year(_: Match, reading: Reading) -> Period | None:
    """The new year is the first quarter of the year that comes next."""
    return months(reading.anchor.year + 1, 1, 3) if reading.anchor.month > 3 else months(reading.anchor.year, 1, 3)


NEW_YEAR = Form(words(r"(?<=\bin\s)the\snew\syear(?!['’])"), _in_new_year)

_ = (FRIDAY, timedelta)
