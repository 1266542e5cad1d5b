"""Several tests at once: p-values adjusted so that the chance of any false alarm keeps to its level; pure."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)


def holm(p_values: Mapping[Name, float], weights: Mapping[Name, float] | None = None) -> dict[Name, float]:
    """Adjust p-values by Holm's step-down method, needing nothing of how the tests depend on one another.

    Args:
        p_values: Each test's p-value, 0 to 1.
        weights: Each test's share of the level, above 0 and on any scale; equal by default. A test of weight 2 is
            given twice the level of a test of weight 1.

    Returns:
        Adjusted p-values in the order given, 0 to 1: a test whose own is at most alpha is significant in a family
        that raises any false alarm at most alpha of the time.

    Raises:
        KeyError: A test has no weight.

    Source: Holm, A simple sequentially rejective multiple test procedure, Scand. J. Statist. 6 (1979), sec. 2 and 4.
    """
    weight = dict.fromkeys(p_values, 1.0) if weights is None else weights
    remaining = sum(weight[name] for name in p_values)
    adjusted: dict[Name, float] = {}
    floor = 0.0
    for name in sorted(p_values, key=lambda name: p_values[name] / weight[name]):
        floor = max(floor, min(1.0, p_values[name] * remaining / weight[name]))
        adjusted[name] = floor
        remaining -= weight[name]
    return {name: adjusted[name] for name in p_values}
