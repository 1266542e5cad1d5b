"""A long note is read in stretches: cut at natural borders, each shown with what stands around it.

The stretches share no character, and a statement is of the stretch that it begins in, so that nothing is counted twice;
what is shown around a stretch lets a model see who "she" is.
"""

from __future__ import annotations

from collections.abc import Sequence

from coach.text.segment import clauses
from coach.text.span import Span

AROUND_CHARS = 600
"""How much is shown before and after a stretch."""
_LATEST = 2 / 3
"""A border is looked for in the last third of a stretch."""


def stretches(text: str, most_chars: int) -> tuple[Span, ...]:
    """Cut a note into stretches of at most so many characters; a clause that is longer is a stretch of its own."""
    if len(text) <= most_chars:
        return (Span(0, len(text)),) if text.strip() else ()
    return _cut(text, Span(0, len(text)), most_chars)


def halves(text: str, stretch: Span) -> tuple[Span, ...]:
    """Cut a stretch in two or a little more; none where it is of one clause."""
    parts = _cut(text, stretch, round((stretch.end - stretch.start) * 0.6))
    return parts if len(parts) > 1 else ()


def shown(text: str, stretch: Span, *, rest: bool = False) -> Span:
    """What a model is given of a note: the stretch, and a little around it.

    Args:
        text: The note.
        stretch: The stretch.
        rest: It is what an answer that broke off left unread: nothing is shown before it, or a model would begin there.
    """
    start, end = (
        stretch.start if rest else max(stretch.start - AROUND_CHARS, 0),
        min(stretch.end + AROUND_CHARS, len(text)),
    )
    while 0 < start < stretch.start and not text[start - 1].isspace():
        start += 1
    while stretch.end < end < len(text) and not text[end].isspace():
        end -= 1
    return Span(start, end)


def _cut(text: str, stretch: Span, most_chars: int) -> tuple[Span, ...]:
    pieces = [piece for piece in clauses(text) if stretch.start <= piece.start < stretch.end]
    found = []
    first = 0
    begin = stretch.start
    while first < len(pieces):
        last = first
        while last + 1 < len(pieces) and pieces[last + 1].end - begin <= most_chars:
            last += 1
        if last + 1 < len(pieces):
            last = _border(text, pieces, first, last, begin + most_chars * _LATEST)
        end = pieces[last + 1].start if last + 1 < len(pieces) else stretch.end
        found.append(Span(begin, end))
        first, begin = last + 1, end
    return tuple(found)


def _border(text: str, pieces: Sequence[Span], first: int, last: int, earliest: float) -> int:
    """The best piece to end with: before a blank line, else at a line's end, else at a sentence's, else the last."""
    ends = [index for index in range(first, last + 1) if pieces[index].end >= earliest] or [last]
    return max(ends, key=lambda index: (_strength(text, pieces, index), index))


def _strength(text: str, pieces: Sequence[Span], index: int) -> int:
    gap = text[pieces[index].end : pieces[index + 1].start]
    if gap.count("\n") > 1:
        return 3
    if "\n" in gap:
        return 2
    return int(text[pieces[index].end - 1] in ".!?…")
