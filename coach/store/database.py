"""The database: SQLite in a file, or PostgreSQL by its address; the same tables, code and migrations on both.

What fails is told without SQL, and without the values that were to be written.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import event, exc, make_url, text
from sqlalchemy.engine import URL, Connection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from coach.errors import ConfigError, StoreError
from coach.observed import observed
from coach.store.local_file import write_ahead
from coach.store.migrations import HEAD

_BUSY_S = 60
"""How long to wait for another writer; an import of 100,000 rows writes for a part of that."""
_POOL: dict[str, Any] = {"pool_size": 16, "max_overflow": 8}
"""Connections that are kept open; those beyond are closed after each use, and to open one costs more than most uses."""
_DRIVERS = {
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
}


class Database:
    """Connections to one database, opened at first use, of one event loop until `close`."""

    def __init__(self, at: Path | str, schema: str | None = None) -> None:
        """Name the database.

        Args:
            at: A SQLite file, or a URL such as `postgresql://user@host/name`.
            schema: In PostgreSQL, the schema that has the tables; the connection's own where None.

        Raises:
            ConfigError: it is a URL of something else.
        """
        self.url = URL.create("sqlite+aiosqlite", database=str(at)) if isinstance(at, Path) else _url(at)
        self.schema = None if self.is_file else schema
        self._engine: AsyncEngine | None = None
        self._opening = asyncio.Lock()
        self._writing = asyncio.Lock()

    @property
    def is_file(self) -> bool:
        """Whether it is a SQLite file."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def file(self) -> Path:
        """The SQLite file."""
        return Path(self.url.database or "")

    def __str__(self) -> str:
        """What to call it in a message: never with a password."""
        if self.is_file:
            return str(self.file)
        secret = [name for name in self.url.query if "password" in name]
        shown = self.url.difference_update_query(secret).render_as_string(hide_password=True)
        return shown if self.schema is None else f"{shown}, schema {self.schema}"

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Lend a connection on which everything that is read is of one moment.

        Raises:
            StoreError: the database cannot be reached or read, or is of another version.
        """
        with observed("store.read"), _failures(self):
            engine = await self._ready()
            # PostgreSQL looks anew for each statement unless told otherwise; SQLite never does within a transaction.
            options = {} if self.is_file else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            async with engine.connect() as plain:
                connection = await plain.execution_options(**options)
                async with connection.begin():
                    yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Lend a connection for statements of which all count or none.

        Raises:
            StoreError: the database cannot be reached or written, or is of another version.
        """
        with observed("store.write"), _failures(self):
            engine = await self._ready()
            # In a file one writes at a time, and SQLite lets whoever asks at the right moment go first.
            turn = self._writing if self.is_file else nullcontext()
            async with turn, engine.execution_options(coach_writes=True).begin() as connection:
                yield connection

    @asynccontextmanager
    async def raw(self, *, writes: bool = True) -> AsyncIterator[AsyncConnection]:
        """Lend a connection to whatever is there, of any version; for migrations, which write, and for upkeep."""
        with _failures(self):
            engine = self._made()
            if self.is_file:
                # A migration may put a copy of a table in its place, and must not take along what refers to it.
                event.listen(engine.sync_engine, "connect", _let_references_be)
            try:
                async with engine.execution_options(coach_writes=writes).begin() as connection:
                    yield connection
            finally:
                await engine.dispose()

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[AsyncConnection]:
        """Lend a connection to PostgreSQL on which each statement counts by itself, as VACUUM wants it."""
        with _failures(self):
            engine = self._made()
            try:
                async with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
                    yield connection
            finally:
                await engine.dispose()

    async def close(self) -> None:
        """Close every connection; a later use opens them again."""
        engine, self._engine = self._engine, None
        self._opening, self._writing = asyncio.Lock(), asyncio.Lock()  # a lock is of one event loop
        if engine is not None:
            await engine.dispose()

    async def _ready(self) -> AsyncEngine:
        if self._engine is not None:
            return self._engine
        async with self._opening:
            if self._engine is None:
                engine = self._made()
                try:
                    await self._check_version(engine)
                except BaseException:
                    await engine.dispose()
                    raise
                self._engine = engine
        return self._engine

    async def _check_version(self, engine: AsyncEngine) -> None:
        async with engine.connect() as connection:
            found = await connection.run_sync(revision)
        if found == HEAD:
            return
        if self.is_file:
            # A file is one user's own: it is brought up to date unasked. `upgrade` refuses one of a newer version.
            from coach.store.migrating import upgrade  # noqa: PLC0415  alembic is loaded where something is to do

            async with self.raw() as connection:
                await upgrade(connection)
            return
        state = "empty" if found is None else f"of version {found}"
        raise StoreError(f"{self}: is {state}, and this version of Coach needs {HEAD}; run `coach db upgrade`")

    def _made(self) -> AsyncEngine:
        if not self.is_file:
            path = {} if self.schema is None else {"options": f"-c search_path={self.schema}"}
            return create_async_engine(self.url, pool_pre_ping=True, hide_parameters=True, connect_args=path, **_POOL)
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            self.file.touch(mode=0o600, exist_ok=False)
        engine = create_async_engine(self.url, hide_parameters=True, connect_args={"timeout": _BUSY_S}, **_POOL)
        event.listen(engine.sync_engine, "connect", _prepare)
        event.listen(engine.sync_engine, "begin", _begin)
        event.listen(engine.sync_engine, "invalidate", _let_go)
        return engine


def revision(connection: Connection) -> str | None:
    """The version of the tables that are there; None where there are none."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _url(given: str) -> URL:
    try:
        url = make_url(given)
    except (exc.ArgumentError, ValueError):  # the latter of a port that is no number
        raise ConfigError(
            "COACH_DATABASE_URL is no address of a database; write it as postgresql://user:password@host/name"
        ) from None
    driver = _DRIVERS.get(url.drivername)
    if driver is None or (driver.startswith("sqlite") and not _is_a_file(url.database)):
        raise ConfigError(
            f"COACH_DATABASE_URL: {url.drivername!r} is not a database that Coach keeps records in; use "
            "postgresql://user:password@host/name, or sqlite:///file"
        )
    return url.set(drivername=driver)


def _is_a_file(name: str | None) -> bool:
    """Whether SQLite takes it for a file's name, and not for a database in memory or an address of its own."""
    return bool(name) and name != ":memory:" and not str(name).startswith("file:")


def _prepare(connection: Any, _: object) -> None:  # noqa: ANN401  SQLAlchemy's adapter of a driver's connection
    # SQLAlchemy says when a transaction begins, not the driver, which would not before the first change.
    connection.isolation_level = None
    cursor = connection.cursor()
    write_ahead(cursor.execute)
    # A process may be killed at any time; only a power cut could cost the last writes, and not the file.
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    # What is deleted is overwritten in the file, too.
    cursor.execute("PRAGMA secure_delete = ON")
    # In KiB, of each connection; the system keeps the file in memory once for all of them.
    cursor.execute("PRAGMA cache_size = -500")
    cursor.close()


def _let_references_be(connection: Any, _: object) -> None:  # noqa: ANN401  as above
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = OFF")
    cursor.close()


def _begin(connection: Connection) -> None:
    # Who is going to write says so at once: a reader that turns writer is refused if another wrote in between.
    writes = connection.get_execution_options().get("coach_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _let_go(connection: Any, _: object, __: object) -> None:  # noqa: ANN401  as above
    # Who is cancelled leaves a statement half done. SQLite keeps the locks of a connection that is closed over one
    # until the statement's object goes, which a traceback may hold for long; nobody could write for that time.
    connection.rollback()


class _failures:  # noqa: N801  a context manager, called like a function
    """Tells what fails as an error of the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, exc.SQLAlchemyError | sqlite3.Error | OSError):
            raise StoreError(f"{self._database}: cannot be used: {_reason(error)}; {_mend(self._database)}") from None


def _mend(database: Database) -> str:
    if database.is_file:
        return "check the disk and the file's permissions, or move the file away and Coach starts an empty one"
    return "check that the server runs and COACH_DATABASE_URL is right"


def _reason(error: BaseException) -> str:
    """What failed in the database's own words, as far as these hold no content."""
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, OSError):
        return cause.strerror or type(cause).__name__
    primary = getattr(getattr(cause, "diag", None), "message_primary", None)
    if primary:
        return str(primary)
    if isinstance(cause, sqlite3.Error):
        return str(cause) if hasattr(cause, "sqlite_errorcode") else "damaged content"
    if isinstance(error, exc.OperationalError):
        return " ".join(str(cause).split())
    return type(cause).__name__
