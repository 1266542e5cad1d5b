"""The whole mirror of one reading of a conversation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from coach.domain import GroundedMove, MoveBalance, Practice, Rewritten
from coach.judgement.mirror.practice import practise
from coach.judgement.mirror.rewriting import rewrite
from coach.rubrics import ManagerMoves


class Around(NamedTuple):
    """What of the conversation is known beside the moves."""

    manager_words: int
    other_words: int
    named: Mapping[int, str]
    """Of a move, the customer's person that it is about."""
    known: frozenset[str]
    """Its words, in lower case."""


class Reflected(NamedTuple):
    """What the rules conclude."""

    balance: MoveBalance
    rewrites: tuple[Rewritten, ...]
    practice: Practice


def reflect(
    moves: Sequence[GroundedMove], around: Around, offered: Mapping[int, str], rubric: ManagerMoves
) -> Reflected:
    """Conclude from a manager's moves how the conversation went.

    Args:
        moves: The grounded moves, in order.
        around: What else is known.
        offered: Of a move, what a reader says that a leader would have asked.
        rubric: Wordings.
    """
    counts = Counter(one.move for one in moves)
    balance = MoveBalance.of(counts, manager_words=around.manager_words, other_words=around.other_words)
    return Reflected(
        balance=balance,
        rewrites=rewrite(moves, around.named, offered, around.known, rubric),
        practice=practise(moves, balance, rubric),
    )
