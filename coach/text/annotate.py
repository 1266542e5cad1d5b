"""Turns the labels a reader gave into statements: each with its words, who it is of, and the date it speaks of.

Rule: everything is read from the note; what the note does not say is None. Both engines share this, and gold labels
too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from coach.domain import Centre, Label, Statement
from coach.errors import InvalidInput
from coach.text.actors import Actors
from coach.text.dates import DateMention, Entry, read_dates
from coach.text.segment import sentences
from coach.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from coach.domain import DealNote

# What may stand before the date that opens a sentence and holds for all of it: "On Monday, …", "- 5 May: …".
_OPENING = re.compile(r"[\W\d_]*(?:\b(?:on|in|by|since|at|early|then|and|so|but|from)\b[\W_]*){0,3}\Z", re.IGNORECASE)


def annotate(note: DealNote, labels: Iterable[Label], *, fiscal_year_start: int = 1) -> tuple[Statement, ...]:
    """The statements of a note, sorted by where they start.

    `who`, of a buyer-centred statement: the person or role that acted or spoke, as the note has it; the subject of
    the statement, else who spoke the line, else the nearest named before it in its sentence. A pronoun stands for the
    one person of the customer's side named before it in the sentence, or else in the sentence before; where that is
    none or more than one, it stays None. Of a seller-centred statement: only a person of the writer's side who is
    named as its subject.

    `when`: the date that the statement speaks of. A period is given by one day, the one that a judgement may rely on:
    of a period that is not over, its last day ("end of June", "Q3": by then at the latest); of one that is over, its
    first (nothing is claimed to have happened later than it may have). Of several dates in a statement the latest to
    come counts, since that is what its act or timeline hangs on; where none is to come, the first. A statement
    without a date has that of the phrase that opens its sentence, else the nearest in its sentence that no other
    statement holds, else the day at the head of its entry in a running log.

    Args:
        note: The note.
        labels: Labels over it, by their offsets.
        fiscal_year_start: First month of the fiscal year.

    Raises:
        InvalidInput: a label lies outside the note.
    """
    text = note.note
    ordered = sorted(labels, key=lambda label: (label.start, label.end))
    for label in ordered:
        if label.end > len(text):
            raise InvalidInput(
                f"label {label.start}-{label.end} lies outside the note, which has {len(text)} characters"
            )
    bounds = sentences(text)
    actors = Actors(text, bounds)
    dates = _Dates(note, bounds, ordered, fiscal_year_start)
    return tuple(
        Statement(
            **{name: getattr(label, name) for name in Label.model_fields},
            quote=text[label.start : label.end],
            who=actors.of(Span(label.start, label.end), seller=label.kind.centre is Centre.SELLER),
            when=dates.of(label),
        )
        for label in ordered
    )


class _Dates:
    """The dates of one note, asked for by statement."""

    def __init__(self, note: DealNote, bounds: Sequence[Span], labels: Sequence[Label], fiscal_year_start: int) -> None:
        self._text = note.note
        self._today = note.written_on
        self._mentions, self._entries = read_dates(note.note, note.written_on, fiscal_year_start=fiscal_year_start)
        self._starts = [mention.start for mention in self._mentions]
        self._entry_starts = [entry.start for entry in self._entries]
        self._bounds = bounds
        self._bound_starts = [bound.start for bound in bounds]
        self._held = [(label.start, label.end) for label in labels]
        self._held_starts = [label.start for label in labels]

    def of(self, label: Label) -> str | None:
        """The ISO date a statement speaks of."""
        own = self._within(label.start, label.end)
        if own:
            return self._chosen(own).isoformat()
        around = self._of_sentence(label)
        if around:
            return self._day(around).isoformat()
        entry = self._entry(label.start)
        return entry.day.isoformat() if entry else None

    def _within(self, start: int, end: int) -> list[DateMention]:
        place = max(bisect_right(self._starts, start) - 1, 0)
        found = []
        for mention in self._mentions[place:]:
            if mention.start >= end:
                break
            if mention.end > start:
                found.append(mention)
        return found

    def _chosen(self, mentions: Sequence[DateMention]) -> date:
        """The latest day to come of several dates; where none is to come, the first."""
        days = [self._day(mention) for mention in mentions]
        coming = [day for day in days if day > self._today]
        return max(coming) if coming else days[0]

    def _day(self, mention: DateMention) -> date:
        """The one day that stands for a date: of what is not over its last, of what is over its first."""
        return mention.latest if mention.latest >= self._today else mention.earliest

    def _of_sentence(self, label: Label) -> DateMention | None:
        """The date of a statement's sentence that is its own: the one that opens it, else the nearest that is free."""
        place = bisect_right(self._bound_starts, label.start) - 1
        if place < 0:
            return None
        bound = self._bounds[place]
        around = self._within(bound.start, min(bound.end, label.end + 200))
        if around and _OPENING.match(self._text[bound.start : around[0].start]) and around[0].start < label.start:
            return around[0]
        free = [mention for mention in around if not self._is_held(mention)]
        return min(free, key=lambda mention: _distance(mention, label), default=None)

    def _is_held(self, mention: DateMention) -> bool:
        """Whether a date lies in some statement."""
        place = bisect_right(self._held_starts, mention.start) - 1
        return any(start <= mention.start < end for start, end in self._held[max(place - 3, 0) : place + 1])

    def _entry(self, offset: int) -> Entry | None:
        place = bisect_right(self._entry_starts, offset) - 1
        return self._entries[place] if place >= 0 and offset < self._entries[place].end else None


def _distance(mention: DateMention, label: Label) -> int:
    """How far a date lies from a statement, what comes after it twice as far."""
    return label.start - mention.end if mention.end <= label.start else 2 * (mention.start - label.end)
