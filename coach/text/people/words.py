"""A note's words with their offsets, and what stands between them.

Rule: pure, linear; a word keeps its inner apostrophes and hyphens.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_HEAD = re.compile(r"(?:\A|[.!?…:;\n\r\"“”>•*\-–—(\[|/])\s{0,4}\Z")


class Word(NamedTuple):
    """A word of the text."""

    start: int
    end: int
    text: str
    folded: str
    """The word without case."""
    is_capital: bool
    """Whether it begins with a capital."""


def words_of(text: str) -> list[Word]:
    """All words, in order; a possessive ending is no part of one."""
    found = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        if text.endswith(("'s", "’s"), start + 1, end):
            end -= 2
        written = text[start:end]
        found.append(Word(start, end, written, written.casefold(), written[0].isupper()))
    return found


def heads_sentence(text: str, start: int) -> bool:
    """Whether a word stands where a capital says nothing."""
    return _SENTENCE_HEAD.search(text, max(0, start - 6), start) is not None


def is_dictated(text: str) -> bool:
    """Whether a text is written without capitals, as dictation often is."""
    letters = sum(map(str.isalpha, text))
    return letters > 0 and sum(map(str.isupper, text)) < 0.012 * letters


def in_quotes(text: str, start: int) -> bool:
    """Whether an offset lies inside a quotation that opened on its line."""
    line = text[max(text.rfind("\n", 0, start) + 1, start - 400) : start]
    return line.count('"') % 2 == 1 or line.count("“") > line.count("”") or line.count("«") > line.count("»")
