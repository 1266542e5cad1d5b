"""The store as callers hold it."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from coach.store.database import Database
from coach.store.readings import StoredReadings
from coach.store.reviews import StoredReviews
from coach.store.spending import Ledger


class Store:
    """One file of readings, spending and reviews; threads and processes may use it at once.

    Attributes:
        readings: What engines answered.
        reviews: What was said about people's work.
        ledger: What model calls cost.
    """

    def __init__(self, path: Path) -> None:
        """Name the file; it is opened, and made where there is none, at first use.

        Args:
            path: The SQLite file.
        """
        self._database = Database(path)
        self.readings = StoredReadings(self._database)
        self.reviews = StoredReviews(self._database)
        self.ledger = Ledger(self._database)

    def close(self) -> None:
        """Close the file; a later use opens it again."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
