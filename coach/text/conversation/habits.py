"""How like a manager each speaker talks: who asks, orders, judges and calls by name; who asks for leave and reports.

Rule: shares and rates only, never a name or a topic, and each is drawn towards the talk's own average as far as a
speaker says little. The weights were fitted on the training conversations and on fifteen written for the purpose, and
rounded; who speaks first is left out on purpose, for an excerpt may begin anywhere.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from coach.text.conversation.counts import Counts, counts
from coach.text.conversation.turn import Turn

CLEAR = 1.0
"""Lead in points from which on it is clear who the manager is. With it every guess about a whole conversation of
`evals/` is right, and two in a hundred about halves, or six or ten turns of one, are wrong."""
ENOUGH_WORDS = 40
"""Words of a talk below which nobody can tell."""

_POINTS = {
    "sentences": {
        "questions": 3.0,
        "asks": 4.5,
        "leave": -15.0,
        "orders": 8.5,
        "takes_in": 5.5,
        "judges": 3.0,
        "calls": 8.0,
    },
    "turns": {"told": -8.0, "answers": -3.0},
    "words": {"you": 45.0, "others": -23.0, "own": -15.0, "reports": -33.0, "hedges": -58.0},
}
"""Points for each thing that is counted, in the share of sentences, turns or words that it has."""
_LENGTH_POINTS = -1.5
_PRIOR = {"sentences": 4.0, "turns": 2.0, "words": 40.0}
"""As much of the average as is mixed into what each speaker says."""


def likeness(found: Sequence[Turn], text: str) -> dict[str, float]:
    """Points of each speaker for talking like a manager; only differences between speakers mean something."""
    said = counts(found, text)
    every = Counts(*map(sum, zip(*said.values(), strict=True)))._asdict()
    return {speaker: _points(own._asdict(), every) for speaker, own in said.items()}


def _points(own: Mapping[str, float], every: Mapping[str, float]) -> float:
    """The weighted rates of one speaker, each drawn towards that of everybody."""
    points = _LENGTH_POINTS * math.log(_rate(own, every, "words", "turns") + 1)
    return points + sum(
        weight * _rate(own, every, name, per) for per, weights in _POINTS.items() for name, weight in weights.items()
    )


def _rate(own: Mapping[str, float], every: Mapping[str, float], name: str, per: str) -> float:
    average = every[name] / max(every[per], 1.0)
    return (own[name] + _PRIOR[per] * average) / (own[per] + _PRIOR[per])
