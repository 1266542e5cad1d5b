"""The one thing to practise next time: the gravest habit that a conversation shows. The wording is the rubric's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from coach.domain import GroundedMove, Move, MoveBalance, Practice
from coach.rubrics import ManagerMoves
from coach.rubrics.manager_moves import Habit

_SEVERAL = 2
_ENOUGH = 4
"""Moves that a conversation must have before it is said what it lacks."""


_TAKEOVERS = frozenset({Move.TAKEOVER})


class _Sign(NamedTuple):
    habit: Habit
    holds: Callable[[MoveBalance], bool]
    moves: frozenset[Move]
    """The moves that show it."""


_SIGNS = (
    _Sign(Habit.JUDGEMENT, lambda one: one.judgements > 0, frozenset({Move.JUDGEMENT})),
    _Sign(Habit.TAKEOVER, lambda one: one.takeovers >= _SEVERAL, _TAKEOVERS),
    _Sign(
        Habit.SELLER_QUESTIONS,
        lambda one: one.seller_questions >= _SEVERAL and one.seller_questions > one.buyer_questions,
        frozenset({Move.SELLER_QUESTION}),
    ),
    _Sign(Habit.TAKEOVER, lambda one: one.takeovers > 0 and one.takeovers >= one.coaching_questions, _TAKEOVERS),
    _Sign(Habit.NO_QUESTIONS, lambda one: not one.asked and _moves(one) >= _ENOUGH, frozenset()),
    _Sign(Habit.TELLING, lambda one: one.told >= _SEVERAL and one.told > one.asked, frozenset({Move.TELL})),
    _Sign(Habit.NO_COACHING, lambda one: _moves(one) >= _ENOUGH and not one.coaching_questions, frozenset()),
    _Sign(Habit.NO_ACCOUNTABILITY, lambda one: _moves(one) >= _ENOUGH and not one.accountabilities, frozenset()),
    _Sign(Habit.LITTLE, lambda one: _moves(one) < _ENOUGH, frozenset()),
    # Outweighed, and yet: what was taken over was not left in the rep's hands.
    _Sign(Habit.TAKEOVER, lambda one: one.takeovers > 0, _TAKEOVERS),
)
"""What stands out, the gravest first."""


def practise(moves: Sequence[GroundedMove], balance: MoveBalance, rubric: ManagerMoves) -> Practice:
    """What to practise next time, and the moves that show why."""
    texts = {one.id: one for one in rubric.focuses}
    sign = next((one for one in _SIGNS if one.holds(balance)), _Sign(Habit.KEEP, bool, frozenset()))
    text = texts[sign.habit]
    because = tuple(index for index, one in enumerate(moves) if one.move in sign.moves)
    return Practice(title=text.title, why=text.why, do=text.do, because=because)


def _moves(balance: MoveBalance) -> int:
    return balance.asked + balance.told + balance.supports + balance.accountabilities
