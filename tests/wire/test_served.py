"""`POST /v1/deal-reviews/stream` over a real server: the embedded engine's review while the model still thinks."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import httpx2
import pytest
import uvicorn

from coach.api.app import create_app
from coach.testing.provider import Fault, Provider
from coach.wiring import Coach
from tests.wire.conftest import Wired
from tests.wire.wired import ANTHROPIC, OPENAI, PROTOCOLS, answer, note, until

LATENCY_S = 1.0
SUBMITTED = {"note": note().note, "written_on": "2026-03-02"}
both_protocols = pytest.mark.parametrize("model", PROTOCOLS.values(), ids=PROTOCOLS)


class Event(NamedTuple):
    """One event of a stream."""

    name: str
    data: dict[str, Any]
    after_s: float


@contextmanager
def served(coach: Coach) -> Iterator[str]:
    """Serve in a thread; gives the address."""
    server = uvicorn.Server(uvicorn.Config(create_app(coach), port=0, log_level="critical", lifespan="on"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.005)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    assert not thread.is_alive()


@pytest.fixture
def provider() -> Iterator[Provider]:
    """In a thread of its own, so that what the test and the server do does not hold it up."""
    with Provider(answer, latency_s=LATENCY_S) as running:
        yield running


async def events(response: httpx2.Response) -> AsyncIterator[Event]:
    started = time.monotonic()
    name = ""
    async for line in response.aiter_lines():
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            yield Event(name, json.loads(value), time.monotonic() - started)


async def streamed(address: str) -> list[Event]:
    async with (
        httpx2.AsyncClient(timeout=20) as client,
        client.stream("POST", f"{address}/v1/deal-reviews/stream", json=SUBMITTED) as response,
    ):
        assert 200 == response.status_code
        return [event async for event in events(response)]


@both_protocols
async def test_the_first_review_is_there_long_before_the_models(wired: Wired, provider: Provider, model: str) -> None:
    with served(wired(model)) as address:
        found = await streamed(address)
        again = await streamed(address)
    assert ["review", "review", "done"] == [event.name for event in found]
    assert ["local", "llm"] == [event.data["provenance"]["engine"] for event in found[:2]]
    assert found[1].data["id"] == found[2].data["id"]
    assert found[0].after_s < LATENCY_S / 4
    assert found[1].after_s >= LATENCY_S * 0.9
    assert [False, True] == [each[1].data["provenance"]["cached"] for each in (found, again)]
    assert 1 == provider.received


@both_protocols
async def test_a_client_that_leaves_while_the_model_thinks_stops_the_work(
    wired: Wired, provider: Provider, model: str
) -> None:
    provider.always(Fault.HANG)
    with served(wired(model)) as address:
        async with (
            httpx2.AsyncClient(timeout=20) as client,
            client.stream("POST", f"{address}/v1/deal-reviews/stream", json=SUBMITTED) as response,
        ):
            found = events(response)
            first = await anext(found)
            assert "local" == first.data["provenance"]["engine"]
            await until(lambda: provider.in_flight == 1)
        await until(lambda: provider.left == 1)
        assert 1 == provider.received


async def test_where_the_model_fails_the_second_review_says_who_read_instead(wired: Wired, provider: Provider) -> None:
    provider.always(Fault.AUTH)
    with served(wired(OPENAI)) as address:
        found = await streamed(address)
    assert ["review", "review", "done"] == [event.name for event in found]
    assert ["degraded"] == [notice["code"] for notice in found[1].data["notices"]]


@pytest.mark.parametrize(
    ("model", "fault", "status", "code"),
    [(OPENAI, Fault.AUTH, 502, "not_authorised"), (ANTHROPIC, Fault.QUOTA, 503, "quota_exhausted")],
    ids=PROTOCOLS,
)
async def test_without_a_stand_in_the_first_review_stands_and_an_error_ends_the_stream(
    wired: Wired, provider: Provider, model: str, fault: Fault, status: int, code: str
) -> None:
    provider.always(fault)
    with served(wired(model, fallback=False)) as address:
        found = await streamed(address)
    assert ["review", "error"] == [event.name for event in found]
    assert (status, code) == (found[1].data["status"], found[1].data["code"])


async def test_many_streams_at_once_are_answered_each_with_its_own(wired: Wired, provider: Provider) -> None:
    with served(wired(OPENAI)) as address:
        started = time.monotonic()
        all_found = await asyncio.gather(*(streamed(address) for _ in range(10)))
    assert [["review", "review", "done"]] * 10 == [[event.name for event in found] for found in all_found]
    assert 1 == provider.received  # one note: bought once
    assert time.monotonic() - started < 5 * LATENCY_S
