"""Which label was taken for which, and what follows for each label."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import repeat

from coach.domain.base import Frozen
from coach.evaluation.metrics.tally import Counts, Figures, ratio

UNMATCHED = "none"
"""The label of a span that has no counterpart."""
FAILED = "failed"
"""The label predicted by a run without an output."""


class Confusion(Frozen):
    """A confusion table; repeats of a case are all in it."""

    labels: tuple[str, ...]
    """Of rows and columns alike; the last may be `none` for what has no counterpart, or `failed` for no output."""
    counts: tuple[tuple[int, ...], ...]
    """Rows gold, columns predicted."""


def confusion(tally: Counts, name: str, labels: Sequence[str]) -> Confusion:
    """Read one table off a tally.

    Args:
        tally: A sum of tallies.
        name: One of the task's `confusions`.
        labels: Its labels, in order.
    """
    return Confusion(labels=tuple(labels), counts=tuple(tuple(row) for row in table(tally, name, labels)))


def table(tally: Counts, name: str, labels: Sequence[str]) -> list[list[int]]:
    """The counts of one table, rows gold, columns predicted."""
    size = len(labels)
    counts = list(map(tally.get, _cells(name, tuple(labels)), repeat(0)))
    return [counts[first : first + size] for first in range(0, size * size, size)]


@cache
def _cells(name: str, labels: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    """The keys of a table, row by row: a bootstrap reads the same ones hundreds of times."""
    return tuple((name, gold, got) for gold in labels for got in labels)


def label_figures(counts: Sequence[Sequence[int]], labels: Sequence[str]) -> tuple[list[float], Figures]:
    """Precision, recall and F1 of each label: 2 * right / (gold + predicted), as for F1 of two shares.

    Args:
        counts: A table whose first labels are `labels`; what else it has counts against them and has no figure.
        labels: What to give figures for.

    Returns:
        Each label's F1, and all figures by name; nan for a precision of nothing predicted, a recall of no gold,
        and an F1 of neither.
    """
    columns = [sum(column) for column in zip(*counts, strict=True)]
    scores: list[float] = []
    figures: Figures = {}
    for i, label in enumerate(labels):
        row = counts[i]
        right, gold, predicted = row[i], sum(row), columns[i]
        f1 = ratio(2 * right, gold + predicted)
        scores.append(f1)
        figures[f"{label}_f1"] = f1
        figures[f"{label}_precision"] = ratio(right, predicted)
        figures[f"{label}_recall"] = ratio(right, gold)
    return scores, figures
