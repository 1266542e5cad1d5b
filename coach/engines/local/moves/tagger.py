"""Gives every sentence of a manager's its move, if it is one: sequence models and the encoder, averaged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pycrfsuite

from coach.domain import Move
from coach.engines.local.encoder import Odds

OUTSIDE = "O"

_NOTHING = 0.6
"""What the probability of no move counts for: split over eight moves, the probability that there is one would lose."""

_SHARE_SEEN = 0.4
"""The encoder's share of the vote."""


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

    def find(self, features: Sequence[list[str]], seen: Sequence[Odds] = ()) -> list[Found | None]:
        """The move of every sentence, or None for no move.

        Args:
            features: What describes each sentence.
            seen: What the encoder says of each; empty where there is none.
        """
        if not features:
            return []
        sequence = pycrfsuite.ItemSequence(features)
        for tagger in self._taggers:
            tagger.set(sequence)
        voted = [self._odds(index) for index in range(len(features))]
        if seen:
            voted = [_mixed(one, other["move"]) for one, other in zip(voted, seen, strict=True)]
        return [_likeliest(one) for one in voted]

    def _odds(self, index: int) -> dict[str, float]:
        count = len(self._taggers)
        return {
            label: sum(one.marginal(label, index) for one in knowing) / count
            for label, knowing in self._knowing.items()
        }


def _mixed(voted: Mapping[str, float], seen: Mapping[str, float]) -> dict[str, float]:
    return {label: (1 - _SHARE_SEEN) * voted.get(label, 0.0) + _SHARE_SEEN * odds for label, odds in seen.items()}


def _likeliest(odds: Mapping[str, float]) -> Found | None:
    best = max((move for move in Move), key=lambda move: odds.get(move, 0.0))
    confidence = odds.get(best, 0.0)
    return Found(best, confidence) if confidence > _NOTHING * odds.get(OUTSIDE, 0.0) else None


def _open(model: bytes) -> pycrfsuite.Tagger:
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(model)
    return tagger
