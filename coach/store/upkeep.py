"""Brings a database up to date on request, and checks that it is whole.

No check shows content: rows are named by number, tables and constraints by name.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from coach.errors import StoreError
from coach.store import migrating
from coach.store.database import Database, revision
from coach.store.migrations import HEAD
from coach.store.noting import hashed
from coach.store.tables import metadata, notes

_AT_ONCE = 100
"""Notes in memory at once; a note has at most some hundred thousand characters."""
_NAMED = 10
"""How many faults a check names; it counts the rest."""
_CONSTRAINTS = """
SELECT conname FROM pg_constraint
WHERE connamespace = CAST(current_schema() AS regnamespace) AND NOT convalidated
UNION ALL
SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE relnamespace = CAST(current_schema() AS regnamespace) AND NOT indisvalid
"""


@dataclass(frozen=True, slots=True)
class Check:
    """What one check came to."""

    name: str
    """`version`, `tables`, `content`, `references` or `notes`."""
    passed: bool
    detail: str
    """What was found, without content."""


async def upgrade(database: Database) -> str | None:
    """Bring a database to this version of Coach; a SQLite file is made where there is none.

    Returns:
        The version that it was of; None where it had no tables of any.

    Raises:
        StoreError: it cannot be used, or a newer version of Coach has written it; nothing was changed.
    """
    async with database.raw() as connection:
        before = await connection.run_sync(revision)
        if before != HEAD:
            await migrating.upgrade(connection)
    return before


async def check(database: Database) -> AsyncIterator[Check]:
    """Check that a database is of this version, and whole; others read and write it meanwhile.

    Yields:
        A result as soon as it is there. Of a database of another version only what does not depend on the version.

    Raises:
        StoreError: it cannot be opened, or there is none.
    """
    refuse_missing(database)
    async with database.raw(writes=False) as connection:
        found = await connection.run_sync(revision)
    yield Check("version", found == HEAD, _version(found))
    checks: dict[str, Callable[[AsyncConnection], Awaitable[tuple[str, list[str]]]]]
    checks = {"content": _pages, "references": _references} if database.is_file else {}
    if found == HEAD:
        checks = {"tables": _tables} | (checks or {"content": _rows, "references": _constraints}) | {"notes": _notes}
    for name, made in checks.items():
        yield await _made(database, name, made)


def refuse_missing(database: Database) -> None:
    """Make no file where one is to be read.

    Raises:
        StoreError: there is no such file.
    """
    if database.is_file and not database.file.exists():
        raise StoreError(f"{database}: there is no such file; Coach makes it when there is something to keep")


async def _made(
    database: Database, name: str, made: Callable[[AsyncConnection], Awaitable[tuple[str, list[str]]]]
) -> Check:
    try:
        async with database.raw(writes=False) as connection:
            sound, faults = await made(connection)
    except StoreError as error:
        return Check(name, passed=False, detail=error.detail)
    if not faults:
        return Check(name, passed=True, detail=sound)
    more = f"; and {len(faults) - _NAMED} more" if len(faults) > _NAMED else ""
    return Check(name, passed=False, detail="; ".join(faults[:_NAMED]) + more)


def _version(found: str | None) -> str:
    if found == HEAD:
        return f"{HEAD}, as this version of Coach needs it"
    state = "it has no tables of any version" if found is None else f"it is of version {found}"
    return f"{state}, and this version of Coach needs {HEAD}; run `coach db upgrade`"


async def _tables(connection: AsyncConnection) -> tuple[str, list[str]]:
    return f"{len(metadata.tables)} tables, as the code has them", await migrating.differences(connection)


async def _pages(connection: AsyncConnection) -> tuple[str, list[str]]:
    found = (await connection.execute(text("PRAGMA integrity_check"))).scalars().all()
    lines = [line for one in found if one != "ok" for line in one.splitlines()]
    return "every page and index of the file", lines


async def _references(connection: AsyncConnection) -> tuple[str, list[str]]:
    found = (await connection.execute(text("PRAGMA foreign_key_check"))).all()
    return "every row that another refers to", [f"row {row[1]} of {row[0]} refers to no {row[2]}" for row in found]


async def _rows(connection: AsyncConnection) -> tuple[str, list[str]]:
    count = 0
    for table in metadata.sorted_tables:
        # The whole row as text: every value is fetched and decompressed, on the server.
        whole = text(f'SELECT count(*), sum(length(CAST(one AS text))) FROM "{table.name}" AS one')  # noqa: S608
        count += (await connection.execute(whole)).one()[0]
    return f"every value of {count} rows can be read", []


async def _constraints(connection: AsyncConnection) -> tuple[str, list[str]]:
    found = (await connection.execute(text(_CONSTRAINTS))).scalars().all()
    return "every constraint and index is valid", [f"{name} is not valid" for name in found]


async def _notes(connection: AsyncConnection) -> tuple[str, list[str]]:
    """Whether each note is as it came."""
    faults: list[str] = []
    count = last = 0
    while True:
        some = select(notes.c.id, notes.c.sha256, notes.c.text).where(notes.c.id > last).order_by(notes.c.id)
        rows = (await connection.execute(some.limit(_AT_ONCE))).all()
        if not rows:
            return f"{count} notes, each as it came, by its hash", faults
        changed = [one.id for one in rows if hashed(one.text) != one.sha256]
        faults += [f"note {key} is not as it came" for key in changed]
        count, last = count + len(rows), rows[-1].id
