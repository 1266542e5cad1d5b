"""The SQLite file of this machine, opened without a detour for what an engine waits for: answers and bookings.

Where the records are kept in SQLite, too, it is the same file; `coach.store.database` has its other tables.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from coach.errors import StoreError

_VERSION = 3
_TABLES = (
    # `made_at` is a moment in UTC, as ISO 8601 to the second.
    """CREATE TABLE IF NOT EXISTS readings (
        key TEXT PRIMARY KEY, reading TEXT NOT NULL, made_at TEXT NOT NULL DEFAULT ''
    ) WITHOUT ROWID""",
    # An id is never given twice, so that a late settlement cannot meet another's booking; `nano_usd` is NULL where the
    # price is not known.
    """CREATE TABLE IF NOT EXISTS bookings (
        id INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL, model TEXT NOT NULL, tokens INTEGER NOT NULL,
        nano_usd INTEGER
    )""",
    "CREATE INDEX IF NOT EXISTS bookings_of_a_day ON bookings (day, tokens, nano_usd)",
)
_BUSY_S = 30
"""How long to wait for another process that writes."""
_RETRY_S = 0.01
_opening = threading.Lock()


class LocalFile:
    """One connection, opened at first use; threads take turns."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._db: sqlite3.Connection | None = None
        self._waits = True

    @contextmanager
    def connection(self, *, wait: bool = True) -> Iterator[sqlite3.Connection]:
        """Lend the connection to one thread; each statement is a transaction of its own.

        Args:
            wait: Whether to wait for other threads and processes.

        Raises:
            StoreError: the file cannot be made, read or written, or a newer version of Coach wrote it.
            BlockingIOError: it was not to wait, and would have to, or to open the file; nothing was done.
        """
        if not self._lock.acquire(blocking=wait):
            raise BlockingIOError
        try:
            yield self._opened(wait=wait)
        except BlockingIOError:
            raise
        except (OSError, sqlite3.Error) as error:
            if not wait and _is_busy(error):
                raise BlockingIOError from None
            raise StoreError(
                f"{self._path}: cannot be used as the store: {_reason(error)}; check the disk and the file's "
                "permissions, or move the file away and Coach starts an empty one"
            ) from None
        finally:
            self._lock.release()

    def _opened(self, *, wait: bool) -> sqlite3.Connection:
        if self._db is None:
            if not wait:
                raise BlockingIOError
            self._db, self._waits = _open(self._path), True
        if self._waits is not wait:
            self._db.execute(f"PRAGMA busy_timeout = {_BUSY_S * 1000 if wait else 0}")
            self._waits = wait
        return self._db

    @contextmanager
    def transaction(self, *, wait: bool = True) -> Iterator[sqlite3.Connection]:
        """Lend the connection for statements of which all count or none, with no other writer in between.

        Raises:
            StoreError: as `connection`.
            BlockingIOError: as `connection`.
        """
        with self.connection(wait=wait) as db, db:
            db.execute("BEGIN IMMEDIATE")
            yield db

    def close(self) -> None:
        """Close the file; a later use opens it again."""
        with self._lock:
            if self._db is not None:
                self._db.close()
                self._db = None


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # To close a file drops every lock that the process has on it: no connection may exist between open and close.
    with _opening:
        with suppress(FileExistsError):
            path.touch(mode=0o600, exist_ok=False)
        db = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)
    try:
        _prepare(db, path)
    except BaseException:
        db.close()
        raise
    return db


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version > _VERSION:
        raise StoreError(
            f"{path}: is a store of format {version}, and this version of Coach knows formats up to {_VERSION}; "
            "use the version of Coach that wrote it, or another file"
        )
    if version < _VERSION:
        write_ahead(db.execute)
        _upgrade(db)
    # A process may be killed at any time; only a power cut could cost the last writes, and not the file.
    db.execute("PRAGMA synchronous = NORMAL")
    # What is deleted is overwritten in the file, too.
    db.execute("PRAGMA secure_delete = ON")


def _upgrade(db: sqlite3.Connection) -> None:
    db.execute("BEGIN IMMEDIATE")
    with db:
        for table in _TABLES:
            db.execute(table)
        columns = {name for _, name, *_ in db.execute("PRAGMA table_info(readings)")}
        if "made_at" not in columns:  # up to format 2; another process may have been quicker
            db.execute("ALTER TABLE readings ADD COLUMN made_at TEXT NOT NULL DEFAULT ''")
            # Nobody knows when these were made: they age from now on.
            db.execute("UPDATE readings SET made_at = ?", (moment(datetime.now(UTC)),))
        db.execute(f"PRAGMA user_version = {_VERSION}")


def moment(at: datetime) -> str:
    """A moment as the file has it: texts of that form are in the order of time."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def write_ahead(execute: Callable[[str], object]) -> None:
    """Turn the write-ahead log on for good; where several processes do so at once, SQLite does not wait by itself.

    Args:
        execute: That of a connection or a cursor.
    """
    ends_at = time.monotonic() + _BUSY_S
    while True:
        try:
            execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not _is_busy(error) or time.monotonic() > ends_at:
                raise
            time.sleep(_RETRY_S)
        else:
            return


def _is_busy(error: OSError | sqlite3.Error) -> bool:
    """Whether another process is at it."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def _reason(error: OSError | sqlite3.Error) -> str:
    """What failed: in SQLite's or the system's words, which hold no content; Python's own quote a damaged text."""
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return str(error) if hasattr(error, "sqlite_errorcode") else "damaged content"
