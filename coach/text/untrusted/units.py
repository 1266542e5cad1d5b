"""Cuts a text into the units in which people write: paragraphs, and the bullets, entries and turns of a list.

Rule: a blank line always parts; a line parts where most lines of its paragraph begin as items of a list do.
"""

# ruff: noqa: RUF001 - letters and marks of other scripts are what this is about

from __future__ import annotations

import re
from typing import NamedTuple

from coach.text.segment import sentences
from coach.text.span import Span

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_ITEM = re.compile(
    r"\s*(?:[-*•·–—>▪●◦‣+|✔→]\s?(?=[^\s\-–—*>])|\(?\d{1,3}[.):]\s|\(?[a-zA-Z][.)]\s"
    r"|[\[<!#=@{*~_─━═]|\W{0,3}\d{1,4}[./-]\d|\d{1,2}\s[^\W\d_]{3,9}\b|[^\W\d_]{3,9}\.?\s\d{1,2}\b|\[?\d{1,2}:\d\d"
    r"|[^\W\d_][^:\n]{0,30}(?:\d{1,2}[:.]\d\d(?:[:.]\d\d)?)?\s?[:：](?:\s|$))"
)
_LONGEST_SENTENCE = 400
_PIECE = re.compile(r"\S.{0,240}(?!\S)|\S{1,400}", re.S)


class Unit(NamedTuple):
    """A stretch of a text that is of one piece."""

    start: int
    end: int
    paragraph: int
    """The number of the paragraph it is in."""


def units_of(text: str) -> list[Unit]:
    """All units, in order; what parts them belongs to none."""
    found: list[Unit] = []
    for number, lines in enumerate(_paragraphs(text)):
        items = [_ITEM.match(text, *line) is not None for line in lines]
        if sum(items) * 2 < len(lines) or len(lines) == 1:
            found.append(Unit(lines[0].start, lines[-1].end, number))
            continue
        for line, is_item in zip(lines, items, strict=True):
            if found and found[-1].paragraph == number and not is_item:
                found[-1] = found[-1]._replace(end=line.end)
            else:
                found.append(Unit(line.start, line.end, number))
    return found


def pieces_of(text: str, start: int, end: int) -> list[Span]:
    """The sentences of a stretch; of one without full stops, pieces."""
    found = []
    for sentence in sentences(text[start:end]):
        first, last = sentence.start + start, sentence.end + start
        if last - first <= _LONGEST_SENTENCE:
            found.append(Span(first, last))
        else:
            found += [Span(*piece.span()) for piece in _PIECE.finditer(text, first, last)]
    return found


def _paragraphs(text: str) -> list[list[Span]]:
    found: list[list[Span]] = [[]]
    last_end = 0
    for match in _LINE.finditer(text):
        if match[0].isspace():
            if found[-1]:
                found.append([])
            continue
        gap = text[last_end : match.start()]
        if found[-1] and (gap.count("\n") > 1 or gap.count("\r") > 1 or "\u2029" in gap):
            found.append([])
        found[-1].append(Span(*match.span()))
        last_end = match.end()
    return [lines for lines in found if lines]
