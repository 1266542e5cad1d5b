"""Says of a buyer-centred statement whether it is verifiable, which way it moves the purchase, and what it informs.

One linear classifier for each, over the features of the statement's clauses and its dates, whose probabilities the
encoder's are added to where it is at hand.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from coach.domain import Centre, DealNote, Direction, Label, Question
from coach.engines.local.encoder import Odds
from coach.engines.local.tagger import Found
from coach.text.dates import DateMention, find_dates
from coach.text.span import Span

_OF_OTHERS = ("-1:", "1:", "-2:", "2:", "ss=", "pos=")
"""What a clause was told of the ones beside it, or of its place, helps to find statements, and only blurs what they
are: a line that somebody puts into a note must not change what another line says."""
_PLACES = frozenset({"first", "last"})

ATTRIBUTES = ("verifiable", "direction", "informs")


class Times:
    """How the dates of a note lie to the day it was written and to the rep's close date."""

    def __init__(self, note: DealNote) -> None:
        self._written_on = note.written_on
        self._close_date = note.deal.close_date
        self._mentions = find_dates(note.note, note.written_on)

    def of(self, span: Span) -> list[str]:
        """The relations that hold in a span: a step after the rep's date stalls, the same step before it advances."""
        within = (one for one in self._mentions if one.start < span.end and span.start < one.end)
        return list(dict.fromkeys(self._relation(one) for one in within))

    def _relation(self, mention: DateMention) -> str:
        if mention.latest < self._written_on:
            return "past"
        if self._close_date is None:
            return "ahead"
        return "after_close" if mention.earliest > self._close_date else "by_close"


def describe(found: Found, features: Sequence[list[str]], times: Times) -> list[str]:
    """The features of a statement: those of its own clauses, its kind, and how its dates lie."""
    clauses = features[found.first : found.last + 1]
    own = dict.fromkeys(
        one for clause in clauses for one in clause if not one.startswith(_OF_OTHERS) and one not in _PLACES
    )
    relations = times.of(found.span) or ["never"]
    when = [feature for one in relations for feature in (f"when={one}", f"when={one}_{found.kind}")]
    return [*own, f"kind={found.kind}", *when]


_WEIGHT_SEEN = 2.0
"""What the encoder's probabilities count for, beside those of the tables."""


class Attributes:
    """Three linear classifiers as plain tables: feature to weight, a column for each class."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._tables = tables

    def label(self, found: Found, features: Sequence[list[str]], times: Times, seen: Sequence[Odds] = ()) -> Label:
        """The label of a statement that was found.

        Args:
            found: The statement.
            features: What describes each clause of the note.
            times: The note's dates.
            seen: What the encoder says of each clause of the note; empty where there is none.
        """
        start, end = found.span
        confidence = round(found.confidence, 4)
        if found.kind.centre is Centre.SELLER:
            return Label(start=start, end=end, kind=found.kind, confidence=confidence)
        described = describe(found, features, times)
        own = seen[found.first : found.last + 1]
        return Label(
            start=start,
            end=end,
            kind=found.kind,
            verifiable=self._best("verifiable", described, own) == "True",
            direction=Direction(self._best("direction", described, own)),
            informs=Question(self._best("informs", described, own)),
            confidence=confidence,
        )

    def _best(self, attribute: str, described: Iterable[str], seen: Sequence[Odds]) -> str:
        odds = self._odds(attribute, described)
        for one in seen:
            for name, value in one[attribute].items():
                odds[name] = odds.get(name, 0.0) + _WEIGHT_SEEN * value / len(seen)
        return max(odds, key=lambda name: odds[name])

    def _odds(self, attribute: str, described: Iterable[str]) -> dict[str, float]:
        table = self._tables[attribute]
        scores = list(table["bias"])
        weights = table["weights"]
        for feature in described:
            for column, weight in enumerate(weights.get(feature, ())):
                scores[column] += weight
        most = max(scores)
        odds = [math.exp(score - most) for score in scores]
        total = sum(odds)
        return {name: one / total for name, one in zip(table["classes"], odds, strict=True)}
