"""A text as the encoder sees it: word pieces by unit, what their capitals say, and a header. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from coach.text.span import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

NEW_LINE, MANAGER, OTHER = 1, 2, 3
"""Pieces that the vocabulary keeps free: where a line begins, and who speaks in a conversation."""
_MOST_PIECES = 100
"""What is read of one unit: a longer one is no clause."""
_HEADER = 24
"""What is read of a header."""

KINDS_OF_CAPITALS = 4
PLAIN, TITLE, CAPITALS, INITIAL = range(KINDS_OF_CAPITALS)
"""What the capitals of a word say, which the vocabulary, in lower case, does not."""


class Unit(NamedTuple):
    """One clause or sentence in pieces."""

    ids: tuple[int, ...]
    capitals: tuple[int, ...]


class Sheet(NamedTuple):
    """A text in pieces."""

    header: Unit
    units: tuple[Unit, ...]


class Pieces:
    """Cuts texts into the pieces of a vocabulary."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    def read(self, header: str, text: str, spans: Sequence[Span], marks: Sequence[int] | None = None) -> Sheet:
        """Cut a text into pieces, unit by unit.

        Args:
            header: What should be known wherever one reads in it.
            text: The text.
            spans: Its units, in order, none overlapping.
            marks: A piece before each unit; 0 for none. Where None, a unit that begins a line has one.
        """
        pieces = self._cut(text)
        starts = marks if marks is not None else list(_line_starts(text, spans))
        units = []
        at = 0
        for span, mark in zip(spans, starts, strict=True):
            while at < len(pieces) and pieces[at][0] < span.start:
                at += 1
            begin = at
            while at < len(pieces) and pieces[at][0] < span.end:
                at += 1
            units.append(_unit(([(span.start, mark, PLAIN)] if mark else []) + pieces[begin:at]))
        return Sheet(_unit(self._cut(header)[:_HEADER]), tuple(units))

    def _cut(self, text: str) -> list[tuple[int, int, int]]:
        """Where each piece begins, its number, and its capitals."""
        found = self._tokenizer.encode(text, add_special_tokens=False)
        return [
            (start, number, _capitals(text[start:end]))
            for number, (start, end) in zip(found.ids, found.offsets, strict=True)
        ]


def _line_starts(text: str, spans: Sequence[Span]) -> Iterable[int]:
    before = 0
    for span in spans:
        yield NEW_LINE if "\n" in text[before : span.start] else 0
        before = span.end


def _unit(pieces: Sequence[tuple[int, int, int]]) -> Unit:
    kept = pieces[:_MOST_PIECES] or [(0, NEW_LINE, PLAIN)]
    return Unit(tuple(number for _, number, _ in kept), tuple(capitals for _, _, capitals in kept))


def _capitals(word: str) -> int:
    if not word[:1].isupper():
        return PLAIN
    if word.isupper():
        return CAPITALS if len(word) > 1 else INITIAL
    return TITLE
