"""Hand-made moves and a way to reflect them."""

from __future__ import annotations

from collections.abc import Mapping

from coach.domain import GroundedMove, Move
from coach.judgement.mirror import Around, Reflected, reflect
from coach.rubrics import load

RUBRIC = load("manager_moves")
_TALK = "the crane hire quote did mr pell go out on 14 may with two crews what has he done"
KNOWN = frozenset(_TALK.split())
"""Words of a conversation."""
SHORT = {
    "buyer?": Move.BUYER_QUESTION,
    "ours?": Move.SELLER_QUESTION,
    "coach?": Move.COACHING_QUESTION,
    "tell": Move.TELL,
    "take": Move.TAKEOVER,
    "judge": Move.JUDGEMENT,
    "support": Move.SUPPORT,
    "agree": Move.ACCOUNTABILITY,
}


def moves(said: str) -> tuple[GroundedMove, ...]:
    """Moves in short: `moves("ours? tell tell")`."""
    return tuple(GroundedMove(start=at, end=at + 1, move=SHORT[one], quote="x") for at, one in enumerate(said.split()))


def mirrored(
    said: str,
    *,
    offered: Mapping[int, str] | None = None,
    named: Mapping[int, str] | None = None,
    known: frozenset[str] = KNOWN,
) -> Reflected:
    """What the rules make of moves."""
    around = Around(manager_words=70, other_words=30, named=named or {}, known=known)
    return reflect(moves(said), around, offered or {}, RUBRIC)
