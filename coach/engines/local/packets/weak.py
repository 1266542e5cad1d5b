"""Guesses what a sentence of a training packet shows, where nobody marked it: by its cues, and by the key quotes."""

from __future__ import annotations

from coach.domain import Gap
from coach.engines.local.packets.features import NOTHING
from coach.engines.local.packets.pages import Sentence

_SIGNAL_OF = {
    "rule_changed": "obstacle",
    "blocked": "obstacle",
    "shown_before": "shown_before",
    "able_now": "shown_before",
    "avoided": "avoided",
    "undone": "undone",
    "no_motive": "no_reason",
    "dread": "dread",
    "never_shown": "never_shown",
    "new_to_it": "new_to_it",
    "asked_for_help": "asked_for_help",
    "no_idea": "never_shown",
    "tried": "tried_and_failed",
    "confident": "unaware",
    "done_wrong": "done_wrong",
    "to_standard": "to_standard",
    "ratings_only": "result",
    "label": "label",
    "personnel": "personnel",
    "self_low": "self_view",
    "self_high": "self_view",
}
_OF_GAP = {
    Gap.SKILL: (
        "done_wrong",
        frozenset({"done_wrong", "tried_and_failed", "never_shown", "new_to_it", "asked_for_help", "unaware"}),
    ),
    Gap.WILL: ("avoided", frozenset({"shown_before", "avoided", "undone", "no_reason", "dread"})),
    Gap.BOTH: ("avoided", frozenset({"avoided", "done_wrong", "never_shown", "tried_and_failed"})),
    Gap.ENVIRONMENT: ("obstacle", frozenset({"obstacle", "to_standard", "shown_before"})),
    Gap.NONE: ("to_standard", frozenset({"to_standard", "self_view"})),
    Gap.INSUFFICIENT_EVIDENCE: ("result", frozenset({"result", "label", "self_view"})),
}
"""What a key quote shows where no cue says, and what else it may show."""


def weak_signal(sentence: Sentence, gap: Gap, *, is_key: bool, is_label: bool) -> str:
    """Guess the signal of a sentence; most have none.

    Args:
        sentence: Of a training packet.
        gap: The packet's.
        is_key: Whether a key quote lies in it.
        is_label: Whether a label without behaviour lies in it.
    """
    if is_label and not is_key:
        return "label"
    if not is_key:
        return NOTHING
    usual, allowed = _OF_GAP[gap]
    votes: dict[str, int] = {}
    for sign, count in sentence.signs.items():
        signal = _SIGNAL_OF.get(sign)
        if signal in allowed:
            votes[signal] = votes.get(signal, 0) + count
    return max(votes, key=lambda one: (votes[one], one)) if votes else usual
