"""A request that comes again is done once, on SQLite and PostgreSQL, however many come at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from coach.api.app import create_app
from coach.domain.identity import Role
from coach.errors import StoreError
from coach.settings import Settings
from coach.store.answers import Answer, Answers
from coach.store.tables import answers, replies
from coach.wiring import build
from coach.wiring.entrance import opened
from tests.api.test_identity import url

__all__ = ["url"]
NOTE = {"rep": "Ilse Brandt", "note": "Dana signed on Friday.", "written_on": "2026-03-02"}


@pytest.fixture
def settings(url: str | None, tmp_path: Path) -> Settings:
    return Settings(_env_file=None, data_dir=tmp_path / "data", engine="local", encoder=False, database_url=url)


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[FastAPI]:
    made = create_app(build(settings))
    async with made.router.lifespan_context(made):
        yield made


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as opened_client:
        yield opened_client


async def reply_to(client: httpx.AsyncClient) -> str:
    made = (await client.post("/v1/deal-reviews", json=NOTE)).json()
    return f"/v1/reviews/{made['id']}/reply"


async def count(app: FastAPI, table: Any) -> int:
    async with app.state.coach.pipeline.records.database.reading() as connection:
        return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())


async def test_of_many_at_once_one_is_done_and_all_are_answered_alike(app: FastAPI, client: httpx.AsyncClient) -> None:
    path = await reply_to(client)
    headers = {"idempotency-key": "a-1"}
    given = await asyncio.gather(*(client.post(path, json={"text": "She did."}, headers=headers) for _ in range(20)))
    assert {200} == {one.status_code for one in given}
    assert 1 == len({one.content for one in given})
    assert 19 == sum("idempotency-replayed" in one.headers for one in given)
    assert 1 == await count(app, replies)


async def test_without_a_key_each_is_done_and_nothing_is_stored(app: FastAPI, client: httpx.AsyncClient) -> None:
    path = await reply_to(client)
    for _ in range(2):
        assert "idempotency-replayed" not in (await client.post(path, json={"text": "She did."})).headers
    assert (2, 0) == (await count(app, replies), await count(app, answers))


@pytest.mark.parametrize(
    "other",
    [
        {"json": {"text": "Something else."}},
        {"json": {"text": "She did."}, "params": {"x": "1"}},
        {"content": b'{"text": "She did."}', "headers": {"content-type": "application/json; charset=utf-8"}},
    ],
)
async def test_a_key_that_came_with_another_request_is_refused(
    app: FastAPI, client: httpx.AsyncClient, other: dict[str, Any]
) -> None:
    path = await reply_to(client)
    headers = {"idempotency-key": "a-1"}
    await client.post(path, json={"text": "She did."}, headers=headers)
    answer = await client.post(path, **other | {"headers": headers | other.get("headers", {})})
    assert (409, "idempotency_mismatch") == (answer.status_code, answer.json()["code"])
    assert "She did" not in answer.text
    assert 1 == await count(app, replies)


@pytest.mark.parametrize("key", ["", "a b", "é", "a" * 256])
async def test_what_is_no_key_is_refused(client: httpx.AsyncClient, key: str) -> None:
    answer = await client.post("/v1/deal-reviews", json=NOTE, headers={"idempotency-key": key.encode()})
    assert (400, "bad_request") == (answer.status_code, answer.json()["code"])


async def test_a_refusal_is_given_again_and_a_failure_is_tried_again(
    app: FastAPI, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = [await client.post("/v1/deal-reviews", json={}, headers={"idempotency-key": "w"}) for _ in range(2)]
    assert [422, 422] == [one.status_code for one in wrong]
    assert ["application/problem+json"] * 2 == [one.headers["content-type"] for one in wrong]
    assert "true" == wrong[1].headers["idempotency-replayed"]
    path = await reply_to(client)
    with monkeypatch.context() as broken:

        async def fail(*_: object, **__: object) -> None:
            raise StoreError("the disk is full")

        broken.setattr("coach.store.feedback.Feedback.reply", fail)
        failed = await client.post(path, json={"text": "She did."}, headers={"idempotency-key": "f"})
    assert 503 == failed.status_code
    again = await client.post(path, json={"text": "She did."}, headers={"idempotency-key": "f"})
    assert (200, False) == (again.status_code, "idempotency-replayed" in again.headers)
    assert 1 == await count(app, replies)


async def test_what_was_done_is_answered_and_not_done_again_though_its_answer_cannot_be_kept(
    app: FastAPI, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.api.idempotency._PATIENCE_S", 0.1)
    path = await reply_to(client)

    async def fail(*_: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr("coach.store.answers.Answers.keep", fail)
    given = [await client.post(path, json={"text": "She did."}, headers={"idempotency-key": "k"}) for _ in range(2)]
    assert [200, 409] == [one.status_code for one in given]
    assert 1 == await count(app, replies)


async def test_each_caller_has_keys_of_its_own(app: FastAPI, client: httpx.AsyncClient, settings: Settings) -> None:
    path = await reply_to(client)
    async with opened(settings, "main") as ring:
        keys = [(await ring.create("x", Role.ADMIN)).shown for _ in range(2)]
    for key in keys:
        headers = {"idempotency-key": "a-1", "authorization": f"Bearer {key}"}
        assert 200 == (await client.post(path, json={"text": "She did."}, headers=headers)).status_code
    assert 2 == await count(app, replies)


async def test_while_another_works_on_it_the_answer_is_409_and_when_that_one_died_it_is_taken_over(
    app: FastAPI, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.api.idempotency._PATIENCE_S", 0.1)
    path = await reply_to(client)
    headers = {"idempotency-key": "a-1"}
    await client.post(path, json={"text": "She did."}, headers=headers)
    database = app.state.coach.pipeline.records.database
    async with database.writing() as connection:
        await connection.execute(answers.update().values(status=None, started_at=datetime.now(UTC)))
    busy = await client.post(path, json={"text": "She did."}, headers=headers)
    assert (409, "in_progress", "1") == (busy.status_code, busy.json()["code"], busy.headers["retry-after"])
    async with database.writing() as connection:
        await connection.execute(answers.update().values(started_at=datetime.now(UTC) - timedelta(minutes=16)))
    taken_over = await client.post(path, json={"text": "She did."}, headers=headers)
    assert (200, False) == (taken_over.status_code, "idempotency-replayed" in taken_over.headers)


async def test_an_export_and_a_stream_are_given_again_too(client: httpx.AsyncClient) -> None:
    csv = {"content-type": "text/csv", "idempotency-key": "i"}
    roster = "rep,manager\n" + "".join(f"Rep {number},{'Ruth ' * 50}\n" for number in range(5000))
    imports = [await client.post("/v1/people", content=roster, headers=csv) for _ in range(2)]
    assert [200, 200] == [one.status_code for one in imports]
    assert imports[0].content == imports[1].content
    streams = [
        await client.post("/v1/deal-reviews/stream", json=NOTE, headers={"idempotency-key": "s"}) for _ in range(2)
    ]
    assert "event: done" in streams[0].text
    assert streams[0].text == streams[1].text
    assert ["true", "true"] == [one.headers.get("idempotency-replayed") for one in (imports[1], streams[1])]


async def test_answers_are_kept_for_a_day(app: FastAPI, client: httpx.AsyncClient) -> None:
    path = await reply_to(client)
    await client.post(path, json={"text": "She did."}, headers={"idempotency-key": "a-1"})
    async with app.state.coach.pipeline.records.database.writing() as connection:
        await connection.execute(answers.update().values(started_at=datetime.now(UTC) - timedelta(hours=25)))
    again = await client.post(path, json={"text": "She did."}, headers={"idempotency-key": "a-1"})
    assert "idempotency-replayed" not in again.headers
    assert 1 == await count(app, answers)


async def test_who_was_taken_over_keeps_and_leaves_nothing(app: FastAPI) -> None:
    kept: Answers = app.state.coach.pipeline.records.answers
    first = await kept.take("key:1", "k", "f")
    assert first.holder is not None
    answer = Answer(status=200, headers={}, body=b"mine")
    await kept.keep("key:1", "k", "somebody else", Answer(status=200, headers={}, body=b"theirs"))
    await kept.leave("key:1", "k", "somebody else")
    await kept.keep("key:1", "k", first.holder, answer)
    assert answer == (await kept.take("key:1", "k", "f")).answer


@pytest.mark.parametrize(
    ("method", "path", "content_type", "change"),
    [
        ("POST", "/v1/people", "text/csv", "rep,manager\nIlse Brandt,Ruth Kerr\n"),
        ("PATCH", "/v1/workspace", "application/json", '{"diagnosis": "off"}'),
        ("POST", "/v1/privacy/erasures", "application/json", '{"person": "Nobody Known"}'),
    ],
)
async def test_what_was_done_before_rights_or_people_changed_is_not_done_again_nor_shown(
    app: FastAPI, client: httpx.AsyncClient, method: str, path: str, content_type: str, change: str
) -> None:
    reply = await reply_to(client)
    headers = {"idempotency-key": "a-1"}
    assert 200 == (await client.post(reply, json={"text": "She did."}, headers=headers)).status_code
    changed = await client.request(method, path, content=change, headers={"content-type": content_type})
    assert 200 == changed.status_code, changed.text
    again = await client.post(reply, json={"text": "She did."}, headers=headers)
    assert (409, "idempotency_answer_gone") == (again.status_code, again.json()["code"])
    assert 1 == await count(app, replies)


async def test_a_stream_that_failed_later_is_tried_again(client: httpx.AsyncClient) -> None:
    async def given() -> tuple[str, bool]:
        answer = await client.post("/v1/deal-reviews/stream", json=NOTE, headers={"idempotency-key": "s"})
        return answer.text, "idempotency-replayed" in answer.headers

    with pytest.MonkeyPatch.context() as broken:
        broken.setattr("coach.wiring.memory.Memory.keep_deal", _fails)
        text, replayed = await given()
    assert ("event: error" in text, replayed) == (True, False)
    (text, replayed), (same, was_replayed) = await given(), await given()
    assert ("event: done" in text, replayed) == (True, False)
    assert (text, True) == (same, was_replayed)


async def _fails(*_: object, **__: object) -> None:
    raise StoreError("the disk is full")
