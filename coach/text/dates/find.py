"""Finds the dates a text mentions and resolves them against the day it was written.

Rule: the longest reading at a place wins; what no form resolves is no mention; each form is tried once at a place, so
time grows with the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from coach.text.dates.days import BARE_DAY, DAY_MONTH, MONTH_DAY
from coach.text.dates.entries import Entry, log_entries
from coach.text.dates.numeric import DOTTED, ISO, SLASHED, has_dotted_dates, keeps_day_first
from coach.text.dates.periods import Period, week_of
from coach.text.dates.reading import Reading
from coach.text.dates.relative import COUNTED, DAY_AWAY, HOLIDAYS, NEW_YEAR, NUMBERED_WEEK, UNITS
from coach.text.dates.spans import NAMED_MONTH, NUMBERED, YEARS
from coach.text.dates.weekdays import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from coach.text.dates.form import Form, Match

_CALENDAR = (ISO, DAY_MONTH, MONTH_DAY, SLASHED, DOTTED)
_NAMED = (NAMED_MONTH, NUMBERED, YEARS)
_RELATIVE = (BARE_DAY, WEEKDAYS, DAY_AWAY, COUNTED, UNITS, NUMBERED_WEEK, HOLIDAYS, NEW_YEAR)
_FORMS = (*_CALENDAR, *_NAMED, *_RELATIVE)

# Where a date may begin, by its first letter. Trying the forms only there, and not everywhere, reads a note four times
# as fast; looking for one letter before the words that begin with it, three times as fast again.
_TRIGGER = re.compile(
    r"\b(?=[0-9a-z])(?<![$€£#])(?:[0-9]|a(?:pr|ug|n?\s)|b(?:egin|etween\s)|c(?:oming|ouple|urr|hristmas|w)|d(?:ec|ay\s|uring)"
    r"|e(?:arly|aster|ig|le|nd|o[mqyw])|f(?:eb|ew|if|inancial|irst|iscal|ive|or\s|ou|our|ri|y)|h(?:alf|[12])|in\s"
    r"|j(?:an|un|ul)|kw|l(?:ast|ate|st)|m(?:ar|ay|id|on|onth|th|o\b)|n(?:ew\s|ext|in|ov|xt)|o(?:ct|ne|ver\s)"
    r"|p(?:ast|rev)|q(?:[1-4]|tr|uarter)|s(?:at|ec|ep|ev|ix|tart|un)"
    r"|t(?:en|he\s|hird|hirt|his|hree|hu|mr|mw|oday|omo|onight|ue|we|wo)|w(?:ed|eek|ithin|k)|xmas"
    r"|y(?:day|ear|esterday|r))",
    re.IGNORECASE,
)
_LINE_START = re.compile(r"^[^\w\n]{0,11}", re.MULTILINE)
_WEEK_OF = re.compile(r"(?:\b(?:week|wk)\s(?:of|from|commencing|beginning|starting)|\bw/?c|\bwb)\s(?:the\s)?\Z", re.I)
_SENTENCE_END = re.compile(r"[.!?]\s|\n")


@dataclass(frozen=True, slots=True)
class DateMention:
    """Words that name a day or a period, and the days they mean: a day has `earliest == latest`."""

    start: int
    end: int
    earliest: date
    latest: date


class DatedText(NamedTuple):
    """What a text says of time."""

    mentions: tuple[DateMention, ...]
    entries: tuple[Entry, ...]


def find_dates(text: str, written_on: date, *, fiscal_year_start: int = 1) -> tuple[DateMention, ...]:
    """The dates that a text mentions, in order, none overlapping.

    Args:
        text: The note.
        written_on: The day it was written; what has no year, or is said from "today", is resolved against it, or
            against the day at the head of the dated entry that it stands in.
        fiscal_year_start: First month of the fiscal year, which quarters, halves, `FY`, `EOQ` and "year end" follow.
    """
    return read_dates(text, written_on, fiscal_year_start=fiscal_year_start).mentions


def read_dates(text: str, written_on: date, *, fiscal_year_start: int = 1) -> DatedText:
    """The dates that a text mentions, as `find_dates` has them, and its dated entries where it is a running log."""
    if not _TRIGGER.search(text):
        return DatedText((), ())
    finder = _Finder(text, written_on, fiscal_year_start)
    return DatedText(finder.mentions(), finder.entries)


class _Finder:
    """One text being read."""

    def __init__(self, text: str, written_on: date, fiscal_year_start: int) -> None:
        self.text = text
        self.written_on = written_on
        self.fiscal_year_start = fiscal_year_start
        self.day_first = keeps_day_first(text, written_on)
        self.has_dotted_dates = has_dotted_dates(text)
        self.entries: tuple[Entry, ...] = ()
        self.entries = log_entries(text, list(self._heads()), written_on)
        self._entry_starts = [entry.start for entry in self.entries]

    def mentions(self) -> tuple[DateMention, ...]:
        """Every mention."""
        found: list[DateMention] = []
        for form, match in _matches(self.text):
            if found and match.start() < found[-1].end:
                continue
            period = form.resolve(match, self._reading(match, found))
            if period is not None:
                found.append(self._mention(match, period))
        return tuple(found)

    def _mention(self, match: Match, period: Period) -> DateMention:
        """A mention of a resolved match; the week of a day where the words before it say so."""
        before = _WEEK_OF.search(self.text, max(0, match.start() - 24), match.start())
        if before and period.earliest == period.latest:
            return DateMention(before.start(), match.end(), *(week_of(period.earliest) or period))
        return DateMention(match.start(), match.end(), period.earliest, period.latest)

    def _reading(self, match: Match, found: Sequence[DateMention]) -> Reading:
        previous = found[-1] if found else None
        if previous and (
            match.start() - previous.end > 160 or _SENTENCE_END.search(self.text, previous.end, match.start())
        ):
            previous = None
        return Reading(
            text=self.text,
            start=match.start(),
            end=match.end(),
            anchor=self._anchor(match.start()),
            fiscal_year_start=self.fiscal_year_start,
            day_first=self.day_first,
            has_dotted_dates=self.has_dotted_dates,
            previous=Period(previous.earliest, previous.latest) if previous else None,
        )

    def _anchor(self, offset: int) -> date:
        """The day the words at an offset were written."""
        place = bisect_right(self._entry_starts, offset) - 1 if self.entries else -1
        # The head itself is dated from the note.
        if place >= 0 and self.entries[place].start < offset < self.entries[place].end:
            return self.entries[place].day
        return self.written_on

    def _heads(self) -> Iterator[tuple[int, date]]:
        """Days that open a line."""
        for line in _LINE_START.finditer(self.text):
            for form, match in _at(self.text, line.end(), _CALENDAR):
                period = form.resolve(match, self._reading(match, ()))
                if period is not None:
                    if period.earliest == period.latest:
                        yield match.start(), period.earliest
                    break


def _matches(text: str) -> Iterator[tuple[Form, Match]]:
    """Every place where a form matches, in order, the longer first at each place."""
    for place in _TRIGGER.finditer(text):
        yield from _at(text, place.start(), _FORMS)


def _at(text: str, start: int, forms: Sequence[Form]) -> list[tuple[Form, Match]]:
    """The forms that match at a place, the longest first."""
    found = [(form, match) for form in forms if (match := form.pattern.match(text, start))]
    return sorted(found, key=lambda each: -each[1].end())
