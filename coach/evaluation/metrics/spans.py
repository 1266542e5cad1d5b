"""Which predicted span stands for which gold one (`evals/cases/README.md`)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple, Protocol, TypeVar


class Stretch(Protocol):
    """A stretch of a text."""

    @property
    def start(self) -> int:
        """First code point."""

    @property
    def end(self) -> int:
        """Code point after the last."""


class Overlap(NamedTuple):
    """Two spans that share something."""

    gold: int
    """Index of the gold span."""
    predicted: int
    """Index of the predicted one."""
    length: int
    """Code points they share, at least one."""


S = TypeVar("S", bound=Stretch)


def in_text_order(spans: Iterable[S]) -> list[S]:
    """Sort spans by where they begin, then end: no figure may hang on the order in which they were listed."""
    return sorted(spans, key=attrgetter("start", "end"))


def overlaps(gold: Sequence[Stretch], predicted: Sequence[Stretch]) -> list[Overlap]:
    """Every pair of a gold and a predicted span that share a code point, by gold index, then predicted."""
    places = sorted((one.start, one.end, p) for p, one in enumerate(predicted) if one.start < one.end)
    starts = [start for start, _, _ in places]
    # Where all spans up to each have ended, at the latest: what ends before a gold span begins is skipped as a whole.
    reach = list(accumulate((end for _, end, _ in places), max))
    found: list[Overlap] = []
    for g, one in enumerate(gold):
        start, end = one.start, one.end
        near = places[bisect_right(reach, start) : bisect_left(starts, end)]
        met = [Overlap(g, p, min(end, p_end) - max(start, p_start)) for p_start, p_end, p in near if start < p_end]
        found += sorted(met) if len(met) > 1 else met
    return found


def match(gold: Sequence[Stretch], predicted: Sequence[Stretch]) -> list[tuple[int, int]]:
    """Pair gold and predicted spans that overlap by at least half of the shorter one.

    One to one, greedily by overlap; on equal overlap the earlier gold, then the earlier predicted one.

    Returns:
        Pairs of (index in gold, index in predicted), by gold index.
    """
    return pair(gold, predicted, overlaps(gold, predicted))


def pair(gold: Sequence[Stretch], predicted: Sequence[Stretch], shared: Iterable[Overlap]) -> list[tuple[int, int]]:
    """Do as `match` does, where the overlaps are known."""
    candidates = []
    for g, p, length in shared:
        one, other = gold[g], predicted[p]
        if 2 * length >= min(one.end - one.start, other.end - other.start):
            candidates.append((-length, g, p))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, g, p in sorted(candidates):
        if g not in pairs and p not in taken:
            pairs[g] = p
            taken.add(p)
    return sorted(pairs.items())
