"""How long a request may go on: its own time, and less where the service is being stopped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar

from coach.errors import Overloaded, TimedOut

STOPPING = "Coach is being stopped. Nothing was done; ask again in a few seconds."
_GIVEN_UP = "Coach is being stopped, and this would have taken longer; ask again in a few seconds."
_TOO_LONG = "This took longer than a request may, and was given up; COACH_REQUEST_TIMEOUT_S sets how long that is."
_SHARE = 0.9
"""Of the time that a service takes to stop: what is left is for the answers to go out."""
T = TypeVar("T")


class Stopping:
    """Whether the service is being stopped."""

    def __init__(self, shutdown_s: float) -> None:
        """Set how many seconds a service that is stopped takes for what it has begun."""
        self.begun = asyncio.Event()
        self._grace_s = shutdown_s * _SHARE
        self._ends_at = float("inf")
        self._limits: set[asyncio.Timeout] = set()

    def begin(self) -> None:
        """Send away what waits, and let what has begun go on for a while. In the event loop's own thread."""
        if self.begun.is_set():
            return
        self.begun.set()
        self._ends_at = asyncio.get_running_loop().time() + self._grace_s
        for limit in self._limits:
            self._shorten(limit)

    @asynccontextmanager
    async def limit(self, seconds: float | None = None) -> AsyncIterator[None]:
        """Give up what is done in it, if that takes longer than it may.

        Args:
            seconds: Its own time; None for any.

        Raises:
            Overloaded: the service is being stopped.
            TimedOut: the time was up.
        """
        try:
            async with asyncio.timeout(seconds) as limit:
                self._limits.add(limit)
                try:
                    self._shorten(limit)
                    yield
                finally:
                    self._limits.discard(limit)
        except TimeoutError:
            if not limit.expired():
                raise
            raise (Overloaded(_GIVEN_UP) if self.begun.is_set() else TimedOut(_TOO_LONG)) from None

    async def each(self, items: AsyncIterator[T]) -> AsyncIterator[T]:
        """Pass on what comes, until the service is being stopped.

        Raises:
            Overloaded: it is, and the next one did not come in time.
        """
        while True:
            try:
                async with self.limit():
                    item = await anext(items)
            except StopAsyncIteration:
                return
            yield item

    def _shorten(self, limit: asyncio.Timeout) -> None:
        ends_at = limit.when()
        if self._ends_at < (float("inf") if ends_at is None else ends_at):
            limit.reschedule(self._ends_at)
