"""The store as callers hold it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from coach.store.local_file import LocalFile
from coach.store.readings import StoredReadings
from coach.store.spending import Ledger

if TYPE_CHECKING:
    from coach.store.records import Records


class Store:
    """What engines answered and what that cost, in a file of this machine; and what is to last, in a database.

    Attributes:
        readings: What engines answered.
        ledger: What model calls cost.
        path: The file.
    """

    def __init__(self, path: Path, url: str | None = None, schema: str | None = None) -> None:
        """Name the file and the database; each is opened, and the file made where there is none, at first use.

        Args:
            path: The SQLite file.
            url: The database, such as `postgresql://user@host/name`; the same file where None.
            schema: The schema in it that has the tables; see `coach.store.database`.
        """
        self.path = path
        self._url = url
        self._schema = schema
        self._file = LocalFile(path)
        self.readings = StoredReadings(self._file)
        self.ledger = Ledger(self._file)

    @property
    def is_there(self) -> bool:
        """Whether there is anything to read: not where the database is a file that nothing was kept in yet."""
        return self._url is not None or self.path.exists()

    @cached_property
    def records(self) -> Records:
        """What is to last: people, deals, reviews, agreements; to be used in one event loop, and closed in it."""
        # Imported here: most deal notes need no database, and SQLAlchemy takes as long to load as they take to read.
        from coach.store.database import Database  # noqa: PLC0415
        from coach.store.records import Records  # noqa: PLC0415

        return Records(Database(self._url or self.path, self._schema))

    async def aclose(self) -> None:
        """Close the file and the database; a later use opens them again."""
        self.close()
        records = self.__dict__.pop("records", None)
        if records is not None:
            await records.close()

    def close(self) -> None:
        """Close the file; a later use opens it again."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
