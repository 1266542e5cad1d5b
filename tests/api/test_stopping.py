"""How long a request may go on, and how long once the service is being stopped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from coach.api.stopping import Stopping
from coach.errors import Overloaded, TimedOut


async def _three() -> AsyncIterator[int]:
    for number in range(3):
        yield number


async def test_all_that_comes_is_passed_on() -> None:
    assert [0, 1, 2] == [one async for one in Stopping(30).each(_three())]


async def test_what_fails_fails_as_it_did() -> None:
    async def failing() -> AsyncIterator[int]:
        yield 0
        raise TimeoutError

    with pytest.raises(TimeoutError):
        [one async for one in Stopping(30).each(failing())]


async def test_its_own_time_ends_it_unless_the_service_ends_first() -> None:
    stopping = Stopping(shutdown_s=0.05)
    with pytest.raises(TimedOut):
        async with stopping.limit(0.01):
            await asyncio.Event().wait()
    stopping.begin()
    with pytest.raises(Overloaded):
        async with stopping.limit(60):
            await asyncio.Event().wait()


async def test_to_be_told_to_stop_again_gives_no_more_time() -> None:
    stopping = Stopping(shutdown_s=0.05)
    stopping.begin()
    await asyncio.sleep(0.06)
    stopping.begin()
    with pytest.raises(Overloaded):
        async with stopping.limit():
            await asyncio.Event().wait()


async def test_what_ends_in_time_is_left_to_end() -> None:
    stopping = Stopping(shutdown_s=30)
    stopping.begin()
    assert [0, 1, 2] == [one async for one in stopping.each(_three())]
