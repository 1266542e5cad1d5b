"""Work in other processes comes to what it would here, whatever becomes of them."""

from __future__ import annotations

import asyncio
import math
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest

from coach.domain import DealNote
from coach.errors import InvalidInput
from coach.service.deal_review import check_note
from coach.service.workers import Workers
from coach.settings import Settings
from coach.wiring import build

NOTE = DealNote(written_on=date(2026, 3, 2), note="Dana countersigned the order on Friday. I'm sure she will pay.")


@asynccontextmanager
async def started(count: int = 1, **shared: object) -> AsyncIterator[Workers]:
    workers = Workers(count, dict, **shared)
    await workers.start()
    try:
        yield workers
    finally:
        await workers.close()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_review_is_the_same_wherever_its_text_is_read(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, engine="local", data_dir=tmp_path, text_workers=1)  # type: ignore[call-arg]
    serving = build(settings, serving=True)
    await serving.start()
    try:
        there = await serving.review_deal(NOTE)
        assert os.getpid() != await serving.workers(os.getpid)
    finally:
        await serving.close()
    here = await build(settings).review_deal(NOTE)
    untimed = {"provenance": here.provenance.model_copy(update={"duration_ms": 0.0})}
    assert here.model_copy(update=untimed) == there.model_copy(update=untimed)


async def test_calls_are_spread_and_each_has_its_own_answer() -> None:
    async with started(2) as workers:
        pids = await asyncio.gather(*(workers(os.getpid) for _ in range(4)))
        assert 2 == len(set(pids) - {os.getpid()})
        assert [math.sqrt(number) for number in range(20)] == await asyncio.gather(
            *(workers(math.sqrt, number) for number in range(20))
        )


async def test_with_no_worker_a_call_is_made_here() -> None:
    async with started(0) as workers:
        assert os.getpid() == await workers(os.getpid)


async def test_what_is_shared_is_given_by_name() -> None:
    async with started(1, stacklevel=3) as workers:
        assert {"stacklevel": 3, "other": 4} == await workers(dict, stacklevel=3, other=4)
        assert {"stacklevel": 5} == await workers(dict, stacklevel=5)


async def test_a_call_that_fails_fails_as_it_would_here() -> None:
    async with started() as workers:
        with pytest.raises(InvalidInput, match="empty"):
            await workers(check_note, NOTE.model_copy(update={"note": " "}))
        assert os.getpid() != await workers(os.getpid)


async def test_a_call_given_up_does_not_take_the_answer_of_the_next() -> None:
    async with started() as workers:
        given_up = asyncio.create_task(workers(time.sleep, 0.2))
        await asyncio.sleep(0.05)
        given_up.cancel()
        assert 3.0 == await workers(math.sqrt, 9)


async def test_a_worker_that_dies_loses_no_call_and_is_replaced() -> None:
    async with started() as workers:
        pid = await workers(os.getpid)
        calls = [asyncio.create_task(workers(math.dist, (0, 0), (3, 4))) for _ in range(3)]
        slow = asyncio.create_task(workers(time.sleep, 0.3))
        await asyncio.sleep(0.05)
        os.kill(pid, signal.SIGKILL)
        assert [5.0, 5.0, 5.0] == await asyncio.gather(*calls)
        await slow
        async with asyncio.timeout(20):
            while (other := await workers(os.getpid)) in {pid, os.getpid()}:  # noqa: ASYNC110  it has no event to wait for
                await asyncio.sleep(0.05)
        assert is_alive(other)


async def test_none_is_left_when_they_are_closed() -> None:
    async with started(2) as workers:
        pids = set(await asyncio.gather(*(workers(os.getpid) for _ in range(2))))
        assert 2 == len(pids)
    assert [] == [pid for pid in pids if is_alive(pid)]
    assert os.getpid() == await workers(os.getpid)


async def test_one_that_cannot_start_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    async with started() as workers:
        assert os.getpid() == await workers(os.getpid)


async def test_one_that_ends_before_it_is_ready_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    async with started() as workers:
        assert os.getpid() == await workers(os.getpid)
