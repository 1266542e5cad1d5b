"""A service deletes what has grown too old by itself: in each workspace, once a day, whoever comes first."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.errors import StoreError
from coach.service.workspace import change
from coach.settings import Settings
from coach.store import Store
from coach.store.audit import of
from coach.store.kept import Kept
from coach.wiring import Entrance, build
from coach.wiring.privacy import keep_pruning, privacy_of

OLD = date(2001, 1, 1)
CANARY = "quinceblossom"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.wiring.privacy._FIRST_S", 0)
    monkeypatch.setattr("coach.wiring.privacy._LOOKS_S", 0.01)


@pytest.fixture
async def entrance(tmp_path: Path) -> AsyncIterator[Entrance]:
    coach = build(Settings(_env_file=None, data_dir=tmp_path / "data", engine="local", encoder=False))
    made = Entrance(coach)
    await made.workspaces.create("acme")
    for name in ("main", "acme"):
        store = (await made.coach(name)).store
        assert store is not None
        await keep(store, "old")
        await change(store.records.workspace_settings, {"retention_days": 30})
    yield made
    await made.close()
    await coach.close()


async def keep(store: Store, review: str) -> None:
    kept = Kept(kind="k", review=review, about="Ilse", role="rep", text=f"{CANARY} {review}", day=OLD, content="{}")
    await store.records.reviews.put(kept)


async def left(entrance: Entrance, workspace: str, review: str = "old") -> bool:
    store = (await entrance.coach(workspace)).store
    assert store is not None
    return await store.records.reviews.get(review) is not None


@asynccontextmanager
async def running(entrance: Entrance, settings: Settings) -> AsyncIterator[None]:
    task = asyncio.create_task(keep_pruning(entrance, settings))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(is_so: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(20):
        while not await is_so():  # noqa: ASYNC110  it is told by a row in a database
            await asyncio.sleep(0.01)


async def test_each_workspace_is_looked_after_and_it_is_logged_without_a_text(
    entrance: Entrance, caplog: pytest.LogCaptureFixture
) -> None:
    settings = (await entrance.coach("main")).settings
    log = await entrance.audit("acme")

    async def is_logged() -> bool:
        return bool(await log.page(of(action="prune")))

    with caplog.at_level(logging.INFO, "coach.privacy"):
        async with running(entrance, settings):
            await until(is_logged)
    assert [False, False] == [await left(entrance, name) for name in ("main", "acme")]
    (entry,) = await log.page(of(action="prune"))
    assert ("service", {"rows": {"notes": 1, "reviews": 1}}) == (entry.actor, dict(entry.detail))
    assert "deleted for its age in workspace acme: {'notes': 1, 'reviews': 1}" in caplog.text
    assert CANARY not in caplog.text


async def test_what_was_done_today_is_not_done_again_by_another(entrance: Entrance) -> None:
    settings = (await entrance.coach("main")).settings
    async with privacy_of(settings, "main") as by_command:
        assert (await by_command.prune()) is not None
        await keep(by_command.store, "later")
        assert (await by_command.prune(gap=timedelta(hours=23))) is None

        async def acme_is_done() -> bool:
            return not await left(entrance, "acme")

        async with running(entrance, settings):
            await until(acme_is_done)
        assert await left(entrance, "main", "later")


async def test_one_that_fails_is_told_of_and_may_be_begun_anew(
    entrance: Entrance, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings = (await entrance.coach("main")).settings

    async def fails(*_: object, **__: object) -> None:
        raise StoreError("the disk is full")

    async def is_told() -> bool:
        return "nothing could be deleted for its age: the disk is full" in caplog.text

    async def is_done() -> bool:
        return not await left(entrance, "main")

    with monkeypatch.context() as patched:
        patched.setattr("coach.wiring.privacy.prune", fails)
        async with running(entrance, settings):
            await until(is_told)
    async with running(entrance, settings):
        await until(is_done)


async def test_one_that_fails_unforeseen_is_told_of_without_its_words_and_begun_anew(
    entrance: Entrance, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings = (await entrance.coach("main")).settings

    async def fails(*_: object, **__: object) -> None:
        raise LookupError(CANARY)

    async def is_told() -> bool:
        return "nothing could be deleted for its age: unexpected LookupError" in caplog.text

    async def is_done() -> bool:
        return not await left(entrance, "main")

    async with running(entrance, settings):
        with monkeypatch.context() as patched:
            patched.setattr("coach.wiring.privacy.prune", fails)
            await until(is_told)
        await until(is_done)
    assert CANARY not in caplog.text
