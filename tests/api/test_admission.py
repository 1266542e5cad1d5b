"""So many at once, so many waiting, and the rest sent away; and what takes too long is given up."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from coach.api.admission import Admission, steady
from coach.api.stopping import Stopping


class Work:
    """An application that goes on until it is told to end."""

    def __init__(self) -> None:
        self.running = 0
        self.most = 0
        self.go_on = asyncio.Event()
        self.cancelled = 0

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            await self.go_on.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        finally:
            self.running -= 1
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"done"})


class Asked:
    """One request, and what came of it."""

    def __init__(self, guard: Admission, path: str = "/v1/x") -> None:
        self.sent: list[Message] = []
        scope: dict[str, Any] = {"type": "http", "path": path, "method": "GET", "headers": []}
        self.task = asyncio.create_task(guard(scope, self._receive, self._send))

    async def _receive(self) -> Message:
        raise AssertionError("the body was read")

    async def _send(self, message: Message) -> None:
        self.sent.append(message)

    @property
    def status(self) -> int | None:
        return self.sent[0]["status"] if self.sent else None

    def header(self, name: str) -> str | None:
        return next((value.decode() for key, value in self.sent[0]["headers"] if key.decode() == name), None)


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def stopping() -> Stopping:
    return Stopping(shutdown_s=30)


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_what_is_too_much_is_sent_away_at_once_and_the_rest_is_done_in_turn(
    work: Work, stopping: Stopping
) -> None:
    guard = Admission(work, stopping, concurrency=2, waiting=3)
    asked = [Asked(guard) for _ in range(8)]
    await settle()
    assert [None] * 5 + [503] * 3 == [one.status for one in asked]
    assert ["5"] * 3 == [one.header("retry-after") for one in asked[5:]]
    assert b'"overloaded"' in asked[5].sent[1]["body"]
    work.go_on.set()
    await asyncio.gather(*(one.task for one in asked))
    assert [200] * 5 + [503] * 3 == [one.status for one in asked]
    assert 2 == work.most


async def test_who_waited_too_long_is_sent_away(
    work: Work, stopping: Stopping, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.api.admission._PATIENCE_S", 0.02)
    guard = Admission(work, stopping, concurrency=1, waiting=1)
    first, second = Asked(guard), Asked(guard)
    await second.task
    assert 503 == second.status
    work.go_on.set()
    await first.task
    third = Asked(guard)
    await third.task
    assert (200, 200) == (first.status, third.status)


async def test_once_the_service_is_being_stopped_what_has_begun_is_finished_and_what_waits_is_sent_away(
    work: Work, stopping: Stopping
) -> None:
    guard = Admission(work, stopping, concurrency=1, waiting=5)
    first, second = Asked(guard), Asked(guard)
    await settle()
    stopping.begin()
    await second.task
    third = Asked(guard)
    await third.task
    assert (503, 503, "close") == (second.status, third.status, third.header("connection"))
    assert b"is being stopped" in third.sent[1]["body"]
    work.go_on.set()
    await first.task
    assert 200 == first.status


async def test_what_has_begun_and_does_not_end_in_time_is_given_up_as_the_service_is_stopped(work: Work) -> None:
    stopping = Stopping(shutdown_s=0.05)
    guard = Admission(work, stopping, timeout_s=60)
    asked = [Asked(guard), Asked(guard, "/v1/opportunities")]
    await settle()
    stopping.begin()
    await asyncio.gather(*(one.task for one in asked))
    assert [(503, "close")] * 2 == [(one.status, one.header("connection")) for one in asked]
    assert b"is being stopped" in asked[0].sent[1]["body"]
    assert 2 == work.cancelled


async def test_who_leaves_while_waiting_takes_nobodys_turn(work: Work, stopping: Stopping) -> None:
    guard = Admission(work, stopping, concurrency=1, waiting=5)
    asked = [Asked(guard) for _ in range(3)]
    await settle()
    asked[1].task.cancel()
    await settle()
    work.go_on.set()
    await asyncio.gather(asked[0].task, asked[2].task)
    last = Asked(guard)
    await last.task
    assert [200, None, 200, 200] == [one.status for one in (*asked, last)]


async def test_what_takes_too_long_is_given_up(work: Work, stopping: Stopping) -> None:
    guard = Admission(work, stopping, timeout_s=0.02)
    asked = Asked(guard)
    await asked.task
    assert (504, 1) == (asked.status, work.cancelled)
    assert b'"timed_out"' in asked.sent[1]["body"]


@pytest.mark.parametrize("path", ["/v1/opportunities", "/v1/people", "/v1/deal-reviews/stream"])
async def test_what_takes_as_long_as_it_takes_is_not_given_up(work: Work, stopping: Stopping, path: str) -> None:
    asked = Asked(Admission(work, stopping, timeout_s=0.01), path)
    await asyncio.sleep(0.03)
    work.go_on.set()
    await asked.task
    assert (200, 0) == (asked.status, work.cancelled)


async def test_an_own_timeout_of_the_application_is_not_taken_for_the_limit(stopping: Stopping) -> None:
    async def fail(*_: object) -> None:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        await Asked(Admission(fail, stopping)).task


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
async def test_how_it_is_can_be_asked_whatever_else_goes_on(work: Work, stopping: Stopping, path: str) -> None:
    guard = Admission(work, stopping, concurrency=1, waiting=0)
    Asked(guard)
    await settle()
    asked = Asked(guard, path)
    await settle()
    assert 2 == work.running
    work.go_on.set()
    await asked.task
    assert 200 == asked.status


@pytest.mark.parametrize("path", ["/v1/x", "/v1/people", "/v1/deal-reviews/stream", "/healthz"])
async def test_who_stops_sending_in_the_middle_gives_its_place_up(
    stopping: Stopping, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr("coach.api.admission._GRACE_S", 0.02)
    sent: list[Message] = []
    parts = [{"type": "http.request", "body": b"{", "more_body": True}]

    async def reads(_scope: Scope, receive: Receive, _send: Send) -> None:
        while (await receive()).get("more_body"):
            pass
        raise AssertionError("it came to an end")

    async def receive() -> Message:
        if not parts:
            await asyncio.sleep(60)
        return parts.pop()

    async def send(message: Message) -> None:
        sent.append(message)

    guard = Admission(reads, stopping, concurrency=1, waiting=0)
    async with asyncio.timeout(5):
        await guard({"type": "http", "path": path, "method": "POST", "headers": []}, receive, send)
    assert 408 == sent[0]["status"]
    assert b'"body_too_slow"' in sent[1]["body"]
    assert not guard._slots.locked()


async def test_a_body_may_take_longer_the_more_of_it_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.api.admission._GRACE_S", 0.1)
    given = 0

    async def receive() -> Message:
        nonlocal given
        given += 1
        await asyncio.sleep(0.05)
        return {"type": "http.request", "body": b" " * 1000, "more_body": given < 8}

    received = steady(receive)
    while (await received())["more_body"]:
        pass
    assert 8 == given
