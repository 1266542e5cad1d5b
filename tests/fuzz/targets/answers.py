"""What a model answers: its form, and all that comes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from functools import cache
from random import Random
from typing import Any, NamedTuple

from coach.domain import Conversation, DealNote, RepPacket
from coach.engines.base import TaskName
from coach.engines.llm import Call, LlmEngine, Reply
from coach.engines.llm.deals.wire import FORM as STATEMENTS
from coach.engines.llm.form import Form
from coach.engines.llm.packets.wire import form, impressions_of
from coach.engines.llm.talks.wire import FORM as MOVES
from coach.engines.llm.talks.wire import rewrites_of
from coach.settings import Settings
from coach.wiring import Coach, build
from tests.fuzz import seeds
from tests.fuzz.mutation import Mutator
from tests.fuzz.oracle import Target

_DAY = date(2026, 3, 3)
_FORMS: tuple[Form[Any], ...] = (STATEMENTS, form(frozenset({"done_wrong", "undone"})), MOVES)


def _answer(random: Random) -> bytes:
    return Mutator(random).one_of(seeds.ANSWERS)


def _read_form(raw: bytes) -> None:
    text = raw.decode("utf-8", "replace")
    for one in _FORMS:
        answer = one.read(text)
        if answer is not None:
            impressions_of(answer.besides)
            list(rewrites_of(answer.besides))


class _Judged(NamedTuple):
    task: TaskName
    given: Any
    judge: Callable[[Any], object]


@cache
def _coach() -> Coach:
    return build(Settings(_env_file=None, engine="llm", model="openai/any-name", encoder=False), measured=True)


@cache
def _tasks() -> tuple[_Judged, ...]:
    coach = _coach()
    note = DealNote(written_on=_DAY, note=seeds.NOTES[0].decode() + " They love us.")
    packet = RepPacket.model_validate(seeds.PACKET)
    talk = Conversation(manager="Ruth", transcript=seeds.TALKS[0].decode())
    return (
        _Judged("deal", note, lambda reading: coach.review_reading(note, reading)),
        _Judged("rep", packet, lambda reading: coach.diagnose_reading(packet, reading, _DAY)),
        _Judged("talk", talk, lambda reading: coach.review_talk_reading(talk, reading, _DAY)),
    )


_SEEN: dict[TaskName, Callable[[Coach, Any], Any]] = {
    "deal": Coach.seen,
    "rep": Coach.seen_packet,
    "talk": Coach.seen_talk,
}


@cache
def _loop() -> asyncio.AbstractEventLoop:
    return asyncio.new_event_loop()


def close() -> None:
    """Close what was opened."""
    if _loop.cache_info().currsize:
        _loop().run_until_complete(_coach().close())
        _loop().close()
        _loop.cache_clear()
        _coach.cache_clear()


def _judge(raw: bytes) -> None:
    text = raw.decode("utf-8", "replace")
    engine = _coach().engine
    assert isinstance(engine, LlmEngine)
    task, given, judge = _tasks()[len(raw) % 3]

    async def ask(_: Call) -> Reply:
        return Reply(text=text, truncated=len(text) % 5 == 0)

    reading = _loop().run_until_complete(engine.read_by(task, _SEEN[task](_coach(), given), ask))
    judge(reading)


TARGETS = (
    Target("answer.form", 90, _answer, _read_form),
    Target("answer.judged", 20, _answer, _judge),
)
