"""What the engine reads, of each task: something to read, and a right answer to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import pytest

from coach.engines.base import DealReading, Engine, PacketReading, Reading, TalkReading, TaskName
from coach.engines.llm import Asked, LlmEngine, Patience, Reply
from coach.rubrics import Rubrics
from tests.engines.llm import scripted
from tests.engines.llm.packets import made as packets
from tests.engines.llm.scripted import MODEL, Script, ScriptedClient
from tests.engines.llm.talks import made as talks

ONCE = Asked(patience=Patience(attempts=1))


class OfTask(NamedTuple):
    """A task, something to read, and a right answer."""

    task: TaskName
    given: Any
    right: Reply
    reads: type[Reading]

    def by(self, engine: Engine) -> Awaitable[Any]:
        read: dict[TaskName, Callable[[Any], Awaitable[Any]]] = {
            "deal": engine.read_deal,
            "rep": engine.read_packet,
            "talk": engine.read_talk,
        }
        return read[self.task](self.given)


DEAL = OfTask("deal", scripted.deal_note(), scripted.reply(scripted.seller(scripted.CALLED)), DealReading)
REP = OfTask(
    "rep",
    packets.PACKET,
    packets.reply(packets.signal(packets.UNDONE), findings=[packets.finding()]),
    PacketReading,
)
TALK = OfTask(
    "talk",
    talks.TALK,
    talks.reply(talks.move(talks.RING, "takeover"), rewrites=[talks.rewrite(talks.RING)]),
    TalkReading,
)
each_task = pytest.mark.parametrize("one", [REP, TALK], ids=lambda one: one.task)


def engine_of(rubrics: Rubrics, *replies: object, asked: Asked = ONCE, **others: Any) -> LlmEngine:
    return LlmEngine(rubrics, [MODEL], ScriptedClient(one=Script(replies)), asked=asked, **others)
