"""Makes what was deleted unreadable on the disk: a deleted row stays in its page until something else is put there.

SQLite writes the file anew and empties its log. PostgreSQL writes tables anew, with their indexes and long values, and
takes its samples of the columns anew, for these hold values, too.
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import exc, text

from coach.domain.base import Frozen
from coach.store.database import Database
from coach.store.tables import metadata

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from coach.store.store import Store

_BUSY_S = 20
"""How long to wait for others who use a file or a table."""
_WITHOUT_NAMES = frozenset({"audit", "quotas", "outcomes"})
_WAL = "the server's write-ahead log, its archives and its replicas hold earlier pages until they are recycled"
_SAMPLES = (
    "the server's samples of columns (pg_statistic) were taken anew, and what they replace is there until a VACUUM"
)
_AGAIN = "others used it for too long; erase again when they do not"
_NOT_OURS = "were not written anew: others used them for too long, or another role owns them; erase again, as that role"


class Rewritten(Frozen):
    """What was done of one file or database."""

    place: str
    """Where, never with a password."""
    done: bool
    """Whether nothing of what was deleted is left in it."""
    left: str | None = None
    """What may still hold it."""


async def rewrite(store: Store) -> tuple[Rewritten, ...]:
    """Write the machine's file and the database anew.

    Raises:
        StoreError: the database cannot be used.
    """
    database = store.records.database
    files = dict.fromkeys(path.resolve() for path in (store.path, *([database.file] if database.is_file else [])))
    made = [await asyncio.to_thread(_rewrite_file, path) for path in files if path.exists()]
    if not database.is_file:
        made.append(await _rewrite_tables(database))
    return tuple(made)


def flush(path: Path) -> bool:
    """Put a file's log into it, and empty the log; whether that was done."""
    try:
        with closing(sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)) as db:
            (busy, *_) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error:
        return False
    return not busy


def _rewrite_file(path: Path) -> Rewritten:
    try:
        with closing(sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)) as db:
            db.execute("PRAGMA secure_delete = ON")
            db.execute("VACUUM")
            (busy, *_) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error as error:
        reason = str(error) if hasattr(error, "sqlite_errorcode") else type(error).__name__
        return Rewritten(place=str(path), done=False, left=f"{reason}; {_AGAIN}")
    return Rewritten(place=str(path), done=not busy, left=_AGAIN if busy else None)


async def _rewrite_tables(database: Database) -> Rewritten:
    tables = [table.name for table in metadata.sorted_tables if table.name not in _WITHOUT_NAMES]
    async with database.alone() as connection:
        await connection.execute(text(f"SET lock_timeout = '{_BUSY_S}s'"))
        failed = [table for table in tables if not await _rewrite_table(connection, table)]
        left = [_WAL]
        if not await _by_superuser(connection, "VACUUM (FULL) pg_statistic"):
            left.append(_SAMPLES)
        await _by_superuser(connection, "CHECKPOINT")
    if failed:
        left.append(f"{', '.join(failed)} {_NOT_OURS}")
    return Rewritten(place=str(database), done=not failed, left="; ".join(left))


async def _rewrite_table(connection: AsyncConnection, table: str) -> bool:
    # Of who may not do it, the server takes the statement, warns, and does nothing: so it is looked at.
    file = text("SELECT pg_relation_filenode(CAST(quote_ident(:name) AS regclass))")
    before = (await connection.execute(file, {"name": table})).scalar()
    try:
        await connection.execute(text(f'VACUUM (FULL, ANALYZE) "{table}"'))
    except exc.DBAPIError:
        # The rows are gone, but not their bytes.
        await connection.execute(text(f'VACUUM (ANALYZE) "{table}"'))
        return False
    return (await connection.execute(file, {"name": table})).scalar() != before


async def _by_superuser(connection: AsyncConnection, statement: str) -> bool:
    """Do what the server lets its superuser alone do; whether it was done."""
    if not (await connection.execute(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))).scalar():
        return False
    try:
        await connection.execute(text(statement))
    except exc.DBAPIError:
        return False
    return True
