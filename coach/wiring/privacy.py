"""Retention, export and erasure of one workspace; and the task of a service that deletes what has grown too old."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from coach.errors import CoachError
from coach.service.person_export import document
from coach.service.privacy import Erasure, Pruned, erase_person, prune
from coach.settings import Settings
from coach.store import Store
from coach.store.audit import Audit, Entry
from coach.store.backup import Backup, made
from coach.store.exporting import held_on
from coach.store.mentions import Named
from coach.wiring.entrance import existing
from coach.wiring.places import secret, workspaces

if TYPE_CHECKING:
    from coach.wiring.entrance import Entrance

_Result = TypeVar("_Result")
_log = logging.getLogger("coach.privacy")
_TASK = "prune"
_FIRST_S = 300.0
"""How long after its start a service looks for the first time: it has more urgent things to do before."""
_LOOKS_S = 3600.0
_DAILY = timedelta(hours=23)


@dataclass(frozen=True, slots=True)
class Privacy:
    """What a workspace owes the people whom it keeps things about."""

    settings: Settings
    workspace: str
    store: Store
    audit: Audit

    def export(self, person: str, also: Sequence[str] = (), *, mentions: bool = True) -> AsyncGenerator[str, None]:
        """Everything that is held on a person, as pieces of `coach.person_export/1`.

        Raises:
            InvalidInput: a name is too short to look for.
            StoreError: the store cannot be read.
        """
        rows = held_on(
            self.store.records.database,
            person,
            pseudonym=self.audit.pseudonym(person),
            named=Named([person, *also]),
            everywhere=mentions,
        )
        return document(person, self.workspace, rows)

    async def erase(
        self, person: str, also: Sequence[str] = (), *, mentions: bool = False, dry_run: bool = False
    ) -> Erasure:
        """Erase a person; see `coach.service.privacy.erase_person`."""
        return await erase_person(
            self.store,
            person,
            pseudonym=self.audit.pseudonym(person),
            also=also,
            mentions=mentions,
            dry_run=dry_run,
            backups=await self._backups(),
        )

    async def prune(self, *, dry_run: bool = False, gap: timedelta = timedelta(0)) -> Pruned | None:
        """Delete what has grown too old.

        Args:
            dry_run: Whether to count, and delete nothing.
            gap: How long ago it has to be that it was done.

        Returns:
            None where it was done a short while ago, or somebody is at it.

        Raises:
            StoreError: the store cannot be written.
        """
        today = datetime.now(UTC).date()
        if dry_run:
            return await prune(self.store, self.workspace, today, dry_run=True)
        turns = self.store.records.workspace_settings
        if not await turns.begin(_TASK, gap):
            return None
        is_done = False
        try:
            done = await prune(self.store, self.workspace, today)
            is_done = True
        finally:
            await turns.end(_TASK, done=is_done)
        return done

    async def _backups(self) -> tuple[Backup, ...]:
        """Those that may hold what is in this workspace: one of PostgreSQL holds every workspace."""
        database = self.store.records.database
        if database.is_file:
            return await made(database)
        places = workspaces(self.settings)
        found: list[Backup] = []
        for name in await places.names():
            other = places.store(name)
            try:
                found += await made(other.records.database)
            finally:
                await other.aclose()
        return tuple(found)


@asynccontextmanager
async def privacy_of(settings: Settings, workspace: str) -> AsyncIterator[Privacy]:
    """Lend it for a workspace that exists, without engines.

    Raises:
        NotFound: there is no workspace of this name.
        StoreError: the store cannot be used.
    """
    async with existing(settings, workspace) as store:
        yield Privacy(settings, workspace, store, Audit(store.records.database, secret(settings)))


async def keep_pruning(entrance: Entrance, settings: Settings) -> None:
    """Delete what has grown too old, once a day in each workspace, until cancelled."""
    await asyncio.sleep(_FIRST_S)
    while True:
        for name in await _said(entrance.workspaces.names()) or ():
            await _said(_prune(entrance, settings, name))
        await asyncio.sleep(_LOOKS_S)


async def _said(work: Awaitable[_Result]) -> _Result | None:
    """Do it; where that fails, say so and go on."""
    try:
        return await work
    except CoachError as error:
        _log.warning("nothing could be deleted for its age: %s", error.detail)
    except Exception as error:  # noqa: BLE001  nobody waits for this task, and the next day it may succeed
        _log.error("nothing could be deleted for its age: unexpected %s", type(error).__name__)
    return None


async def _prune(entrance: Entrance, settings: Settings, workspace: str) -> None:
    store = (await entrance.coach(workspace)).store
    assert store is not None  # noqa: S101  an entrance is to stores
    audit = await entrance.audit(workspace)
    done = await Privacy(settings, workspace, store, audit).prune(gap=_DAILY)
    if done is not None and done.rows:
        _log.info("deleted for its age in workspace %s: %s", workspace, done.rows)
        await audit.append(Entry(actor="service", role="service", action="prune", detail={"rows": done.rows}))
