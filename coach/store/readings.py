"""What engines answered, by the hash of everything an answer depends on: the same paste says the same."""

from __future__ import annotations

from coach.store.database import Database


class StoredReadings:
    """Readings as JSON, by key; each method has `wait`, as `Database.connection` has it."""

    def __init__(self, database: Database) -> None:
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
        with self._database.connection(wait=wait) as db:
            db.execute("INSERT OR IGNORE INTO readings VALUES (?, ?)", (key, reading))
