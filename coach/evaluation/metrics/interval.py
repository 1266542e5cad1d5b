"""A figure with its interval: bootstrap over cases, percentile method."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from coach.domain.base import Frozen

Key = TypeVar("Key")

_RESAMPLES = 500
"""Enough for the ends of a 95 % interval to settle to about a tenth of its width."""


class Metric(Frozen):
    """One figure; None where there was nothing to measure."""

    value: float | None
    low: float | None
    high: float | None
    """Ends of the 95 % interval."""
    n: int
    """Cases it was measured on."""


def measure(
    tallies: Sequence[Counter[Key]], metrics: Callable[[Counter[Key]], Mapping[str, float]], seed: int = 7
) -> dict[str, Metric]:
    """Compute every figure on the sum of the tallies, with an interval from resampling cases with replacement."""
    total = _sum(tallies, [1] * len(tallies))
    rng = random.Random(seed)  # noqa: S311  statistics, not secrets
    samples: dict[str, list[float]] = {}
    for _ in range(_RESAMPLES if len(tallies) > 1 else 0):
        drawn = Counter(rng.choices(range(len(tallies)), k=len(tallies)))
        for name, value in metrics(_sum([tallies[i] for i in drawn], list(drawn.values()))).items():
            samples.setdefault(name, []).append(value)
    return {
        name: Metric(
            value=_known(value),
            low=_quantile(samples, name, 0.025),
            high=_quantile(samples, name, 0.975),
            n=len(tallies),
        )
        for name, value in metrics(total).items()
    }


def _sum(tallies: Sequence[Counter[Key]], weights: Sequence[int]) -> Counter[Key]:
    total: Counter[Key] = Counter()
    for tally, weight in zip(tallies, weights, strict=True):
        for key, count in tally.items():
            total[key] += weight * count
    return total


def _quantile(samples: Mapping[str, list[float]], name: str, share: float) -> float | None:
    values = sorted(value for value in samples.get(name, ()) if not math.isnan(value))
    return values[round(share * (len(values) - 1))] if values else None


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value
