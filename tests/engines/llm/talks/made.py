"""A conversation, and what a model may say of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from coach.domain import Conversation, Move
from coach.engines.base import TalkReading
from coach.engines.llm import Reply
from coach.engines.llm.reading import Ask, Reader
from coach.engines.llm.talks.task import TalkTask
from tests.engines.llm.scripted import said

SENT, WHY, PLAN = "Did the quote go out?", "Why does he want two crews?", "What do you want to do about it?"
SHY, RING = "Just don't be so shy", "I'll ring him myself"
ECHOED = "Send it on Monday"

TALK = Conversation(
    setting="pipeline call",
    manager="Ruth",
    rep="Anand",
    transcript=(
        f"Ruth: {SENT}\nAnand: {ECHOED}, you said.\nRuth: {WHY}\nAnand: His site is closed on Sundays.\n"
        f"Ruth: {PLAN} {SHY}. {ECHOED}. {RING}."
    ),
)
"""`ECHOED` stands in it twice: the rep's words first."""

ROOMY = 4096
MADE = {"engine": "llm", "engine_version": "1"}


def move(quote: object, move: object = "tell") -> dict[str, object]:
    return {"quote": quote, "move": move}


def rewrite(quote: object, instead: object = "What does he need to see?") -> dict[str, object]:
    return {"quote": quote, "instead": instead}


def answer(*moves: object, rewrites: object = (), suspected: Sequence[object] = (), **other: object) -> str:
    """An answer; a model may say anything where rewrites belong."""
    return json.dumps({"moves": list(moves), "rewrites": rewrites, "suspected": list(suspected)} | other)


def reply(*moves: object, rewrites: object = (), suspected: Sequence[object] = (), **other: Any) -> Reply:
    return said(answer(*moves, rewrites=rewrites, suspected=suspected), **other)


async def read(task: TalkTask, ask: Ask, talk: Conversation = TALK, max_tokens: int = ROOMY) -> TalkReading:
    """What a model's answers to a conversation come to."""
    found = await Reader(task, max_tokens, 0).read(talk, ask)
    return task.reading(talk, found, MADE | {"dropped": found.dropped, "notices": found.notices})


def moves(reading: TalkReading, talk: Conversation = TALK) -> list[tuple[str, Move]]:
    """Of each move its words and what it is."""
    return [(talk.transcript[one.start : one.end], one.move) for one in reading.moves]


def rewritten(reading: TalkReading, talk: Conversation = TALK) -> list[tuple[str, str]]:
    """Of each rewrite the words that it stands for, and its own."""
    return [(talk.transcript[one.start : one.end], one.ask) for one in reading.rewrites]
