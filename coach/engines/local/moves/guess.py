"""What a sentence would be by rules alone, from the cues in it and what stands before it. Pure.

Rule: the guess is one feature among many; training says how far it holds.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from coach.domain import Move


def guess(cues: Collection[str], people: Sequence[str], *, asked: bool, words: int) -> Move | None:
    """The most likely move, or None for none.

    Args:
        cues: Turns of phrase found in the sentence.
        people: Who is spoken of: `you`, `we`, `i`, `they`, `it`.
        asked: Whether it asks.
        words: How many words it has.
    """
    has = cues.__contains__
    return _question(has, people, words) if asked else _statement(has, people, words)


def _question(has, people: Sequence[str], words: int) -> Move | None:
    first = people[0] if people else "-"
    if has("greeting") and not has("activity"):
        return None
    if has("whose_number") or (has("hand_over") and "i" in people):
        return Move.TAKEOVER
    if has("when_you") or (has("agreed") and has("soon")):
        return Move.ACCOUNTABILITY
    if has("i_help") and has("for_you"):
        return Move.SUPPORT
    if has("third_does") or has("you_third") or has("tell_me_about"):
        return Move.BUYER_QUESTION
    if has("would_you") or has("are_you_going") or has("leave_you"):
        return Move.COACHING_QUESTION
    if has("aux_third") and not has("activity"):
        return Move.BUYER_QUESTION
    if has("activity") or has("still") or has("status_of"):
        return Move.SELLER_QUESTION
    if has("reflect"):
        return Move.COACHING_QUESTION
    if has("theirs") or first == "they":
        return Move.BUYER_QUESTION
    if first in {"you", "we"} or words <= 3:
        return Move.SELLER_QUESTION
    return Move.BUYER_QUESTION if has("wh") else None


def _statement(has, people: Sequence[str], words: int) -> Move | None:
    if (has("i_help") and has("for_you")) or has("i_spare"):
        return Move.SUPPORT
    if has("report_start") and not has("hand_over"):
        return Move.ACCOUNTABILITY
    if has("let_me") or has("i_contacted") or has("hand_over") or has("mine") or has("contact_bare"):
        return Move.TAKEOVER
    if has("i_will_contact") or has("i_am_contacting") or has("i_contact_third"):
        return Move.TAKEOVER
    if (has("agreed") and (has("soon") or has("by_time"))) or has("time_only") or (has("do_it") and has("soon")):
        return Move.ACCOUNTABILITY
    if has("be_more") or has("rating") or (has("character") and (has("you_are") or has("you_have") or has("he_is_a"))):
        return Move.JUDGEMENT
    if has("you_are_a") or has("he_would_have") or has("that_is_you"):
        return Move.JUDGEMENT
    if has("reassure"):
        return None
    if has("keep_that") or has("right") or has("than") or has("did_it") or (has("i_like") and not has("imperative")):
        return Move.SUPPORT
    if any(has(one) for one in ("imperative", "negative", "should", "should_have", "you_do", "need_from_you", "do_it", "let_third", "you_do_not")):
        return Move.TELL
    if has("praise") and has("praise_that"):
        return Move.SUPPORT
    if has("character"):
        return Move.JUDGEMENT
    if "you" in people and has("you_did"):
        return Move.SUPPORT
    return Move.TELL if has("i_would") or has("has_to") else None
