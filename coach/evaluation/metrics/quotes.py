"""Quotes that have no offsets: where in a rep's packet they stand, and which gold ones were found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from coach.evaluation.metrics.spans import match


class Place(NamedTuple):
    """A stretch of one text, in code points."""

    start: int
    end: int


def ungrounded(texts: Sequence[str], quotes: Sequence[str]) -> int:
    """How many quotes are word for word in none of the texts."""
    return sum(not any(quote in text for text in texts) for quote in quotes)


def found(texts: Sequence[str], gold: Sequence[str], predicted: Sequence[str]) -> int:
    """How many gold quotes share at least half of the shorter one with some predicted quote, within one text.

    A quote that a text has more than once stands at each of its places.
    """
    return sum(any(_meet(text, quote, predicted) for text in texts) for quote in gold)


def _meet(text: str, quote: str, predicted: Sequence[str]) -> bool:
    others = [place for other in predicted for place in _places(text, other)]
    return bool(match(list(_places(text, quote)), others))


def _places(text: str, quote: str) -> Iterator[Place]:
    start = text.find(quote)
    while start >= 0:
        yield Place(start, start + len(quote))
        start = text.find(quote, start + 1)
