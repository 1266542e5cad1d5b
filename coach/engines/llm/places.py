"""Where the words that a model copied stand in the note: proved by code, or not believed.

Rule: a quote stands there word for word or it does not; nothing fuzzy is accepted. Of several places the first after
the quote before it is meant, for an answer goes through the note in order.
"""

from __future__ import annotations

import re

from coach.text.ground import ground
from coach.text.segment import sentences
from coach.text.span import Span

_AFTER = ".,;:–—- \t\r\n"
"""What a statement does not end with."""
_WORD = re.compile(r"\w+")
_ALIKE = 0.5
"""The share of a quote's words that a sentence must hold to be what the model may have meant."""


def place(text: str, quote: str, within: Span, near: int) -> Span | None:
    """Where a quote stands; None where it does not, or holds no word.

    Args:
        text: The note.
        quote: What the model copied.
        within: The stretch of the note that it must stand in.
        near: Where the quote before it ended.
    """
    wanted = quote.strip()
    found = _exact(text, wanted, max(near, within.start), within.end) or _exact(text, wanted, *within)
    if found is None:
        found = _alike(text, quote, max(near, within.start), within.end) or _alike(text, quote, *within)
    return found and _trimmed(text, found)


def nearest(text: str, quote: str, within: Span) -> Span | None:
    """The sentence that holds most of a quote's words, where one holds half of them."""
    wanted = set(_WORD.findall(quote.lower()))
    if not wanted:
        return None
    stretch = text[within.start : within.end]
    best = max(
        sentences(stretch),
        key=lambda one: len(wanted.intersection(_WORD.findall(stretch[one.start : one.end].lower()))),
        default=None,
    )
    if best is None:
        return None
    shared = wanted.intersection(_WORD.findall(stretch[best.start : best.end].lower()))
    found = Span(best.start + within.start, best.end + within.start)
    return found if len(shared) >= _ALIKE * len(wanted) else None


def _exact(text: str, quote: str, start: int, end: int) -> Span | None:
    """The quick way: the very characters, and no half of a word."""
    at = text.find(quote, start, end) if quote else -1
    while at >= 0 and (_cuts_word(text, at) or _cuts_word(text, at + len(quote))):
        at = text.find(quote, at + len(quote), end)
    return Span(at, at + len(quote)) if at >= 0 else None


def _alike(text: str, quote: str, start: int, end: int) -> Span | None:
    """The words with other marks, blanks or capitals."""
    found = ground(text[start:end], quote)
    return found and Span(found.start + start, found.end + start)


def _cuts_word(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    # As `ground` has it: "they can" does not stand in "they can't".
    return text[at - 1].isalnum() and (text[at].isalnum() or text[at] in "'’")


def _trimmed(text: str, span: Span) -> Span | None:
    start, end = span
    while end > start and text[end - 1] in _AFTER:
        end -= 1
    return Span(start, end) if any(map(str.isalnum, text[start:end])) else None
