"""Comparing predicted spans with gold ones: by match and by character."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from coach.domain import Centre, Kind


class KindSpan(Protocol):
    """A span with a kind."""

    @property
    def start(self) -> int:
        """First code point."""

    @property
    def end(self) -> int:
        """Code point after the last."""

    @property
    def kind(self) -> Kind:
        """What the span is."""


def match(gold: Sequence[KindSpan], predicted: Sequence[KindSpan]) -> list[tuple[int, int]]:
    """Pair gold and predicted spans that overlap by at least half of the shorter one.

    One to one, greedily by overlap; on equal overlap the earlier gold, then the earlier predicted one.

    Returns:
        Pairs of (index in gold, index in predicted), by gold index.
    """
    candidates = []
    for g, one in enumerate(gold):
        for p, other in enumerate(predicted):
            overlap = min(one.end, other.end) - max(one.start, other.start)
            shorter = min(one.end - one.start, other.end - other.start)
            if overlap > 0 and 2 * overlap >= shorter:
                candidates.append((-overlap, g, p))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, g, p in sorted(candidates):
        if g not in pairs and p not in taken:
            pairs[g] = p
            taken.add(p)
    return sorted(pairs.items())


def centres(text: str, spans: Sequence[KindSpan]) -> list[Centre | None]:
    """The centre of each character of a text; None outside every span, and for white space."""
    marks: list[Centre | None] = [None] * len(text)
    for span in spans:
        marks[span.start : span.end] = [span.kind.centre] * (min(span.end, len(text)) - span.start)
    return [None if char.isspace() else mark for char, mark in zip(text, marks, strict=True)]
