"""Dated entries: the stretches of a running log that each begin with the day they were written.

Rule: lines that open with a day not after the day of writing make a log where there are two of them at least; an
entry runs to the next such line, or to a blank line that something else follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

# One dated line is a letter's head; two are a log.
FEWEST_ENTRIES = 2

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


@dataclass(frozen=True, slots=True)
class Entry:
    """A stretch of text and the day at its head."""

    start: int
    end: int
    day: date


def log_entries(text: str, heads: Sequence[tuple[int, date]], written_on: date) -> tuple[Entry, ...]:
    """The entries that begin at `heads`, offsets and days in order of the text."""
    if sum(day <= written_on for _, day in heads) < FEWEST_ENTRIES:
        return ()
    stops = [start for start, _ in heads[1:]] + [len(text)]
    entries = []
    for (start, day), stop in zip(heads, stops, strict=True):
        blank = _BLANK_LINE.search(text, start, stop)
        end = blank.start() if blank else stop
        if day <= written_on:
            entries.append(Entry(start, end, day))
    return tuple(entries)
