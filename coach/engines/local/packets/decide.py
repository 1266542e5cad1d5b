"""From probabilities to a finding: the gap at least cost, whether to abstain, and the signals that it rests on. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from coach.domain import Gap
from coach.engines.local.packets.features import NOTHING

_HARSH = 2.5
"""What it costs to call a gap of skill one of will; every other error costs 1. The one is met with consequences, and the
other needs to be shown how."""

_SKILL = ("tried_and_failed", "done_wrong", "never_shown", "unaware", "new_to_it", "asked_for_help")
_WILL = ("avoided", "undone", "dread", "no_reason")
_NO_EVIDENCE = frozenset({"label", "result", "self_view", "personnel"})
_BARRED = {Gap.SKILL: frozenset({"shown_before"}), Gap.BOTH: frozenset({"shown_before"})}
"""Signals that a gap excludes by the codebook: who did it before under like conditions has no gap of skill."""
_NEEDED = {
    Gap.SKILL: (_SKILL,),
    Gap.WILL: ((*_WILL, "shown_before"), (*_WILL, "shown_before")),
    Gap.BOTH: (_SKILL, _WILL),
    Gap.ENVIRONMENT: (("obstacle",),),
    Gap.NONE: (("to_standard",),),
    Gap.INSUFFICIENT_EVIDENCE: (),
}
"""What a gap rests on at least, by the codebook: one signal out of each group."""
_LEAST = 0.5
"""Probability that a sentence says anything, above which it is a signal."""
_FEWEST, _LONGEST = 3, 12
"""How many signals a packet has at least, where it has the sentences, and at most."""


class Signalled(NamedTuple):
    """A sentence that bears a signal."""

    index: int
    signal: str
    confidence: float


def cheapest(gaps: Mapping[str, float]) -> Gap:
    """The gap whose error would cost least."""

    def cost(gap: str) -> float:
        harsh = (_HARSH - 1) * gaps.get(Gap.SKILL, 0.0) if gap == Gap.WILL else 0.0
        return 1 - gaps[gap] + harsh

    return Gap(min(gaps, key=cost))


def in_light_of(
    sentences: Sequence[Mapping[str, float]], lifts: Mapping[str, float]
) -> list[dict[str, float]]:
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


def choose_signals(sentences: Sequence[Mapping[str, float]], gap: Gap) -> list[Signalled]:
    """Choose the sentences that bear a signal, and which, so that a gap has what it needs.

    Args:
        sentences: The probability of each signal, and of none, in each sentence.
        gap: What they are to show.

    Returns:
        In order of the sentences.
    """
    allowed = [_allowed(one, gap) for one in sentences]
    saying = [1 - one.get(NOTHING, 0.0) for one in sentences]
    order = sorted((i for i, one in enumerate(allowed) if one), key=lambda i: (-saying[i], i))
    sure = sum(saying[i] >= _LEAST for i in order)
    chosen = {i: _best(allowed[i]) for i in order[: min(_LONGEST, max(_FEWEST, sure))]}
    taken: set[int] = set()
    for group in _NEEDED[gap]:
        held = next((i for i, signal in chosen.items() if signal in group and i not in taken), None)
        if held is None:
            held = _promote(chosen, allowed, group, taken)
        if held is not None:
            taken.add(held)
    return [Signalled(i, chosen[i], min(1.0, sentences[i][chosen[i]])) for i in sorted(chosen)]


def _promote(
    chosen: dict[int, str], allowed: Sequence[Mapping[str, float]], group: Sequence[str], taken: set[int]
) -> int | None:
    """Let the sentence that most likely bears a signal of the group bear it."""
    best = max(
        ((one[signal], -i, signal) for i, one in enumerate(allowed) if i not in taken for signal in group if signal in one),
        default=None,
    )
    if best is None:
        return None
    chosen[-best[1]] = best[2]
    return -best[1]


def _allowed(one: Mapping[str, float], gap: Gap) -> dict[str, float]:
    barred = _BARRED.get(gap, frozenset())
    return {
        signal: probability
        for signal, probability in one.items()
        if signal != NOTHING
        and signal not in barred
        and (gap is not Gap.INSUFFICIENT_EVIDENCE or signal in _NO_EVIDENCE)
    }


def _best(one: Mapping[str, float]) -> str:
    return max(one, key=lambda signal: (one[signal], signal))
