"""Where each workspace's data is: a database of its own, so that no statement can reach another's.

In SQLite a file for each; in PostgreSQL a schema. `main` is the file, or the schema, that is there without any other.
"""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from coach.domain.identity import MAIN, WORKSPACE
from coach.errors import InvalidInput
from coach.store.store import Store

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

_SCHEMA = "coach_"
_NUMBERED = ("commitments", "deals")
"""Tables whose keys are shown: each workspace counts from a number of its own, so that no id of one is another's."""
_FIRST = (2**32, 2**52)
"""Where such a count begins; a number that a browser can hold."""


class Workspaces:
    """The stores of all workspaces of one installation."""

    def __init__(self, path: Path, url: str | None = None) -> None:
        """Name the store of `main`, as `coach.store.store.Store` has it."""
        self._path = path
        self._url = url
        self._known = {MAIN}
        self._looking = asyncio.Lock()

    def store(self, name: str) -> Store:
        """The store of a workspace; whether there is one, `exists` tells."""
        if name == MAIN:
            return Store(self._path, self._url)
        return Store(self._folder / f"{name}.sqlite3", self._url, _SCHEMA + name)

    async def exists(self, name: str) -> bool:
        """Whether there is a workspace of this name."""
        if name not in self._known and WORKSPACE.fullmatch(name):
            async with self._looking:  # whoever tries names opens one connection at a time
                self._known.update(await self.names())
        return name in self._known

    async def names(self) -> tuple[str, ...]:
        """All workspaces, `main` first."""
        if self._url is None:
            found = {file.stem for file in self._folder.glob("*.sqlite3")}
        else:
            found = await self._schemas()
        return (MAIN, *sorted(name for name in found if WORKSPACE.fullmatch(name) and name != MAIN))

    async def create(self, name: str) -> None:
        """Make a workspace where there is none of this name.

        Raises:
            InvalidInput: a workspace cannot be called so.
            StoreError: it cannot be made.
        """
        if not WORKSPACE.fullmatch(name):
            raise InvalidInput(f"workspace {name!r}: take a small letter, and up to 30 more small letters and digits")
        if await self.exists(name):
            return
        # Imported here: most that use a store make no workspace.
        from sqlalchemy import text  # noqa: PLC0415

        from coach.store.migrating import upgrade  # noqa: PLC0415

        store = self.store(name)
        database = store.records.database
        try:
            async with database.raw() as connection:
                if database.schema is not None:
                    await connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{database.schema}"'))
                await upgrade(connection)
                await _count_from_elsewhere(connection)
        finally:
            await store.aclose()

    @property
    def _folder(self) -> Path:
        return self._path.parent / "workspaces"

    async def _schemas(self) -> set[str]:
        from sqlalchemy import text  # noqa: PLC0415  as above

        store = self.store(MAIN)
        try:
            async with store.records.database.raw(writes=False) as connection:
                rows = await connection.execute(
                    text("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, :start)"), {"start": _SCHEMA}
                )
                return {str(row.nspname).removeprefix(_SCHEMA) for row in rows}
        finally:
            await store.aclose()


async def _count_from_elsewhere(connection: AsyncConnection) -> None:
    from sqlalchemy import text  # noqa: PLC0415  as above

    for table in _NUMBERED:
        first = _FIRST[0] + secrets.randbelow(_FIRST[1] - _FIRST[0])
        if connection.dialect.name == "sqlite":
            await connection.execute(
                text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"), {"name": table, "seq": first}
            )
        else:
            await connection.execute(text(f"ALTER TABLE {table} ALTER COLUMN id RESTART WITH {first}"))
