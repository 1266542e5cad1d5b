"""What a manager's conversation shows of asking and telling: codebook, section 5, and `coach.manager_review/1`."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from coach.domain.base import Frozen
from coach.domain.move import Move, MoveLabel
from coach.domain.review import Notice, Provenance


class GroundedMove(MoveLabel):
    """A grounded move: its words, verbatim."""

    quote: str = Field(min_length=1)
    """The transcript's own words: exactly `transcript[start:end]`."""


class MoveBalance(Frozen):
    """How a manager's moves are made up; numbers of moves, and no score."""

    asked: int = Field(ge=0)
    """Questions about the customer, about us, and coaching questions."""
    told: int = Field(ge=0)
    """Telling, taking over and judging."""
    buyer_questions: int = Field(ge=0)
    seller_questions: int = Field(ge=0)
    coaching_questions: int = Field(ge=0)
    tells: int = Field(ge=0)
    takeovers: int = Field(ge=0)
    judgements: int = Field(ge=0)
    supports: int = Field(ge=0)
    accountabilities: int = Field(ge=0)
    manager_words: int = Field(ge=0)
    """How many words the manager says."""
    other_words: int = Field(ge=0)

    @classmethod
    def of(cls, moves: dict[Move, int], *, manager_words: int, other_words: int) -> MoveBalance:
        """Count a balance from numbers of moves."""
        questions = {name: moves.get(name, 0) for name in Move}
        return cls(
            asked=questions[Move.BUYER_QUESTION] + questions[Move.SELLER_QUESTION] + questions[Move.COACHING_QUESTION],
            told=questions[Move.TELL] + questions[Move.TAKEOVER] + questions[Move.JUDGEMENT],
            buyer_questions=questions[Move.BUYER_QUESTION],
            seller_questions=questions[Move.SELLER_QUESTION],
            coaching_questions=questions[Move.COACHING_QUESTION],
            tells=questions[Move.TELL],
            takeovers=questions[Move.TAKEOVER],
            judgements=questions[Move.JUDGEMENT],
            supports=questions[Move.SUPPORT],
            accountabilities=questions[Move.ACCOUNTABILITY],
            manager_words=manager_words,
            other_words=other_words,
        )


class Rewritten(Frozen):
    """A telling move, and what a leader would have asked instead."""

    move: int = Field(ge=0)
    """Index of the move."""
    ask: str


class Practice(Frozen):
    """The one thing to practise next time."""

    title: str
    why: str
    do: str
    because: tuple[int, ...] = ()
    """Indexes of moves."""


class Point(Frozen):
    """An earlier conversation of the same manager's."""

    id: str
    held_on: date
    engine: str
    """Which engine read it: two engines do not count alike."""
    balance: MoveBalance


class ManagerReview(Frozen):
    """A conversation, read and judged."""

    schema_: Literal["coach.manager_review/1"] = Field(default="coach.manager_review/1", alias="schema")
    id: str
    manager: str
    """Who the manager is, as the transcript calls them."""
    found_by: str
    """How that was found: `named`, `by elimination`, …"""
    rep: str | None = None
    held_on: date
    moves: tuple[GroundedMove, ...]
    balance: MoveBalance
    rewrites: tuple[Rewritten, ...] = Field(max_length=3)
    practice: Practice
    trend: tuple[Point, ...] = ()
    """Stored reviews of the same manager's up to this day, the oldest first; of this conversation none is among them.
    They are no part of what the id stands for."""
    notices: tuple[Notice, ...] = ()
    provenance: Provenance
