"""Work in other processes comes to what it would here, whatever becomes of them."""

from __future__ import annotations

import asyncio
import math
import os
import signal
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest

from coach.domain import DealNote
from coach.errors import EngineError, InvalidInput
from coach.service.deal_review import check_note
from coach.service.workers import Workers
from coach.settings import Settings
from coach.wiring import build

NOTE = DealNote(written_on=date(2026, 3, 2), note="Dana countersigned the order on Friday. I'm sure she will pay.")


class Unreadable:
    """Can be pickled, and not be read again."""

    def __reduce__(self) -> tuple[Callable[[float], float], tuple[float]]:
        return math.sqrt, (-1.0,)


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


async def test_one_that_is_killed_loses_only_the_call_that_it_was_at_and_is_replaced() -> None:
    async with started() as workers:
        pid = await workers(os.getpid)
        running = asyncio.create_task(workers(time.sleep, 60))
        behind = [asyncio.create_task(workers(os.getpid)) for _ in range(3)]
        await asyncio.sleep(0.05)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(EngineError, match="nothing is lost; try again"):
            await running
        (other,) = set(await asyncio.gather(*behind))
        assert other not in {pid, os.getpid()}
        assert is_alive(other)


async def test_a_call_that_ends_a_worker_does_not_end_this_process_however_often_it_is_made() -> None:
    async with started() as workers:
        outcomes = await asyncio.gather(*(workers(os._exit, 1) for _ in range(2)), return_exceptions=True)
        assert [EngineError] * 2 == [type(outcome) for outcome in outcomes]
        with pytest.raises(EngineError):  # again, before another worker is ready
            await workers(os._exit, 1)
        assert os.getpid() != await workers(os.getpid)


async def test_an_error_of_ours_does_not_hold_what_the_call_was_given() -> None:
    async with started() as workers:
        with pytest.raises(EngineError) as raised:
            await workers(sys.exit, NOTE.note)
        assert NOTE.note not in repr(raised.value)


async def test_one_that_dies_while_it_has_nothing_to_do_loses_no_call() -> None:
    async with started() as workers:
        pid = await workers(os.getpid)
        os.kill(pid, signal.SIGKILL)
        while is_alive(pid):
            time.sleep(0.01)  # noqa: ASYNC251  the event loop is not to see it yet
        assert await workers(os.getpid) not in {pid, os.getpid()}


async def test_one_that_takes_too_long_is_ended_and_holds_no_other_call_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async with started() as workers:
        pid = await workers(os.getpid)
        with monkeypatch.context() as hurried:
            hurried.setattr("coach.service.workers._ANSWER_S", 0.1)
            running = asyncio.create_task(workers(time.sleep, 60))
            await asyncio.sleep(0)  # it is sent
        behind = asyncio.create_task(workers(os.getpid))
        with pytest.raises(EngineError, match="took too long"):
            await running
        assert await behind not in {pid, os.getpid()}
        assert not is_alive(pid)


async def test_each_call_has_its_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    async with started() as workers:
        monkeypatch.setattr("coach.service.workers._ANSWER_S", 1)
        assert [None] * 6 == await asyncio.gather(*(workers(time.sleep, 0.25) for _ in range(6)))


async def test_one_that_nobody_waits_for_any_more_is_ended_too(monkeypatch: pytest.MonkeyPatch) -> None:
    async with started() as workers:
        pid = await workers(os.getpid)
        with monkeypatch.context() as hurried:
            hurried.setattr("coach.service.workers._ANSWER_S", 0.1)
            given_up = asyncio.create_task(workers(time.sleep, 60))
            await asyncio.sleep(0)
        given_up.cancel()
        assert await workers(os.getpid) not in {pid, os.getpid()}


async def test_where_a_lost_one_cannot_be_replaced_the_calls_behind_are_made_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with started() as workers:
        monkeypatch.setattr("sys.executable", "/nowhere/python")
        ended = asyncio.create_task(workers(os._exit, 1))
        behind = asyncio.create_task(workers(os.getpid))
        with pytest.raises(EngineError):
            await ended
        assert os.getpid() == await behind


async def test_what_cannot_be_sent_is_called_here() -> None:
    async with started() as workers:
        assert 6.0 == await workers(lambda: math.fsum([1, 2, 3]))
        assert 6 == await workers(sum, (number for number in range(4)))
        assert os.getpid() != await workers(os.getpid)


async def test_what_cannot_be_read_here_is_called_here() -> None:
    async with started() as workers:
        assert isinstance(await workers(Unreadable), Unreadable)


@pytest.mark.parametrize(
    ("warm_up", "shared", "starts"),
    [
        pytest.param(math.sqrt, {}, 1, id="warm_up_fails"),
        pytest.param(sys.exit, {}, 1, id="warm_up_ends_it"),
        pytest.param(signal.pause, {}, 1, id="warm_up_hangs"),
        pytest.param(dict, {"one": Unreadable()}, 1, id="shared_cannot_be_read"),
        pytest.param(dict, {"one": threading.Lock()}, 0, id="shared_cannot_be_sent"),
    ],
)
async def test_one_that_does_not_become_ready_is_ended_and_told(
    warm_up: Callable[..., object],
    shared: dict[str, object],
    starts: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    pids = tmp_path / "pids"
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\necho $$ >> "{pids}"\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o700)
    pids.touch()
    monkeypatch.setattr("sys.executable", str(python))
    monkeypatch.setattr("coach.service.workers._ANSWER_S", 0.5 if warm_up is signal.pause else 30)
    workers = Workers(1, warm_up, **shared)
    await workers.start()
    assert os.getpid() == await workers(os.getpid)
    started_ones = [int(pid) for pid in pids.read_text().split()]
    assert starts == len(started_ones)
    assert [] == [pid for pid in started_ones if is_alive(pid)]
    (told,) = (record.getMessage() for record in caplog.records if record.name == "coach.service")
    assert told.endswith("notes are prepared and judged in the service's own process")
    await workers.close()


async def test_one_is_given_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = ["OPENAI_API_KEY", "AWS_SECRET_ACCESS_KEY", "HF_TOKEN", "a_client_secret", "DB_PASSWORD", "COACH_MODEL"]
    for name in (*secrets, "COACHES", "KEY_COUNT"):
        monkeypatch.setenv(name, "made")
    async with started() as workers:
        assert [None] * 6 == [await workers(os.getenv, name) for name in secrets]
        assert ["made"] * 2 == [await workers(os.getenv, name) for name in ("COACHES", "KEY_COUNT")]


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
