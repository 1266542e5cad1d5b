"""The lines of a conversation, and which of them nobody says: times, cue numbers, headers of captions, rules.

Rule: a line is judged by its own shape and by the line beside it; nothing is looked up far away, so reading is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CUE_TIME = re.compile(r"\s{0,9}(?:\d{1,3}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,9})?\s{0,9}-->\s{0,9}(?:\d{1,3}:)?\d{1,2}:\d")
_CAPTION_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)\b")
_RULE = re.compile(r"\s{0,3}(?:-\s?){3,}$|\s{0,3}(?:\*\s?){3,}$|\s{0,3}[=_]{3,}\s*$")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s")


class Kind(Enum):
    """What a line is."""

    WORDS = auto()
    BLANK = auto()
    APPARATUS = auto()
    """Times, numbers and headers of captions: no words, and the speaker stays."""
    HEADING = auto()
    """A heading or a rule: what comes after it is no longer said by the speaker before."""


class Line(NamedTuple):
    """A line: `text[start:end]`, without the space around it."""

    start: int
    end: int
    kind: Kind


def lines(text: str) -> list[Line]:
    """Every line with its kind, blank ones too."""
    cut = list(_cut(text))
    captions = text.startswith(("WEBVTT", "\ufeffWEBVTT"))
    kinds: list[Kind] = []
    in_block = captions
    for place, (start, end) in enumerate(cut):
        if start == end:
            in_block = False
            kinds.append(Kind.BLANK)
        elif _CUE_TIME.match(text, start, end):
            in_block = False
            if place and _names_cue(text, cut, place - 1, captions=captions):
                kinds[-1] = Kind.APPARATUS
            kinds.append(Kind.APPARATUS)
        elif in_block or (
            captions
            and _after_blank(cut, place)
            and _CAPTION_BLOCK.match(text, start, end)
            and "<" not in text[start:end]
        ):
            in_block = True
            kinds.append(Kind.APPARATUS)
        else:
            kinds.append(_kind(text, start, end))
    return [Line(start, end, kind) for (start, end), kind in zip(cut, kinds, strict=True)]


def _cut(text: str) -> Iterator[tuple[int, int]]:
    """Where the words of each line begin and end; of blank lines, the first of a row, which ends where it begins."""
    start, was_blank = 0, False
    for found in (*_BREAK.finditer(text), None):
        stop = found.start() if found else len(text)
        said = text[start:stop].strip() if stop > start else ""
        if said or not was_blank:
            begin = text.index(said, start, stop)
            yield begin, begin + len(said)
        was_blank = not said
        start = found.end() if found else stop


def _after_blank(cut: list[tuple[int, int]], place: int) -> bool:
    return not place or cut[place - 1][0] == cut[place - 1][1]


def _names_cue(text: str, cut: list[tuple[int, int]], place: int, *, captions: bool) -> bool:
    """Whether a line before a cue's time is the cue's number or, in WebVTT, its name."""
    start, end = cut[place]
    return end > start and (text[start:end].isdigit() or (captions and _after_blank(cut, place)))


def _kind(text: str, start: int, end: int) -> Kind:
    if _HEADING.match(text, start, end) or _RULE.match(text, start, end):
        return Kind.HEADING
    return Kind.WORDS
