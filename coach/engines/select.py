"""An engine that another one stands in for: what was submitted is read, come what may of a provider."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from coach.domain import Conversation, DealNote, Notice, RepPacket
from coach.domain.base import Frozen
from coach.engines.base import (
    DealReading,
    Engine,
    Kept,
    Outgoing,
    PacketReading,
    Reading,
    Request,
    TalkReading,
    TaskName,
)
from coach.errors import EngineError

_ReadingT = TypeVar("_ReadingT", bound=Reading)


class WithFallback:
    """Keeps the protocol of `coach.engines.base.Engine`: the first engine reads, and the second where it cannot."""

    def __init__(self, first: Engine, second: Engine) -> None:
        self._first = first
        self._second = second

    @property
    def name(self) -> str:
        """The first engine's."""
        return self._first.name

    def version_of(self, task: TaskName = "deal") -> str:
        """The first engine's."""
        return self._first.version_of(task)

    def request(self, task: TaskName = "deal") -> Request:
        """What the first engine would ask."""
        return self._first.request(task)

    def warm_up(self) -> None:
        """Load both."""
        for engine in (self._first, self._second):
            warm_up = getattr(engine, "warm_up", None)
            if warm_up is not None:
                warm_up()

    async def close(self) -> None:
        """Close what the first engine holds open."""
        close = getattr(self._first, "close", None)
        if close is not None:
            await close()

    @property
    def resting(self) -> tuple[str, ...]:
        """The providers of the first engine that are left alone for a while."""
        return tuple(getattr(self._first, "resting", ()))

    def outgoing(self, task: TaskName, given: Frozen) -> tuple[Outgoing, ...]:
        """What the first engine would put to a model; the second asks none."""
        outgoing = getattr(self._first, "outgoing", None)
        return () if outgoing is None else outgoing(task, given)

    def keeping(self, kept: Kept) -> WithFallback:
        """The same two, of which the first keeps what it buys elsewhere."""
        keeping = getattr(self._first, "keeping", None)
        return self if keeping is None else WithFallback(keeping(kept), self._second)

    async def read_deal(self, note: DealNote) -> DealReading:
        """Read the statements of a deal note; where the second engine did, that is marked `degraded`, with the reason.

        Raises:
            ArtefactError: the embedded engine's model file is missing or damaged.
        """
        return await self._either(lambda engine: engine.read_deal(note))

    async def read_packet(self, packet: RepPacket) -> PacketReading:
        """Read the signals of a rep's material, as `read_deal` reads a note."""
        return await self._either(lambda engine: engine.read_packet(packet))

    async def read_talk(self, talk: Conversation) -> TalkReading:
        """Read what the manager says in a conversation, as `read_deal` reads a note."""
        return await self._either(lambda engine: engine.read_talk(talk))

    async def _either(self, read: Callable[[Engine], Awaitable[_ReadingT]]) -> _ReadingT:
        try:
            return await read(self._first)
        except EngineError as error:
            reading = await read(self._second)
            text = f"The embedded engine read this text, because {error.detail} ({error.code})."
            notices = (Notice(code="degraded", text=text), *reading.notices)
            return reading.model_copy(update={"notices": notices, "sent": error.sent})
