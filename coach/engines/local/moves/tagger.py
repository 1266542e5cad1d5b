"""Gives every sentence of a manager's its move, if it is one: sequence models whose probabilities are averaged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pycrfsuite

from coach.domain import Move

OUTSIDE = "O"

_NOTHING = 0.6
"""What the probability of no move counts for: split over eight moves, the probability that there is one would lose."""


class Found(NamedTuple):
    """The move of one sentence."""

    move: Move
    confidence: float


class Tagger:
    """Several linear-chain models that vote. Not safe to share between threads: a model keeps its last sequence."""

    def __init__(self, models: Sequence[bytes]) -> None:
        self._models = tuple(models)
        """Kept, since a model is read where it lies."""
        self._taggers = [_open(model) for model in self._models]
        labels = sorted({label for one in self._taggers for label in one.labels()})
        self._knowing = {label: [one for one in self._taggers if label in one.labels()] for label in labels}

    def find(self, features: Sequence[list[str]]) -> list[Found | None]:
        """The move of every sentence, or None for no move."""
        if not features:
            return []
        sequence = pycrfsuite.ItemSequence(features)
        for tagger in self._taggers:
            tagger.set(sequence)
        return [_likeliest(self._odds(index)) for index in range(len(features))]

    def _odds(self, index: int) -> dict[str, float]:
        count = len(self._taggers)
        return {
            label: sum(one.marginal(label, index) for one in knowing) / count
            for label, knowing in self._knowing.items()
        }


def _likeliest(odds: Mapping[str, float]) -> Found | None:
    best = max((move for move in Move), key=lambda move: odds.get(move, 0.0))
    confidence = odds.get(best, 0.0)
    return Found(best, confidence) if confidence > _NOTHING * odds.get(OUTSIDE, 0.0) else None


def _open(model: bytes) -> pycrfsuite.Tagger:
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(model)
    return tagger
