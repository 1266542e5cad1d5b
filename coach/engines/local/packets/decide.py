"""From probabilities to a finding: the gap whose error costs least, and the sentences that bear a signal. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from coach.domain import Gap
from coach.engines.local.packets.features import NOTHING

_HARSH = 2.5
"""What it costs to call a gap of skill one of will, where every other error costs 1: who needs to be shown how would be
met with consequences."""

_MOST = 12
"""How many signals a packet has at most: the likeliest."""


class Signalled(NamedTuple):
    """A sentence that bears a signal."""

    place: int
    """Which sentence of the packet."""
    signal: str
    confidence: float


def cheapest(gaps: Mapping[str, float]) -> Gap:
    """The gap whose error would cost least."""

    def cost(gap: str) -> float:
        harsh = (_HARSH - 1) * gaps.get(Gap.SKILL, 0.0) if gap == Gap.WILL else 0.0
        return 1 - gaps[gap] + harsh

    return Gap(min(gaps, key=cost))


def in_light_of(sentences: Sequence[Mapping[str, float]], lifts: Mapping[str, float]) -> list[dict[str, float]]:
    """The probabilities of the signals, once the gap is known.

    Args:
        sentences: The probability of each signal, and of none, in each sentence.
        lifts: By signal, how much oftener it is found in packets with this gap than in all.
    """
    found = []
    for one in sentences:
        lifted = {signal: probability * lifts.get(signal, 1.0) for signal, probability in one.items()}
        total = sum(lifted.values())
        found.append({signal: probability / total for signal, probability in lifted.items()})
    return found


def choose_signals(sentences: Sequence[Mapping[str, float]]) -> list[Signalled]:
    """Choose the sentences that bear a signal, and which: each by its own likelihood, whatever a gap would need.

    Args:
        sentences: The probability of each signal, and of none, in each sentence.

    Returns:
        In order of the sentences.
    """
    best = [_best(one) for one in sentences]
    found = [Signalled(i, signal, sentences[i][signal]) for i, signal in enumerate(best) if signal != NOTHING]
    return sorted(sorted(found, key=lambda one: -one.confidence)[:_MOST])


def _best(one: Mapping[str, float]) -> str:
    return max(one, key=lambda signal: (one[signal], signal))
