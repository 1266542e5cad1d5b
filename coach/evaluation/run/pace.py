"""How many cases are asked at once: as many as allowed, fewer while a provider says that it is too many.

Additive increase, multiplicative decrease (Chiu and Jain 1989): a refusal halves the limit and makes everybody wait,
an answer gives a little back.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from coach.errors import RateLimited

Reply = TypeVar("Reply")

_TRIES = 6
"""How often a question is put that is refused each time; the waits between grow to about a minute in all."""

_FIRST_WAIT_S = 1.0
_LONGEST_WAIT_S = 60.0
_LEAST_WAIT_S = 0.05
"""Where the provider names no time at all, or nought; doubled by each refusal."""
_PATIENCE_S = 300.0
"""A provider that wants us to wait for longer has failed, as far as a run is concerned."""


class Pace:
    """Shared by everybody who asks."""

    def __init__(self, most: int) -> None:
        """Allow `most` cases in flight."""
        self._most = most
        self._limit = float(most)
        self._in_flight = 0
        self._refused_in_a_row = 0
        self._resume_at = 0.0
        self._freed = asyncio.Event()

    @property
    def limit(self) -> int:
        """How many may be in flight now."""
        return int(self._limit)

    async def ask(self, question: Callable[[], Awaitable[Reply]], timeout_s: float) -> Reply:
        """Put a question when it is its turn, and again, after a wait, where it is refused.

        Args:
            question: Puts it once.
            timeout_s: How long one reply may take, in seconds; waiting for a turn does not count.

        Raises:
            TimeoutError: no reply within that time.
            RateLimited: refused each time.
        """
        refusals = 0
        while True:
            try:
                async with self.slot(), asyncio.timeout(timeout_s):
                    reply = await question()
            except RateLimited as error:
                refusals += 1
                if refusals == _TRIES or (error.retry_after_s or 0) > _PATIENCE_S:
                    raise
                self.refused(error.retry_after_s)
            else:
                self.answered()
                return reply

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Wait for a turn, and hold it."""
        await self._turn()
        self._in_flight += 1
        try:
            yield
        finally:
            self._in_flight -= 1
            self._freed.set()

    async def _turn(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            wait_s = self._resume_at - loop.time()
            if wait_s > 0:
                await asyncio.sleep(wait_s)
            elif self._in_flight >= self.limit:
                self._freed.clear()
                await self._freed.wait()
            else:
                return

    def refused(self, retry_after_s: float | None) -> None:
        """Slow down: halve the limit, and let nobody ask before the provider's own time, or an exponential one."""
        now = asyncio.get_running_loop().time()
        if now >= self._resume_at:  # those that were in flight together are one refusal, not many
            self._limit = max(1.0, self._limit / 2)
            self._refused_in_a_row += 1
        doubled = 2 ** (self._refused_in_a_row - 1)
        if retry_after_s is None:
            wait_s = min(_LONGEST_WAIT_S, _FIRST_WAIT_S * doubled)
            wait_s *= 1 + random.random() / 4  # noqa: S311  spreads callers, guards nothing
        else:
            wait_s = max(retry_after_s, _LEAST_WAIT_S * doubled)
        self._resume_at = max(self._resume_at, now + wait_s)

    def answered(self) -> None:
        """Speed up a little."""
        self._refused_in_a_row = 0
        self._limit = min(float(self._most), self._limit + 1 / self._limit)
