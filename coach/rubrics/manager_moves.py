"""The rubric by which a manager's conversations are read, `rubrics/manager_moves/`: its type, and what must hold."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from pydantic import Field

from coach.domain import Move
from coach.domain.base import Frozen
from coach.rubrics.forbidden import is_forbidden
from coach.rubrics.model import Name, Rubric, Words
from coach.rubrics.problem import Problem, once, repeats, wording
from coach.rubrics.slots import slots

REWRITTEN = (Move.JUDGEMENT, Move.TAKEOVER, Move.SELLER_QUESTION, Move.TELL)
"""The moves that a leader would have put as a question, the most telling first."""
SLOTS = frozenset({"who"})
PROMPT_SLOTS = {
    "system": frozenset({"moves", "rules", "move_ids", "examples"}),
    "user": frozenset({"setting", "manager", "rep", "boundary", "note"}),
    "repair": frozenset({"move_ids", "wrong", "boundary", "note"}),
}


class Habit(StrEnum):
    """What stands out in a conversation; judgement finds it, and the rubric has words for every one."""

    JUDGEMENT = "judgement"
    TAKEOVER = "takeover"
    SELLER_QUESTIONS = "seller_questions"
    NO_QUESTIONS = "no_questions"
    TELLING = "telling"
    NO_ACCOUNTABILITY = "no_accountability"
    NO_COACHING = "no_coaching"
    LITTLE = "little"
    KEEP = "keep"


class MoveRule(Frozen):
    """One kind of move: what it is, and examples of it."""

    id: Move
    title: Words
    is_: Words = Field(alias="is")
    examples: tuple[Words, ...] = Field(min_length=1)


class PracticeText(Frozen):
    """What to practise where a habit stands out."""

    id: Habit
    title: Words
    why: Words
    do: Words


class RewriteText(Frozen):
    """What a leader would have asked instead of a move."""

    move: Move
    ask: Words


class ExampleMove(Frozen):
    """A move of an example; `quote` is verbatim in its transcript."""

    quote: Words
    move: Move


class ExampleRewrite(Frozen):
    """What a leader would have asked instead."""

    quote: Words
    instead: Words


class TalkExample(Frozen):
    """A short conversation with its moves."""

    id: Name
    setting: Words
    manager: Words
    rep: Words
    transcript: Words
    moves: tuple[ExampleMove, ...] = Field(min_length=1)
    rewrites: tuple[ExampleRewrite, ...] = ()


class ManagerMoves(Rubric):
    """The rubric by which a manager's conversations are read."""

    moves: tuple[MoveRule, ...]
    rules: tuple[Words, ...] = Field(min_length=1)
    focuses: tuple[PracticeText, ...]
    rewrites: tuple[RewriteText, ...]
    examples: tuple[TalkExample, ...] = Field(min_length=1)


def incoherences(rubric: ManagerMoves) -> Iterator[Problem]:
    """Everything in the rubric that does not fit together."""
    yield from once("moves", [one.id for one in rubric.moves], Move)
    yield from once("focuses", [one.id for one in rubric.focuses], Habit)
    for at, rewrite in enumerate(rubric.rewrites):
        path = f"rewrites.{at}.ask"
        yield from wording(path, rewrite.ask, SLOTS)
        if rewrite.move not in REWRITTEN:
            yield Problem("rubric.yaml", f"rewrites.{at}.move", f"{rewrite.move} is never put as another question")
        if is_forbidden(rewrite.ask):
            yield Problem("rubric.yaml", path, "asks about our forecast or activity, or is a stock question")
    for move in REWRITTEN:
        if not any(one.move is move and not slots(one.ask) for one in rubric.rewrites):
            yield Problem("rubric.yaml", "rewrites", f"{move} has no question without slots")
    yield from repeats("examples.yaml", "", [one.id for one in rubric.examples])
    for at, example in enumerate(rubric.examples):
        for field in ("moves", "rewrites"):
            for number, one in enumerate(getattr(example, field)):
                if one.quote not in example.transcript:
                    message = "does not stand in the transcript word for word"
                    yield Problem("examples.yaml", f"{at}.{field}.{number}.quote", message)
