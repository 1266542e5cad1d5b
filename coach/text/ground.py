"""Finds the words a quote claims to have taken from a text, and where they stand in it.

Rule: a quote is there or it is not. Only quotation marks, dashes, spaces and case may differ; nothing fuzzy is
accepted, since a score that forgives a dropped word forgives a dropped "not". Nor is half a word: "they can" is not
in "they cannot".
"""

from __future__ import annotations

import unicodedata

from coach.text.span import Span

_APOSTROPHES = "\u2018\u2019\u201a\u201b`\u00b4\u2032\u02bc\u02b9\uff07"
_QUOTATION_MARKS = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u301d\u301e\uff02"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_MARKS = dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_QUOTATION_MARKS, '"') | dict.fromkeys(_DASHES, "-")
# Seen by nobody: zero-width spaces and joiners, marks of direction, soft hyphens, the byte order mark.
_INVISIBLE = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def normalise(text: str) -> str:
    """A text as two quotations of it must agree: plain marks, single spaces, no case, nothing invisible."""
    return _folded(text)[0].strip(" ")


def ground(text: str, quote: str, *, near: int | None = None) -> Span | None:
    """Where a quote stands in a text, word for word.

    Args:
        text: The text that is quoted.
        quote: What is said to stand there.
        near: An offset; of several places the one that begins closest to it is given, else the first.

    Returns:
        A span whose normal form is that of the quote, or None where there is none or the quote is empty.
    """
    wanted = normalise(quote)
    if not wanted:
        return None
    folded, origins = _folded(text)
    best: Span | None = None
    place = folded.find(wanted)
    while place >= 0:
        end = place + len(wanted)
        if _is_whole(folded, origins, place, end):
            span = Span(origins[place], origins[end - 1] + 1)
            if near is None:
                return span
            if best is None or abs(span.start - near) < abs(best.start - near):
                best = span
        place = folded.find(wanted, place + 1)
    return best


def _is_whole(folded: str, origins: list[int], start: int, end: int) -> bool:
    """Whether a stretch of a normal form cuts neither a character (ß is two s there) nor a word."""
    if start and (
        origins[start - 1] == origins[start] or (_is_letter(folded[start - 1]) and _is_letter(folded[start]))
    ):
        return False
    if end == len(folded):
        return True
    if origins[end] == origins[end - 1] or unicodedata.combining(folded[end]):
        return False
    return not (_is_letter(folded[end - 1]) and (_is_letter(folded[end]) or folded.startswith("'t", end)))


def _is_letter(character: str) -> bool:
    """Whether a character is of a script that parts its words with spaces, or a digit."""
    return character.islower() or character.isupper() or character.isdigit()


def _folded(text: str) -> tuple[str, list[int]]:
    """The normal form of a text, and for each of its characters the offset that it comes from."""
    out: list[str] = []
    origins: list[int] = []
    for place, character in enumerate(text):
        if character in _INVISIBLE:
            continue
        if character.isspace():
            if out and out[-1] != " ":
                out.append(" ")
                origins.append(place)
            continue
        # Decomposed, so that é typed as one character or as two is the same; case goes last, and may lengthen.
        for letter in _MARKS.get(character) or unicodedata.normalize("NFD", character).casefold():
            out.append(letter)
            origins.append(place)
    return "".join(out), origins
