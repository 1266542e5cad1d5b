"""Agreement beyond chance, from a square confusion table: rows gold, columns predicted."""

from __future__ import annotations

import math
from collections.abc import Sequence

Table = Sequence[Sequence[float]]
"""How often each gold label (row) came with each predicted one (column), both in the same order."""


def kappa(table: Table) -> float:
    """Cohen's kappa (1960): (observed - expected) / (1 - expected), at most 1, 0 for agreement by chance.

    nan without cases, and 1 where both only ever say the same one thing.
    """
    rows, columns = _margins(table)
    total = sum(rows)
    if not total:
        return math.nan
    observed = sum(row[i] for i, row in enumerate(table))
    expected = sum(map(_product, rows, columns)) / total
    return (observed - expected) / (total - expected) if expected != total else 1.0


def quadratic_kappa(table: Table) -> float:
    """Cohen's kappa (1968) with quadratic weights: two steps apart weigh four times one step.

    nan without cases, and 1 where both only ever say the same one thing.
    """
    rows, columns = _margins(table)
    total = sum(rows)
    if not total:
        return math.nan
    observed = expected = 0.0
    for i, row in enumerate(table):
        for j, count in enumerate(row):
            weight = (i - j) ** 2
            observed += weight * count
            expected += weight * rows[i] * columns[j]
    return 1 - observed * total / expected if expected else 1.0


def _margins(table: Table) -> tuple[list[float], list[float]]:
    return [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]


def _product(row: float, column: float) -> float:
    return row * column
