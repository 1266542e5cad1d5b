"""Whose each character of a note is said to be: forgiving about where a clause ends (`evals/cases/README.md`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Protocol

from coach.domain import Centre, Kind
from coach.evaluation.metrics.confusion import UNMATCHED, label_figures, table
from coach.evaluation.metrics.spans import Stretch
from coach.evaluation.metrics.tally import Counts, Figures, mean, ratio

CENTRES = (Centre.BUYER.value, Centre.SELLER.value, UNMATCHED)
"""Labels of the table of characters; `none` is outside every span."""
_NAMES = ("buyer_character", "seller_character")
_CENTRE = {kind: kind.centre.value for kind in Kind}


class KindSpan(Stretch, Protocol):
    """A stretch of a note with a kind."""

    @property
    def kind(self) -> Kind:
        """What the stretch is."""


def centre_counts(text: str, gold: Sequence[KindSpan], predicted: Sequence[KindSpan]) -> dict[tuple[str, ...], int]:
    """Count a note's characters, less white space, by the centre that gold and prediction give them.

    Where spans of one side overlap, the later in the list has the character. Counts go by the segments between the
    ends of spans, inside which nothing changes; a character outside every span is not counted.

    Returns:
        Characters by ("centre", gold, predicted).
    """
    cuts = sorted({end for spans in (gold, predicted) for one in spans for end in (one.start, one.end)})
    place = {cut: i for i, cut in enumerate(cuts)}
    counts: dict[tuple[str, ...], int] = {}
    marks = zip(_painted(place, gold), _painted(place, predicted), pairwise(cuts), strict=True)
    for expected, got, (start, end) in marks:
        if expected != UNMATCHED or got != UNMATCHED:
            key = ("centre", expected, got)
            # split() and isspace() agree on what white space is.
            counts[key] = counts.get(key, 0) + len("".join(text[start:end].split()))
    return counts


def centre_figures(tally: Counts) -> Figures:
    """F1 of buyer and of seller characters, averaged and each by itself, and the dangerous error.

    `seller_called_buyer` is the share of gold seller-centred characters that are predicted as buyer-centred.
    """
    counts = table(tally, "centre", CENTRES)
    scores, figures = label_figures(counts, _NAMES)
    seller = counts[1]
    return {"centre_character_f1": mean(scores), **figures, "seller_called_buyer": ratio(seller[0], sum(seller))}


def _painted(place: Mapping[int, int], spans: Sequence[KindSpan]) -> list[str]:
    """The centre of each segment."""
    marks = [UNMATCHED] * max(0, len(place) - 1)
    for span in spans:
        start, end = place[span.start], place[span.end]
        marks[start:end] = [_CENTRE[span.kind]] * (end - start)
    return marks
