"""Headers on every answer, a limit on every body, and an answer for every crash."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from coach.api.app import create_app
from coach.api.guards import BODY_LIMIT, BodyLimit, CatchUnexpected
from tests.api.standin import CANARY, StandIn, Start

JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    "path", ["/", "/static/main.js", "/healthz", "/openapi.json", "/swagger-2.0.json", "/nowhere", "/v1/deal-reviews"]
)
def test_every_answer_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    )
    assert policy == headers["content-security-policy"]
    assert "nosniff" == headers["x-content-type-options"]
    assert "no-referrer" == headers["referrer-policy"]


def test_a_crash_is_answered_in_general_words_and_logged_without_its_message(
    start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    response = start(fails_with=ValueError(f"cannot read {CANARY}")).post("/v1/deal-reviews", json={"note": CANARY})
    assert (500, "internal_error") == (response.status_code, response.json()["code"])
    assert "application/problem+json" == response.headers["content-type"]
    assert "content-security-policy" in response.headers
    assert CANARY not in response.text
    assert "unexpected ValueError: standin.py:" in caplog.text
    assert CANARY not in caplog.text


async def _taken(_: Request) -> Response:
    raise AssertionError


_POSTED: Scope = {
    "type": "http",
    "method": "POST",
    "path": "/x",
    "headers": [],
    "app": Starlette(routes=[Route("/x", _taken, methods=["POST"])]),
}


async def _never(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise AssertionError


async def _silence() -> Message:
    raise AssertionError


async def test_an_answer_that_breaks_off_is_not_started_twice(caplog: pytest.LogCaptureFixture) -> None:
    sent: list[str] = []

    async def breaks_off(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ValueError

    async def send(message: Message) -> None:
        sent.append(message["type"])

    with pytest.raises(ConnectionAbortedError), caplog.at_level(logging.CRITICAL):
        await CatchUnexpected(breaks_off)({"type": "http"}, _silence, send)
    assert ["http.response.start"] == sent


def _padded(size: int) -> bytes:
    body = b'{"note": "x"}'
    return body + b" " * (size - len(body))


def test_a_body_at_the_limit_is_taken_and_one_byte_more_is_not(client: TestClient) -> None:
    taken = client.post("/v1/deal-reviews", content=_padded(BODY_LIMIT), headers=JSON)
    refused = client.post("/v1/deal-reviews", content=_padded(BODY_LIMIT + 1), headers=JSON)
    assert (200, 413) == (taken.status_code, refused.status_code)


@pytest.mark.parametrize("size", [BODY_LIMIT + 1, 40_000_000], ids=["over", "far over"])
def test_an_announced_body_over_the_limit_is_a_problem(client: TestClient, coach: StandIn, size: int) -> None:
    response = client.post("/v1/deal-reviews", content=b" " * size, headers=JSON)
    assert (413, "too_large") == (response.status_code, response.json()["code"])
    assert "application/problem+json" == response.headers["content-type"]
    assert "content-security-policy" in response.headers
    assert [] == coach.seen


def test_a_chunked_body_over_the_limit_is_a_problem(client: TestClient, coach: StandIn) -> None:
    chunks = iter([_padded(900_000)] * 3)
    response = client.post("/v1/deal-reviews", content=chunks, headers=JSON)
    assert "content-length" not in response.request.headers
    assert (413, "too_large") == (response.status_code, response.json()["code"])
    assert "application/problem+json" == response.headers["content-type"]
    assert [] == coach.seen


def test_a_chunked_body_within_the_limit_is_taken(client: TestClient) -> None:
    response = client.post("/v1/deal-reviews", content=iter([b'{"no', b'te": ', b'"x"}']), headers=JSON)
    assert 200 == response.status_code


async def test_a_body_without_end_is_cut_off() -> None:
    chunk = b" " * 1_000_000
    read = 0
    sent: list[Message] = []

    async def receive() -> Message:
        nonlocal read
        read += len(chunk)
        return {"type": "http.request", "body": chunk, "more_body": True}

    async def send(message: Message) -> None:
        sent.append(message)

    await BodyLimit(_never)(_POSTED, receive, send)
    assert 413 == sent[0]["status"]
    assert 33_000_000 == read


async def test_a_client_that_hangs_up_while_sending_is_let_go() -> None:
    asked = 0

    async def receive() -> Message:
        nonlocal asked
        asked += 1
        return {"type": "http.disconnect"}

    async def send(_message: Message) -> None:
        raise AssertionError

    await BodyLimit(_never)(_POSTED, receive, send)
    assert 1 == asked


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("POST", "/healthz", 405), ("POST", "/nowhere", 404), ("PATCH", "/v1/rubrics", 405), ("GET", "/healthz", 200)],
)
async def test_a_body_that_nobody_reads_is_not_waited_for(coach: StandIn, method: str, path: str, status: int) -> None:
    async def never() -> AsyncIterator[bytes]:
        yield b"{"
        raise AssertionError("it was read")

    app = create_app(coach)  # type: ignore[arg-type]
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        answer = await client.request(method, path, content=never(), headers=JSON)
    assert status == answer.status_code
