"""A linear classifier as a plain table: feature to weight, a column for each class. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple


class Table(NamedTuple):
    """Weights of a classifier."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, Sequence[float]]

    def scores(self, features: Mapping[str, float]) -> list[float]:
        """The log-odds of each class, up to a constant."""
        scores = list(self.bias)
        # In a fixed order: sums of floats depend on it.
        for feature in sorted(features):
            value = features[feature]
            for column, weight in enumerate(self.weights.get(feature, ())):
                scores[column] += weight * value
        return scores

    def probabilities(self, features: Mapping[str, float], temperature: float = 1.0) -> dict[str, float]:
        """The probability of each class; a temperature above 1 makes them less sure."""
        scores = [score / temperature for score in self.scores(features)]
        top = max(scores)
        raised = [math.exp(score - top) for score in scores]
        return {name: one / sum(raised) for name, one in zip(self.classes, raised, strict=True)}


def table(content: Mapping[str, Any]) -> Table:
    """A table as the artefact holds it."""
    return Table(tuple(content["classes"]), tuple(content["bias"]), content["weights"])
