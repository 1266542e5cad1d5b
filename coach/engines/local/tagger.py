"""Finds the statements of a note: clauses tagged by sequence models and the encoder, their probabilities averaged.

Measured, not chosen by taste: `evals/training/README.md` has the ladder of what was tried.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pycrfsuite

from coach.domain import Centre, Kind
from coach.engines.local.clauses import Clause
from coach.engines.local.encoder import Odds
from coach.text.span import Span

OUTSIDE = "O"


class _Weights(NamedTuple):
    """What probabilities count for."""

    nothing: float
    """Of no statement: one missed costs more than one too many."""
    ours: float
    """Of our side: calling ours theirs is the dangerous error."""
    promise: float
    """Of a commitment among the customer's kinds: it is rare, and sequence models alone would never name one."""


_ALONE = _Weights(nothing=0.8, ours=1.5, promise=2.0)
_TOGETHER = _Weights(nothing=1.0, ours=2.0, promise=1.0)
"""With the encoder, which knows a promise better, and is surer of everything."""
_SHARE_SEEN = 0.5
"""The encoder's share of the vote."""

_EDGES_BEFORE = " \t\r\n\f\v\u00a0\u2028\u2029,;:.-–—•*|>/&)"
_EDGES_AFTER = " \t\r\n\f\v\u00a0\u2028\u2029,;:.-–—•*|>/&(!"


class Found(NamedTuple):
    """A statement's clauses, as one span of the note."""

    span: Span
    kind: Kind
    first: int
    """Index of its first clause."""
    last: int
    confidence: float
    """The averaged probability of the kind in its last clause; not calibrated."""


class Tagger:
    """Several linear-chain models that vote."""

    def __init__(self, models: Sequence[bytes]) -> None:
        self._models = tuple(models)
        """Kept, since a model is read where it lies."""
        self._taggers = [_open(model) for model in self._models]
        labels = sorted({label for one in self._taggers for label in one.labels()})
        self._knowing = {label: [one for one in self._taggers if label in one.labels()] for label in labels}
        """Of each label, the models that know it: one may have met too few of the rarest."""

    def find(
        self, note: str, clauses: Sequence[Clause], features: Sequence[list[str]], seen: Sequence[Odds] = ()
    ) -> list[Found]:
        """Find the statements.

        Args:
            note: The text.
            clauses: Its clauses.
            features: What describes each of them.
            seen: What the encoder says of each of them; empty where there is none.

        Returns:
            In order; none overlap, and none begins or ends with space or punctuation.
        """
        if not clauses:
            return []
        found: list[Found] = []
        weights = _TOGETHER if seen else _ALONE
        for index, odds in enumerate(self._odds(features, seen)):
            kind = _likeliest(odds, weights)
            if kind is None:
                continue
            before = found[-1] if found else None
            joins = before is not None and before.last == index - 1 and before.kind == kind and not odds[kind].begins
            start = found.pop().first if joins else index
            span = _trimmed(note, clauses[start].span.start, clauses[index].span.end)
            found.append(Found(span, kind, start, index, odds[kind].inside))
        return [one for one in found if one.span.end > one.span.start]

    def _odds(self, features: Sequence[list[str]], seen: Sequence[Odds]) -> list[dict[str, _Odds]]:
        sequence = pycrfsuite.ItemSequence(features)
        for tagger in self._taggers:
            tagger.set(sequence)
        rows = []
        for index in range(len(features)):
            of = {label: self._mean(label, index) for label in self._knowing}
            if seen:
                of = {label: _mixed(of.get(label, 0.0), odds) for label, odds in seen[index]["kind"].items()}
            row = {OUTSIDE: _Odds(of[OUTSIDE], begins=False)}
            for kind in Kind:
                begin, inside = of.get(f"B-{kind}", 0.0), of.get(f"I-{kind}", 0.0)
                row[kind] = _Odds(begin + inside, begins=begin >= inside)
            rows.append(row)
        return rows

    def _mean(self, label: str, index: int) -> float:
        total = 0.0
        for tagger in self._knowing[label]:
            total += tagger.marginal(label, index)
        return total / len(self._taggers)


def _mixed(voted: float, seen: float) -> float:
    return (1 - _SHARE_SEEN) * voted + _SHARE_SEEN * seen


class _Odds(NamedTuple):
    """How likely a clause is of a kind, and whether it rather begins a statement than goes on with one."""

    inside: float
    begins: bool


def _likeliest(odds: Mapping[str, _Odds], weights: _Weights) -> Kind | None:
    """First whose it is, from the sum over each side's kinds, then which kind of that side; None for no statement.

    A side whose probability is split over its kinds would lose to nothing if each kind stood alone.
    """
    sides = {side: sum(odds[kind].inside for kind in Kind if kind.centre is side) for side in Centre}
    sides[Centre.SELLER] *= weights.ours
    side = max(sides, key=lambda one: sides[one])
    if odds[OUTSIDE].inside * weights.nothing > sides[side]:
        return None
    promise = {Kind.BUYER_COMMITMENT: weights.promise}
    return max((kind for kind in Kind if kind.centre is side), key=lambda one: odds[one].inside * promise.get(one, 1.0))


def _open(model: bytes) -> pycrfsuite.Tagger:
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(model)
    return tagger


def _trimmed(note: str, start: int, end: int) -> Span:
    while start < end and note[start] in _EDGES_BEFORE:
        start += 1
    while end > start and note[end - 1] in _EDGES_AFTER:
        end -= 1
    return Span(start, end)
