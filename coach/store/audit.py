"""The audit log: entries chained by keyed hashes, which are only ever added to.

Nobody without the service's secret can make an entry that fits, change one, or take one out of the middle unseen; that
the end was not cut off shows against a head that was noted elsewhere.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, or_, select, text, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import NullType

from coach import __version__
from coach.domain.opportunity import folded
from coach.errors import StoreError
from coach.store.database import Database
from coach.store.secret import Secret
from coach.store.tables import audit

START = "0" * 64
"""What the first entry has for the digest of the one before."""
_LOCK = 0x_C0AC_A0D1
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What somebody did: of ids and codes, never of names or texts."""

    actor: str
    """The principal's id, or `cli`."""
    role: str
    action: str
    """The operation's id, or the command's name."""
    object: str | None = None
    """The id of what it was done to."""
    person: str | None = None
    """The pseudonym of whom it is about; see `Audit.pseudonym`."""
    detail: Mapping[str, Any] = field(default_factory=dict)
    request: str | None = None
    """The request's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded(Entry):
    """An entry in its place."""

    number: int
    at: datetime
    version: str
    """Of Coach."""
    previous: str
    digest: str


class Head(NamedTuple):
    """The last entry: its number, 0 where there is none, and its digest."""

    number: int
    digest: str


class Audit:
    """The log of one workspace."""

    def __init__(self, database: Database, secret: Secret) -> None:
        self._database = database
        self._secret = secret
        self._waiting: list[_Waiting] = []
        self._writer: asyncio.Task[None] | None = None

    def pseudonym(self, name: str) -> str:
        """What stands for a person: the log outlives the erasure of a name, and can be searched by it."""
        return self._secret.digest("person", folded(name))[:32]

    async def append(self, entry: Entry) -> None:
        """Add an entry; it is on the disk when this returns. What comes meanwhile is written together.

        Raises:
            StoreError: it cannot be written.
            TypeError: its detail is not JSON; this is of its own caller alone, and not of all who are written with it.
        """
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((_unplaced(entry), done))
        if self._writer is None:
            self._writer = asyncio.create_task(self._write())
        await asyncio.shield(done)

    async def head(self) -> Head:
        """The last entry."""
        async with self._database.reading() as connection:
            return await _head(connection)

    async def page(
        self, *chosen: ColumnElement[bool], before: int | None = None, most: int = 100
    ) -> tuple[Recorded, ...]:
        """The latest entries first; see `since`, `of` for what chooses them."""
        statement = select(*_AS_KEPT).where(*chosen).order_by(audit.c.number.desc()).limit(most)
        if before is not None:
            statement = statement.where(audit.c.number < before)
        async with self._database.reading() as connection:
            return tuple(map(_recorded, await connection.execute(statement)))

    async def all(self) -> AsyncIterator[Recorded]:
        """Every entry, in order."""
        # From the very first: one that somebody put in before number 1 is to be seen.
        beyond: list[ColumnElement[bool]] = []
        while True:
            statement = select(*_AS_KEPT).where(*beyond).order_by(audit.c.number).limit(_AT_ONCE)
            async with self._database.reading() as connection:
                rows = list(await connection.execute(statement))
            for row in rows:
                yield _recorded(row)
            if len(rows) < _AT_ONCE:
                return
            beyond = [audit.c.number > rows[-1].number]

    def fits(self, entry: Recorded) -> bool:
        """Whether an entry's digest is its own."""
        return self._digest({name: getattr(entry, name) for name in _SIGNED} | {"detail": _json(entry.detail)}) == (
            entry.digest
        )

    async def close(self) -> None:
        """Close the database."""
        await self._database.close()

    async def _write(self) -> None:
        try:
            while self._waiting:
                some, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
                try:
                    await self._put([row for row, _ in some])
                except BaseException as error:
                    _end(some, error)
                    if not isinstance(error, Exception):
                        _end(self._waiting, error)
                        raise
                else:
                    _end(some, None)
        finally:
            self._writer = None

    async def _put(self, rows: Sequence[dict[str, Any]]) -> None:
        async with self._database.writing() as connection:
            if connection.dialect.name == "postgresql":
                lock = text("SELECT pg_advisory_xact_lock(:lock, hashtext(current_schema()))")
                await connection.execute(lock, {"lock": _LOCK - 2**32})
            head = await _head(connection)
            for row in rows:
                row |= {"number": head.number + 1, "previous": head.digest}
                row["digest"] = self._digest(row)
                head = Head(head.number + 1, row["digest"])
            await connection.execute(audit.insert(), rows)
        if self._database.is_file:
            await asyncio.to_thread(_onto_disk, self._database.file)

    def _digest(self, row: Mapping[str, Any]) -> str:
        signed = {name: row[name] for name in _SIGNED} | {"at": row["at"].astimezone(UTC).isoformat()}
        return self._secret.digest("audit", _json(signed))


_Waiting = tuple[dict[str, Any], asyncio.Future[None]]
_SIGNED = tuple(column.name for column in audit.columns if column.name != "digest")
_AS_KEPT = [type_coerce(one, NullType()).label(one.name) if one.name == "at" else one for one in audit.columns]
"""A moment as the database has it: what somebody has made of one need not be one."""
_UNREADABLE = {"unreadable": True}


def since(moment: datetime) -> ColumnElement[bool]:
    """Chooses what was done at a moment or later."""
    return audit.c.at >= moment


def until(moment: datetime) -> ColumnElement[bool]:
    """Chooses what was done before a moment."""
    return audit.c.at < moment


def of(**values: str) -> ColumnElement[bool]:
    """Chooses entries that have this value: actor, action, object, person; the latter also where others are named."""
    ((name, value),) = values.items()
    chosen = audit.c[name] == value
    return or_(chosen, audit.c.detail.contains(value, autoescape=True)) if name == "person" else chosen


async def _head(connection: AsyncConnection) -> Head:
    last = select(audit.c.number, audit.c.digest).order_by(audit.c.number.desc()).limit(1)
    row = (await connection.execute(last)).first()
    return Head(0, START) if row is None else Head(row.number, row.digest)


def _unplaced(entry: Entry) -> dict[str, Any]:
    """An entry as a row, but for its place in the chain."""
    row = {name: getattr(entry, name) for name in Entry.__slots__}
    return row | {"detail": _json(entry.detail), "at": datetime.now(UTC), "version": __version__}


def _recorded(row: Row[Any]) -> Recorded:
    """A row as an entry; what somebody has made of it that is none does not fit, and breaks nothing."""
    values = row._mapping  # noqa: SLF001  SQLAlchemy's public name for it
    read: dict[str, Any] = {name: None if value is None else str(value) for name, value in values.items()}
    read |= {"number": row.number, "at": _moment(row.at), "detail": _detail(row.detail)}
    return Recorded(**read)


def _moment(kept: object) -> datetime:
    if not isinstance(kept, datetime):
        try:
            kept = datetime.fromisoformat(str(kept))
        except ValueError:
            return datetime.min.replace(tzinfo=UTC)
    # SQLite knows no time zones, and has all in UTC.
    return kept.astimezone(UTC) if kept.tzinfo else kept.replace(tzinfo=UTC)


def _detail(kept: object) -> Mapping[str, Any]:
    try:
        detail = json.loads(str(kept))
        as_written = isinstance(detail, dict) and _json(detail) == kept
    except (ValueError, RecursionError):
        return _UNREADABLE
    return detail if as_written else _UNREADABLE


def _onto_disk(file: Path) -> None:
    """Have the system write out what SQLite has committed, which it alone does not ask for: see `Database`."""
    with suppress(FileNotFoundError):  # then it is in the file itself, which SQLite has seen to
        log = os.open(f"{file}-wal", os.O_RDONLY)
        try:
            os.fsync(log)
        except OSError as error:
            raise StoreError(f"{file}: cannot be written: {error.strerror}; check the disk") from None
        finally:
            os.close(log)


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _end(some: Sequence[_Waiting], error: BaseException | None) -> None:
    for _, done in some:
        if done.done():
            continue
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error if isinstance(error, Exception) else asyncio.CancelledError())
