"""A note as an engine may read it, and the way back from there to the note.

Rule: what is cut is cut whole, and nothing that an engine quotes may come from it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from coach.text.span import Span
from coach.text.untrusted.clean import cleaned
from coach.text.untrusted.suspicion import suspected_in


@dataclass(frozen=True, slots=True)
class Readable:
    """A note made safe to read."""

    text: str
    """What an engine is given."""
    suspected: tuple[Span, ...]
    """Spans of the note that seem to speak to its reader rather than of the deal; `text` has none of them."""
    hidden: int
    """How many invisible characters were taken out."""
    lookalikes: int
    """How many look-alike letters were replaced."""
    _origins: Sequence[int] = field(repr=False, compare=False)
    """For each character of `text`, its offset in the note."""
    _cuts: tuple[int, ...] = field(repr=False, compare=False)
    """Offsets in `text` at which something suspected was cut out."""

    def original(self, start: int, end: int) -> Span:
        """The span of the note that `text[start:end]` came from; where it runs across a cut, the longer side.

        Args:
            start: An offset in `text`.
            end: A later one.
        """
        cuts = self._cuts[bisect_right(self._cuts, start) : bisect_left(self._cuts, end)]
        edges = [start, *cuts, end]
        start, end = max(pairwise(edges), key=lambda part: part[1] - part[0])
        return Span(self._origins[start], self._origins[end - 1] + 1)


def readable(note: str) -> Readable:
    """Make a note safe to read: nothing invisible, plain letters, no passage that speaks to the reader.

    Args:
        note: The note as it came.
    """
    clean = cleaned(note)
    kept, origins = clean.text, clean.origins
    suspects = suspected_in(kept)
    spans = sorted([*(Span(origins[start], origins[end - 1] + 1) for start, end in suspects), *clean.messages])
    suspected = tuple(_disjoint(spans))
    if not suspected:
        return Readable(kept, (), clean.hidden, clean.lookalikes, origins, ())
    parts: list[str] = []
    left: list[int] = []
    cuts: list[int] = []
    at = 0
    for span in suspected:
        first, last = _with_one_gap(kept, bisect_left(origins, span.start), bisect_left(origins, span.end), at)
        parts.append(kept[at:first])
        left += origins[at:first]
        cuts.append(len(left))
        at = last
    parts.append(kept[at:])
    left += origins[at:]
    return Readable("".join(parts), suspected, clean.hidden, clean.lookalikes, left, tuple(cuts))


def _with_one_gap(text: str, first: int, last: int, at: int) -> tuple[int, int]:
    """A cut that takes one of the two gaps around it along: the text reads as if nothing had ever stood there."""
    before, after = first, last
    while before > at and text[before - 1].isspace():
        before -= 1
    while after < len(text) and text[after].isspace():
        after += 1
    if before == 0 or after == len(text):
        return before if after == len(text) else first, after
    return (first, after) if first - before >= after - last else (before, last)


def _disjoint(spans: list[Span]) -> list[Span]:
    found: list[Span] = []
    for span in spans:
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found
