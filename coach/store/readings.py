"""What engines answered, by the hash of everything an answer depends on: the same paste says the same."""

from __future__ import annotations

from datetime import UTC, datetime

from coach.store.local_file import LocalFile, moment

_AT_ONCE = 500
"""Readings that are deleted in one step: nobody else waits long for the file."""


class StoredReadings:
    """Readings as JSON, by key; each method has `wait`, as `LocalFile.connection` has it."""

    def __init__(self, database: LocalFile) -> None:
        self._database = database

    def get(self, key: str, *, wait: bool = True) -> str | None:
        """The reading that was kept under this key; None where none was.

        Raises:
            StoreError: the store cannot be read.
        """
        with self._database.connection(wait=wait) as db:
            row: tuple[str] | None = db.execute("SELECT reading FROM readings WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def put(self, key: str, reading: str, *, wait: bool = True) -> None:
        """Keep a reading; where one is kept under this key already, that one stays.

        Raises:
            StoreError: the store cannot be written.
        """
        row = key, reading, moment(datetime.now(UTC))
        with self._database.connection(wait=wait) as db:
            db.execute("INSERT OR IGNORE INTO readings (key, reading, made_at) VALUES (?, ?, ?)", row)

    def count(self, before: datetime | None = None) -> int:
        """How many were made before a moment, or ever.

        Raises:
            StoreError: the store cannot be read.
        """
        with self._database.connection() as db:
            (found,) = db.execute("SELECT count(*) FROM readings WHERE made_at < ?", (_until(before),)).fetchone()
        return int(found)

    def forget(self, before: datetime | None = None) -> int:
        """Delete what was made before a moment, or all; how many that were.

        Raises:
            StoreError: the store cannot be written.
        """
        old = "SELECT key FROM readings WHERE made_at < ? LIMIT ?"
        values = (_until(before), _AT_ONCE)
        count = 0
        while True:
            with self._database.connection() as db:
                deleted = db.execute(f"DELETE FROM readings WHERE key IN ({old})", values).rowcount  # noqa: S608
            count += deleted
            if deleted < _AT_ONCE:
                return count


def _until(before: datetime | None) -> str:
    return "~" if before is None else moment(before)  # which is after every moment
