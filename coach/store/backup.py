"""Backs a database up into one file, while others write it.

The file is there whole or not at all: it is written beside its place, checked, put on the disk, and only then moved.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select, text

from coach.domain.base import Frozen
from coach.errors import InvalidInput, StoreError
from coach.store.database import Database, revision
from coach.store.migrations import HEAD
from coach.store.tables import backups
from coach.store.upkeep import refuse_missing

_OWN = ("-wal", "-shm", "-journal")
"""What SQLite adds to the name of a file for its own files beside it."""
_LONGEST_REASON = 300


async def back_up(database: Database, to: Path, *, overwrite: bool = False) -> None:
    """Back a database up: a SQLite file as another one, PostgreSQL in the custom format of `pg_dump`.

    Args:
        database: Of any version.
        to: The file; only its owner may read it.
        overwrite: Whether to replace one that is there.

    Raises:
        InvalidInput: the file is there and is not to be replaced, is the database's own, or cannot be one.
        StoreError: the database cannot be read, or the backup not written; no file was made or changed.
    """
    refuse_missing(database)
    _refuse(database, to, overwrite=overwrite)
    if database.is_file:
        await asyncio.to_thread(_whole_or_not, lambda part: _copy(database, part), database, to, overwrite=overwrite)
        return
    major = await _server(database)
    program = await asyncio.to_thread(_pg_dump, major)
    await asyncio.to_thread(
        _whole_or_not, lambda part: _dump(database, program, part), database, to, overwrite=overwrite
    )


class Backup(Frozen):
    """A backup that was made."""

    place: str
    """The file, as it was called on the machine that made it."""
    bytes: int
    made_at: datetime
    there: bool
    """Whether it is, seen from this machine."""


async def remember(database: Database, to: Path) -> None:
    """Keep that a backup was made, for an erasure to name it; of a database of another version nothing is kept.

    Raises:
        StoreError: that cannot be kept.
    """
    place, size = await asyncio.to_thread(lambda: (str(to.resolve()), to.stat().st_size))
    values = {"place": place, "bytes": size, "made_at": datetime.now(UTC)}
    async with database.raw() as connection:
        if await connection.run_sync(revision) == HEAD:
            await connection.execute(backups.delete().where(backups.c.place == place))
            await connection.execute(backups.insert().values(values))


async def made(database: Database) -> tuple[Backup, ...]:
    """The backups that were made, the first first.

    Raises:
        StoreError: the database cannot be read.
    """
    async with database.reading() as connection:
        rows = list(await connection.execute(select(backups).order_by(backups.c.id)))
    there = await asyncio.to_thread(lambda: [Path(row.place).exists() for row in rows])
    return tuple(
        Backup(place=row.place, bytes=row.bytes, made_at=row.made_at, there=seen)
        for row, seen in zip(rows, there, strict=True)
    )


def _refuse(database: Database, to: Path, *, overwrite: bool) -> None:
    if to.is_dir() or not to.parent.is_dir():
        raise InvalidInput(f"{to}: is a folder or in a folder that is not there; name a file for the backup")
    if database.is_file:
        own = (database.file, *(Path(f"{database.file}{end}") for end in _OWN))
        if to.resolve() in {one.resolve() for one in own} or (to.exists() and to.samefile(database.file)):
            raise InvalidInput(f"{to}: is the database itself; name another file for the backup")
    if to.exists() and not overwrite:
        raise InvalidInput(f"{to}: is there already; name another file, or give --overwrite")
    # SQLite would take the log of what lay there before for the backup's own.
    used = [end for end in _OWN if Path(f"{to}{end}").exists()]
    if used:
        raise InvalidInput(
            f"{to}: a database of this name is in use, for {to.name}{used[0]} lies beside it; name another"
        )


def _whole_or_not(write: Callable[[Path], None], database: Database, to: Path, *, overwrite: bool) -> None:
    part: Path | None = None
    try:
        opened, name = tempfile.mkstemp(dir=to.parent, prefix=f".{to.name}.", suffix=".part")  # of mode 0600
        os.close(opened)
        part = Path(name)
        write(part)
        _put_on_disk(part)
        _refuse(database, to, overwrite=overwrite)  # it took a while
        part.replace(to)
        _put_on_disk(to.parent)
    except OSError as error:
        raise StoreError(f"{to}: cannot be written: {error.strerror or type(error).__name__}; check the disk") from None
    finally:
        if part is not None:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _put_on_disk(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _copy(database: Database, part: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"{database.file.absolute().as_uri()}?mode=rw", uri=True)) as source,
            closing(sqlite3.connect(part)) as copy,
        ):
            source.backup(copy)  # in one step, of one moment: a copy in many would start again at each write
        # Nobody writes it, so that SQLite need not put files of its own beside it.
        with closing(sqlite3.connect(f"{part.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
            (found,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        raise StoreError(f"{database}: cannot be backed up: {error}; see `coach db check`") from None
    if found != "ok":
        raise StoreError(f"{database}: is damaged, so that no backup was made; see `coach db check`")


async def _server(database: Database) -> int:
    """The server's major version."""
    async with database.raw(writes=False) as connection:
        number = (await connection.execute(text("SHOW server_version_num"))).scalar_one()
    return int(number) // 10_000


def _pg_dump(server: int) -> str:
    """Where `pg_dump` is, if it can read a server of this version."""
    install = (
        f"install the client programs of PostgreSQL {server} or later (Debian and Ubuntu: postgresql-client-{server}; "
        "macOS: libpq), so that `pg_dump` is found on the PATH"
    )
    program = shutil.which("pg_dump")
    if program is None:
        raise StoreError(f"no `pg_dump` to back PostgreSQL up with; {install}")
    ended = subprocess.run([program, "--version"], capture_output=True, check=False)  # noqa: S603  PostgreSQL's own
    found = re.search(rb"\(PostgreSQL\) (\d+)", ended.stdout)
    if found is None:
        raise StoreError(f"{program}: does not say its version; {install}")
    if int(found[1]) < server:
        raise StoreError(f"{program}: is of PostgreSQL {int(found[1])}, older than the server's {server}; {install}")
    return program


def _dump(database: Database, program: str, part: Path) -> None:
    options, password = _connection(database)
    command = [program, "--format=custom", "--no-password", f"--file={part}", f"--dbname={options}"]
    _run(database, command, os.environ | ({} if password is None else {"PGPASSWORD": password}))
    # It is read through, as far as the program for that is there: it comes with the other.
    restore = Path(program).with_name("pg_restore")
    if restore.exists():
        _run(database, [str(restore), "--file=-", str(part)], dict(os.environ))


def _connection(database: Database) -> tuple[str, str | None]:
    """How to connect, without the password, which everybody could read on a command line; and the password."""
    from psycopg.conninfo import make_conninfo  # noqa: PLC0415  loaded where the database is PostgreSQL

    options = dict(database.url.get_dialect()().create_connect_args(database.url)[1])
    password = options.pop("password", None)
    secret = [name for name in options if "password" in name]
    if secret:
        raise StoreError(f"{database}: `pg_dump` cannot be given {secret[0]} unseen; back up with `pg_dump` yourself")
    return make_conninfo(**options), password


def _run(database: Database, command: list[str], environment: dict[str, str]) -> None:
    ended = subprocess.run(  # noqa: S603  PostgreSQL's own
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment,
        check=False,
    )
    if ended.returncode:
        said = ended.stderr.decode(errors="replace").strip().splitlines() or [f"exit {ended.returncode}"]
        raise StoreError(f"{database}: cannot be backed up: {said[0][:_LONGEST_REASON]}")
