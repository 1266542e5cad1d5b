"""A text changed in known places and nowhere else, and the way back from the changed text to the original one."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from coach.evaluation.prediction import DealOutput


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the original text, and what stands in its place."""

    start: int
    """First code point in the original."""
    end: int
    """Code point after the last."""
    text: str
    kept: bool = False
    """Whether the words are the original's own."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A changed text, in its own order; a piece may have moved."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The changed text."""
        return "".join(piece.text for piece in self.pieces)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the changed text stood: what was replaced counts as a whole."""
        first, last = self._place(start)[0], self._place(end - 1)[1]
        return first, max(last, first + 1)

    def _place(self, offset: int) -> tuple[int, int]:
        """The original stretch of one code point of the changed text."""
        begin = 0
        for piece in self.pieces:
            if offset < begin + len(piece.text):
                at = piece.start + offset - begin
                return (at, at + 1) if piece.kept else (piece.start, piece.end)
            begin += len(piece.text)
        end = max((piece.end for piece in self.pieces), default=0)
        return end, end


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in the place of a stretch."""

    start: int
    end: int
    text: str


def edit(text: str, edits: Iterable[Edit]) -> Rewrite:
    """Apply edits; of two that overlap, the one that begins first counts, and one that changes nothing is left out."""
    pieces: list[Piece] = []
    done = 0
    for one in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if one.start < done or text[one.start : one.end] == one.text:
            continue
        pieces += _kept(text, done, one.start)
        pieces.append(Piece(one.start, one.end, one.text))
        done = one.end
    return Rewrite((*pieces, *_kept(text, done, len(text))))


def permute(text: str, stretches: Iterable[tuple[int, int]], order: Callable[[int], int]) -> Rewrite:
    """Put stretches of a text, given in its order and apart from each other, in each other's place.

    Args:
        text: The original.
        stretches: Start and end of each.
        order: For the place of a stretch, the place of the one that comes there.
    """
    places = list(stretches)
    pieces: list[Piece] = []
    done = 0
    for place, (start, end) in enumerate(places):
        pieces += _kept(text, done, start)
        pieces += _kept(text, *places[order(place)])
        done = end
    return Rewrite((*pieces, *_kept(text, done, len(text))))


def replace(text: str, pattern: re.Pattern[str], become: Callable[[re.Match[str]], str | None]) -> Iterator[Edit]:
    """Edit every match of a pattern for which `become` gives another text."""
    for found in pattern.finditer(text):
        new = become(found)
        if new is not None:
            yield Edit(*found.span(), new)


def any_of(words: Iterable[str]) -> str:
    """Pattern of any of these words or phrases, the longest first; a blank stands for any white space."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(re.escape(part) for part in word.split()) for word in ordered)


def whole(pattern: str) -> str:
    """The pattern where it is no part of a longer or hyphenated word."""
    return rf"(?<![\w-])(?:{pattern})(?!\w|-\w)"


def match_case(model: str, word: str) -> str:
    """Write a word as `model` is written: in capitals, with a capital, or as it is."""
    letters = [letter for letter in model if letter.isalpha()]
    if len(letters) > 1 and all(letter.isupper() for letter in letters):
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def aligned(output: DealOutput, note: Rewrite) -> DealOutput:
    """The output of the changed note, with offsets into the original one, so that the two can be compared."""
    statements = []
    for one in output.statements:
        start, end = note.original(one.start, one.end)
        statements.append(dataclasses.replace(one, start=start, end=end))
    return output.model_copy(update={"statements": tuple(statements)})


def _kept(text: str, start: int, end: int) -> Iterator[Piece]:
    if start < end:
        yield Piece(start, end, text[start:end], kept=True)
