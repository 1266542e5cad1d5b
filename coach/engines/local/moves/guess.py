"""What a sentence would be by rules alone, from the phrases in it. Pure.

Rule: the guess is one feature among many; training says how far it holds.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from coach.domain import Move

_SHORT = 3


class _Rule(NamedTuple):
    """The first rule that holds decides."""

    move: Move | None
    any_of: str
    """Phrases of which one must be there."""
    and_of: str = ""
    """Phrases of which one must be there too."""
    without: str = ""
    """Phrases that must not be there."""

    def holds(self, found: Collection[str]) -> bool:
        """Whether a sentence with these phrases falls under it."""
        return (
            any(one in found for one in self.any_of.split())
            and (not self.and_of or any(one in found for one in self.and_of.split()))
            and not any(one in found for one in self.without.split())
        )


_QUESTIONS = (
    _Rule(None, "greeting", without="activity"),
    _Rule(Move.TAKEOVER, "whose_number"),
    _Rule(Move.TAKEOVER, "hand_over", "@i"),
    _Rule(Move.ACCOUNTABILITY, "when_you"),
    _Rule(Move.ACCOUNTABILITY, "agreed", "soon"),
    _Rule(Move.SUPPORT, "i_help", "for_you"),
    _Rule(Move.SUPPORT, "i_spare"),
    _Rule(Move.BUYER_QUESTION, "third_does you_third tell_me_about"),
    _Rule(Move.SELLER_QUESTION, "did_you"),
    _Rule(Move.COACHING_QUESTION, "you_next", without="activity"),
    _Rule(Move.COACHING_QUESTION, "would_you are_you_going leave_you"),
    _Rule(Move.BUYER_QUESTION, "aux_third", without="activity"),
    _Rule(Move.SELLER_QUESTION, "activity still status_of"),
    _Rule(Move.COACHING_QUESTION, "reflect"),
    _Rule(Move.BUYER_QUESTION, "theirs first@they"),
    _Rule(Move.SELLER_QUESTION, "first@you first@we short"),
    _Rule(Move.BUYER_QUESTION, "wh"),
)
_STATEMENTS = (
    _Rule(Move.SUPPORT, "i_help", "for_you"),
    _Rule(Move.SUPPORT, "i_spare"),
    _Rule(Move.ACCOUNTABILITY, "report_start", without="hand_over"),
    _Rule(
        Move.TAKEOVER, "let_me i_contacted hand_over mine contact_bare i_will_contact i_am_contacting i_contact_third"
    ),
    _Rule(Move.ACCOUNTABILITY, "agreed", "soon by_time"),
    _Rule(Move.ACCOUNTABILITY, "time_only"),
    _Rule(Move.ACCOUNTABILITY, "do_it", "soon"),
    _Rule(Move.JUDGEMENT, "be_more rating you_are_a he_would_have that_is_you"),
    _Rule(Move.JUDGEMENT, "character", "you_are you_have he_is_a"),
    _Rule(None, "reassure"),
    _Rule(Move.SUPPORT, "keep_that right than did_it"),
    _Rule(Move.SUPPORT, "i_like", without="imperative"),
    _Rule(Move.TELL, "imperative negative should should_have you_do need_from_you do_it let_third you_do_not"),
    _Rule(Move.SUPPORT, "praise", "praise_that"),
    _Rule(Move.JUDGEMENT, "character"),
    _Rule(Move.SUPPORT, "you_did", "@you"),
    _Rule(Move.TELL, "i_would has_to"),
)


def guess(phrases: Collection[str], people: Sequence[str], *, asked: bool, words: int) -> Move | None:
    """The most likely move, or None for none.

    Args:
        phrases: Phrases found in the sentence.
        people: Who is spoken of: `you`, `we`, `i`, `they`, `it`.
        asked: Whether it asks.
        words: How many words it has.
    """
    found = {*phrases, *("@" + one for one in people)}
    if people:
        found.add("first@" + people[0])
    if words <= _SHORT:
        found.add("short")
    return next((rule.move for rule in (_QUESTIONS if asked else _STATEMENTS) if rule.holds(found)), None)
