"""`POST /v1/deal-reviews/stream`: the embedded engine's review at once, then the model's, then `done`."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from coach.api.app import create_app
from coach.domain import DealNote, DealReview
from coach.errors import RateLimited
from coach.settings import Settings
from tests.api.standin import CANARY, StandIn

STREAM = "/v1/deal-reviews/stream"


def events(body: str) -> list[tuple[str, Any]]:
    """The events of a stream, each with its name and its data."""
    found = []
    for block in body.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if line and not line.startswith(":"))
        if "event" in fields:
            found.append((fields["event"], json.loads(fields["data"])))
    return found


def streamed(client: TestClient, note: str = "Dana signed.") -> list[tuple[str, Any]]:
    response = client.post(STREAM, json={"note": note})
    assert 200 == response.status_code
    assert "text/event-stream" == response.headers["content-type"].partition(";")[0]
    return events(response.text)


def test_the_local_review_comes_first_then_the_models_then_done() -> None:
    with TestClient(create_app(StandIn(later=("llm",))), base_url="http://localhost") as client:  # type: ignore[arg-type]
        found = streamed(client)
    assert ["review", "review", "done"] == [name for name, _ in found]
    assert ["local", "llm"] == [data["provenance"]["engine"] for name, data in found if name == "review"]
    assert {"id": "dr_llm"} == found[-1][1]
    assert "coach.deal_review/1" == found[0][1]["schema"]


@pytest.mark.parametrize(("submitted", "rep"), [({"rep": "Ilse Brandt"}, "Ilse Brandt"), ({}, None)])
def test_whose_deal_it_is_goes_with_the_note(
    client: TestClient, coach: StandIn, submitted: dict[str, str], rep: str | None
) -> None:
    response = client.post(STREAM, json={"note": "Dana signed.", **submitted})
    assert ["review", "done"] == [name for name, _ in events(response.text)]
    assert [rep] == coach.reps


def test_where_only_the_embedded_engine_is_set_there_is_one_review(client: TestClient) -> None:
    assert ["review", "done"] == [name for name, _ in streamed(client)]


def test_what_fails_later_is_an_error_event_with_the_usual_body_and_ends_the_stream() -> None:
    with TestClient(
        create_app(StandIn(later=(RateLimited("m is asked too often"),))), base_url="http://localhost"
    ) as client:  # type: ignore[arg-type]
        found = streamed(client)
    assert ["review", "error"] == [name for name, _ in found]
    assert {
        "type": "about:blank",
        "title": "Service Unavailable",
        "status": 503,
        "detail": "m is asked too often",
        "code": "rate_limited",
    } == found[-1][1]


def test_an_unforeseen_failure_tells_nothing_of_the_note(caplog: pytest.LogCaptureFixture) -> None:
    with (
        caplog.at_level(logging.DEBUG),
        TestClient(create_app(StandIn(later=(ValueError(CANARY),))), base_url="http://localhost") as client,
    ):  # type: ignore[arg-type]
        found = streamed(client, CANARY)
    assert "internal_error" == found[-1][1]["code"]
    assert CANARY not in json.dumps(found[-1])
    assert CANARY not in caplog.text


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        ({"note": " "}, 422, "invalid_input"),
        ({"note": 5}, 422, "invalid_input"),
        ({}, 422, "invalid_input"),
        ({"note": "x", "written_on": "1800"}, 422, "invalid_input"),
    ],
)
def test_what_is_wrong_is_said_before_the_stream_starts(
    client: TestClient, content: dict[str, Any], status: int, code: str
) -> None:
    response = client.post(STREAM, json=content)
    assert (status, code) == (response.status_code, response.json()["code"])


def test_only_json_is_taken(client: TestClient) -> None:
    response = client.post(STREAM, content=b"{}", headers={"content-type": "text/plain"})
    assert (415, "unsupported_media_type") == (response.status_code, response.json()["code"])


def test_the_application_closes_what_the_use_cases_hold_open() -> None:
    coach = StandIn()
    with TestClient(create_app(coach), base_url="http://localhost"):  # type: ignore[arg-type]
        assert 0 == coach.closed
    assert 1 == coach.closed


class Slow(StandIn):
    """The model does not come to an end."""

    waits: asyncio.Event

    async def reviews(self, note: DealNote, **said: Any) -> AsyncIterator[DealReview]:
        async for review in super().reviews(note, **said):
            yield review
        self.waits.set()
        await asyncio.Event().wait()


async def test_a_stream_that_goes_on_as_the_service_is_stopped_ends_by_an_error_that_says_so() -> None:
    coach = Slow(settings=Settings(_env_file=None, shutdown_s=1))
    coach.waits = asyncio.Event()
    app = create_app(coach)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
        asking = asyncio.create_task(client.post(STREAM, json={"note": "Dana signed."}))
        await asyncio.wait_for(coach.waits.wait(), 5)
        app.state.stopping.begin()
        answer = await asyncio.wait_for(asking, 5)
    found = events(answer.text)
    assert ["review", "error"] == [name for name, _ in found]
    assert (503, "overloaded") == (found[-1][1]["status"], found[-1][1]["code"])
    assert "is being stopped" in found[-1][1]["detail"]
