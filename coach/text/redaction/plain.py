"""A text as numbers and names are looked for in it: one kind of space, dash and apostrophe, and no accents."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from coach.text.span import Span

_ALIKE = {
    **dict.fromkeys("\u00a0\u2007\u2008\u2009\u200a\u202f", " "),
    **dict.fromkeys("\u00ad\u2010\u2011\u2012\u2013\u2212", "-"),
    **dict.fromkeys("\u2018\u2019\u02bc\u00b4", "'"),
    **dict(zip("øØłŁđĐð\u0131", "oOlLdDdi", strict=True)),
    **dict(zip("ßæÆœŒþÞ", ("ss", "ae", "Ae", "oe", "Oe", "th", "Th"), strict=True)),
}
"""Characters that mean the same here, and letters that do not come apart."""


class Plain(NamedTuple):
    """A text made plain, and where each character of it stands in the text."""

    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """The span of the text that a span of the plain one is of."""
        return Span(self.places[start], self.places[end])


def plain(text: str) -> Plain:
    """Make a text plain."""
    if text.isascii():
        return Plain(text, range(len(text) + 1))
    pieces: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        piece = _letter(character)
        pieces.append(piece)
        places += [place] * len(piece)
    return Plain("".join(pieces), [*places, len(text)])


@lru_cache(maxsize=4096)
def _letter(character: str) -> str:
    """A character without what is written over or under it; nothing for what only is that."""
    if character.isascii():
        return character
    if character in _ALIKE:
        return _ALIKE[character]
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if unicodedata.category(character) == "Mn":
        return ""
    # Other letters than these come apart into more than a letter and its accents: Korean syllables.
    apart = unicodedata.normalize("NFD", character)
    return apart[0] if all(unicodedata.category(mark) == "Mn" for mark in apart[1:]) else character
