"""Agreement beyond chance, from a confusion table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

Confusion = Mapping[tuple[str, str], float]
"""How often (gold, predicted) came together."""

Weight = Callable[[int, int], float]


def kappa(confusion: Confusion) -> float:
    """Cohen's kappa: (observed - expected) / (1 - expected); nan without cases, 1 where both only say one thing."""
    categories = sorted({one for pair in confusion for one in pair})
    return _weighted(confusion, categories, lambda i, j: float(i != j))


def quadratic_kappa(confusion: Confusion, order: Sequence[str]) -> float:
    """Cohen's kappa with quadratic weights over ordered categories."""
    return _weighted(confusion, order, lambda i, j: float((i - j) ** 2))


def _weighted(confusion: Confusion, order: Sequence[str], weight: Weight) -> float:
    total = sum(confusion.values())
    if not total:
        return float("nan")
    rows = [sum(confusion.get((a, b), 0) for b in order) for a in order]
    columns = [sum(confusion.get((a, b), 0) for a in order) for b in order]
    observed = expected = 0.0
    for i, gold in enumerate(order):
        for j, predicted in enumerate(order):
            observed += weight(i, j) * confusion.get((gold, predicted), 0)
            expected += weight(i, j) * rows[i] * columns[j] / total
    return 1 - observed / expected if expected else 1.0
