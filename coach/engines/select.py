"""An engine that another one stands in for: what was submitted is read, come what may of a provider."""

from __future__ import annotations

from coach.domain import DealNote, Notice
from coach.engines.base import DealReading, Engine, Request
from coach.errors import EngineError


class WithFallback:
    """Keeps the protocol of `coach.engines.base.Engine`: the first engine reads, and the second where it cannot."""

    def __init__(self, first: Engine, second: Engine) -> None:
        self._first = first
        self._second = second

    @property
    def name(self) -> str:
        """The first engine's."""
        return self._first.name

    @property
    def version(self) -> str:
        """The first engine's."""
        return self._first.version

    def request(self) -> Request:
        """What the first engine would ask."""
        return self._first.request()

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

    async def read_deal(self, note: DealNote) -> DealReading:
        """Read the statements of a deal note; where the second engine did, that is marked `degraded`, with the reason.

        Raises:
            ArtefactError: the embedded engine's model file is missing or damaged.
        """
        try:
            return await self._first.read_deal(note)
        except EngineError as error:
            reading = await self._second.read_deal(note)
            text = f"The embedded engine read this note, because {error.detail} ({error.code})."
            return reading.model_copy(update={"notices": (Notice(code="degraded", text=text), *reading.notices)})
