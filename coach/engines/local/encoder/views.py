"""What the encoder is shown of a note and of a conversation. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from coach.domain import DealNote
from coach.engines.local.encoder.pieces import MANAGER, OTHER
from coach.text.conversation import turns
from coach.text.segment import sentences
from coach.text.span import Span


class View(NamedTuple):
    """A text cut into units."""

    header: str
    """What should be known wherever one reads in it."""
    text: str
    spans: tuple[Span, ...]
    marks: tuple[int, ...] | None = None
    """A piece before each unit; None for those of lines."""


def view_note(note: DealNote, clauses: Sequence[Span]) -> View:
    """A note by its clauses, headed by when it was written, when it should close, and whose deal it is."""
    deal = note.deal
    header = f"{note.written_on} | {deal.close_date or 'no date'} | {deal.name or ''}"
    return View(header, note.note, tuple(clauses))


def view_talk(text: str, sentences_of_manager: Sequence[Span]) -> View:
    """A conversation by its sentences, each marked with whether the manager says it."""
    own = sorted(sentences_of_manager)
    ends = [span.end for span in own]
    others = [
        Span(turn.start + one.start, turn.start + one.end)
        for turn in turns(text)
        for one in sentences(text[turn.start : turn.end])
    ]
    apart = [one for one in others if not _meets(own, ends, one)]
    units = sorted([*((span, MANAGER) for span in own), *((span, OTHER) for span in apart)])
    return View("", text, tuple(span for span, _ in units), tuple(mark for _, mark in units))


def _meets(spans: Sequence[Span], ends: Sequence[int], other: Span) -> bool:
    """Whether one of the spans, which lie in order, shares anything with another."""
    place = bisect_right(ends, other.start)
    return place < len(spans) and spans[place].start < other.end
