"""An engine that another one stands in for."""

from __future__ import annotations

import asyncio

import pytest

from coach.domain import Conversation, DealNote, Kind, Label, Notice, RepPacket
from coach.engines.base import DealReading, Engine, PacketReading, Request, TalkReading, TaskName
from coach.engines.select import WithFallback
from coach.errors import ArtefactError, EngineError, OverBudget, RateLimited
from tests.engines.llm.scripted import deal_note

NOTE = deal_note()


class Made:
    """An engine that gives what it was made with."""

    def __init__(self, name: str, error: BaseException | None = None, *notices: Notice) -> None:
        self.name = name
        self.read = 0
        self.done: list[str] = []
        self._error = error
        self._notices = notices

    def version_of(self, task: TaskName = "deal") -> str:
        return f"{task} 7"

    def request(self, task: TaskName = "deal") -> Request:
        del task
        return Request(model=f"model of {self.name}")

    async def read_packet(self, packet: RepPacket) -> PacketReading:
        del packet
        if self._error is not None:
            raise self._error
        return PacketReading(engine=self.name, engine_version="7", signals=(), notices=self._notices)

    async def read_talk(self, talk: Conversation) -> TalkReading:
        del talk
        if self._error is not None:
            raise self._error
        return TalkReading(engine=self.name, engine_version="7", moves=(), notices=self._notices)

    async def read_deal(self, note: DealNote) -> DealReading:
        del note
        self.read += 1
        if self._error is not None:
            raise self._error
        label = Label(start=0, end=5, kind=Kind.SELLER_ACTION)
        return DealReading(engine=self.name, engine_version="7", labels=(label,), notices=self._notices)

    def warm_up(self) -> None:
        self.done.append("loaded")

    async def close(self) -> None:
        self.done.append("closed")


async def test_where_the_first_engine_reads_the_second_is_not_asked() -> None:
    second = Made("local")
    engine: Engine = WithFallback(Made("llm"), second)
    reading = await engine.read_deal(NOTE)
    assert ("llm", (), 0) == (reading.engine, reading.notices, second.read)
    assert ("llm", "deal 7", "model of llm") == (engine.name, engine.version_of(), engine.request().model)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (EngineError("made/one is away; spare/two is away"), "made/one is away; spare/two is away (engine_failed)."),
        (RateLimited("made/one is asked too often", 7), "made/one is asked too often (rate_limited)."),
        (OverBudget("the day has no room"), "the day has no room (over_budget)."),
    ],
)
async def test_where_it_cannot_the_second_does_marked_with_the_reason(error: EngineError, reason: str) -> None:
    own = Notice(code="not_english", text="x")
    reading = await WithFallback(Made("llm", error), Made("local", None, own)).read_deal(NOTE)
    degraded = Notice(code="degraded", text=f"The embedded engine read this text, because {reason}")
    assert ("local", (degraded, own), 1) == (reading.engine, reading.notices, len(reading.labels))


async def test_a_damaged_model_file_is_told() -> None:
    with pytest.raises(ArtefactError, match="damaged"):
        await WithFallback(Made("llm", EngineError("away")), Made("local", ArtefactError("damaged"))).read_deal(NOTE)


@pytest.mark.parametrize("error", [asyncio.CancelledError(), ArtefactError("damaged"), ZeroDivisionError()])
async def test_what_is_no_failure_of_a_provider_passes(error: BaseException) -> None:
    second = Made("local")
    with pytest.raises(type(error)):
        await WithFallback(Made("llm", error), second).read_deal(NOTE)
    assert 0 == second.read


async def test_both_are_loaded_ahead_and_the_first_is_closed() -> None:
    first, second = Made("llm"), Made("local")
    engine = WithFallback(first, second)
    engine.warm_up()
    await engine.close()
    assert (["loaded", "closed"], ["loaded"]) == (first.done, second.done)
