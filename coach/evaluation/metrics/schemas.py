"""Spans under the four schemas of SemEval 2013 task 9 (Segura-Bedmar et al.), counted exactly as nervaluate 1.2 does.

`strict`: the same boundaries and label; `exact`: the same boundaries; `partial`: the same boundaries, or half a point
for an overlap; `type`: an overlap and the same label. Each predicted span, in the order given, takes at most one gold
span that is still free: one that makes it correct, or else the first that it overlaps by a hundredth of that gold span.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from coach.evaluation.metrics.spans import Overlap
from coach.evaluation.metrics.tally import Counts, Figures, ratio

_SHARE = 100
"""A gold span is touched where at least one part in so many of it is covered: nervaluate's default."""


class Span(NamedTuple):
    """A labelled stretch of a text."""

    start: int
    end: int
    label: str


class _Candidate(NamedTuple):
    gold: int
    exact: bool
    same: bool
    """The labels agree."""
    distance: int
    """Code points between the starts and between the ends, added up."""


def schema_counts(
    gold: Sequence[Span], predicted: Sequence[Span], shared: Iterable[Overlap]
) -> dict[tuple[str, ...], int]:
    """Count what the spans of one text add to every schema.

    Args:
        gold: Gold spans, in order.
        predicted: Predicted spans, in order.
        shared: Their overlaps.
    """
    candidates: dict[int, list[_Candidate]] = {}
    for g, p, length in shared:
        one, other = gold[g], predicted[p]
        if _SHARE * length >= one.end - one.start:
            distance = abs(one.start - other.start) + abs(one.end - other.end)
            candidates.setdefault(p, []).append(_Candidate(g, distance == 0, one.label == other.label, distance))
    order = [candidates[p] for p in sorted(candidates)]
    exact, touched = _assign(order, _is_exact)
    return {
        ("spans", "gold"): len(gold),
        ("spans", "predicted"): len(predicted),
        ("span", "strict"): _assign(order, _is_both)[0],
        ("span", "exact"): exact,
        ("span", "touched"): touched,
        ("span", "type"): _assign(order, _is_same)[0],
    }


def schema_figures(tally: Counts) -> Figures:
    """F1 under each schema, and precision and recall under the strict one; nan of no spans at all."""
    gold, predicted = tally.get(("spans", "gold"), 0), tally.get(("spans", "predicted"), 0)
    strict, exact = tally.get(("span", "strict"), 0), tally.get(("span", "exact"), 0)
    both = gold + predicted
    return {
        "strict_f1": ratio(2 * strict, both),
        "strict_precision": ratio(strict, predicted),
        "strict_recall": ratio(strict, gold),
        "exact_f1": ratio(2 * exact, both),
        "partial_f1": ratio(2 * exact + tally.get(("span", "touched"), 0), both),
        "type_f1": ratio(2 * tally.get(("span", "type"), 0), both),
    }


_distance = attrgetter("distance")
_is_exact = attrgetter("exact")
_is_same = attrgetter("same")


def _is_both(one: _Candidate) -> bool:
    return one.exact and one.same


def _assign(order: Iterable[Sequence[_Candidate]], right: Callable[[_Candidate], bool]) -> tuple[int, int]:
    """How many predicted spans are right, and how many others took a gold span all the same."""
    taken: set[int] = set()
    correct = touched = 0
    for candidates in order:
        # Most spans have one candidate, and then there is nothing to choose.
        first = candidates[0]
        if len(candidates) > 1:
            free = [one for one in candidates if one.gold not in taken]
            if not free:
                continue
            first = min(filter(right, free), key=_distance, default=free[0])
        elif first.gold in taken:
            continue
        taken.add(first.gold)
        if right(first):
            correct += 1
        else:
            touched += 1
    return correct, touched
