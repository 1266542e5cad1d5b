"""Makes a reader's probabilities as sure as they are right. Pure."""

from __future__ import annotations

import math
from typing import NamedTuple

_LEAST = 1e-6


class Scale(NamedTuple):
    """A temperature for log-odds, and a shift.

    The shift is there because a statement must be found as well as named: its words may be split otherwise, or bear
    on nothing, whatever the probability of its kind.

    Source: Platt, Probabilistic outputs for support vector machines (1999); Guo et al., On calibration of modern neural
    networks, ICML 2017.
    """

    slope: float = 1.0
    """One over the temperature."""
    shift: float = 0.0

    def __call__(self, probability: float) -> float:
        """A probability, 0 to 1, on this scale."""
        return (1 + math.tanh((self.slope * log_odds(probability) + self.shift) / 2)) / 2


def log_odds(probability: float) -> float:
    """The log-odds of a probability; those of 0 and 1 are finite, too."""
    bounded = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(bounded / (1 - bounded))
