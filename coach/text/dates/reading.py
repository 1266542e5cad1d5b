"""What is known while a date is being resolved, and how a date with no year finds its own.

Rule: a date with no year is the one closest to the day it is read from; where even that is far (`FAR_DAYS`), it is
the last one if the words around it tell of the past, else the next one, since a deal note speaks of what is to come.
A weekday that is written beside it decides always.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.text.dates.periods import Period, day, months
from coach.text.dates.tense import Tense, clause_before, tense_around

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

# "By 10 April" in February is plain; "in August", read in January, needs the verb.
FAR_DAYS = 130
# A month is on the side of the verb where it is to come, or where an "in" leads up to it, unless it is next door.
NEAR_DAYS = 45
_SIDES = {"until": Tense.FUTURE, "till": Tense.FUTURE, "by": Tense.FUTURE, "before": Tense.FUTURE, "since": Tense.PAST}
_LED = re.compile(r"\b(until|till|by|before|since|in)\s(?:the\s)?\Z", re.IGNORECASE)
# Nearly a year off is a date of the other year, whatever the verb: a note speaks of a season round it.
BEYOND_DAYS = 290


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a phrase stands and what it is resolved against."""

    text: str
    start: int
    end: int
    anchor: date
    """The day the words were written: of the note, or of the dated entry they stand in."""
    fiscal_year_start: int
    day_first: bool | None
    """Whether 5/12 is 5 December here; None where the text does not tell."""
    has_dotted_dates: bool
    """Whether the text writes dates with dots beyond doubt."""
    previous: Period | None
    """The mention before this one in the same sentence."""

    @property
    def tense(self) -> Tense:
        """Tense of the clause round the phrase."""
        return tense_around(self.text, self.start, self.end)

    @property
    def clause_before(self) -> str:
        """The clause as far as the phrase."""
        return clause_before(self.text, self.start)

    @property
    def before(self) -> str:
        """The few characters before the phrase."""
        return self.text[max(0, self.start - 24) : self.start]

    @property
    def after(self) -> str:
        """The few characters after the phrase."""
        return self.text[self.end : self.end + 24]

    @property
    def opens_line(self) -> bool:
        """Whether only marks of a list stand before it on its line."""
        line = self.text[max(0, self.start - 12) : self.start].rpartition("\n")[2]
        return len(line) < 12 and not any(letter.isalnum() for letter in line)


def yearless_day(reading: Reading, month: int, number: int, weekday: int | None = None) -> Period | None:
    """The day of a month with no year."""
    around = reading.anchor.year
    found = [made for year in range(around - 1, around + 2) if (made := day(year, month, number))]
    on_weekday = [made for made in found if made.earliest.weekday() == weekday]
    return choose(reading, on_weekday or found)


def yearless_month(reading: Reading, month: int) -> Period | None:
    """A month with no year, on the side of the word that leads up to it unless it is next door."""
    around = reading.anchor.year
    found = [made for year in range(around - 1, around + 2) if (made := months(year, month))]
    led = _LED.search(reading.before)
    tense = reading.tense
    side = _SIDES.get(led[1].lower(), tense) if led else tense if tense is Tense.FUTURE else Tense.UNKNOWN
    near = [each for each in found if distance(each, reading.anchor) < BEYOND_DAYS]
    best = choose(reading, found)
    if best is None or side is Tense.UNKNOWN or distance(best, reading.anchor) <= NEAR_DAYS:
        return best
    return nearest(near, reading.anchor, side) or best


def choose(reading: Reading, candidates: list[Period]) -> Period | None:
    """The candidate that is meant, by the rule of this module."""
    if not candidates:
        return None
    best = min(candidates, key=lambda each: distance(each, reading.anchor))
    if distance(best, reading.anchor) <= FAR_DAYS or (reading.opens_line and best.earliest <= reading.anchor):
        return best
    tense = Tense.PAST if reading.tense is Tense.PAST else Tense.FUTURE
    near = [each for each in candidates if distance(each, reading.anchor) < BEYOND_DAYS]
    return nearest(near, reading.anchor, tense) or best


def distance(period: Period, anchor: date) -> int:
    """Days from a day to a period, 0 inside it."""
    return max((period.earliest - anchor).days, (anchor - period.latest).days, 0)


def nearest(candidates: list[Period], anchor: date, tense: Tense) -> Period | None:
    """The closest candidate on the side of the tense; the closest of all where the tense is unknown."""
    fitting: Callable[[Period], bool] = lambda each: tense is Tense.UNKNOWN or _agrees(each, anchor, tense)  # noqa: E731
    return min(filter(fitting, candidates), key=lambda each: distance(each, anchor), default=None)


def _agrees(period: Period, anchor: date, tense: Tense) -> bool:
    """Whether a period lies on the side of a tense, the day itself included."""
    return period.latest >= anchor if tense is Tense.FUTURE else tense is Tense.PAST and period.earliest <= anchor
