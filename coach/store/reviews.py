"""What was said of a rep's deals and of a manager's conversations, kept by whom it is about."""

from __future__ import annotations

import hashlib
from datetime import date

from coach.store.database import Database


class StoredReviews:
    """Reviews as JSON, by kind, person and day. People are kept by name: two of the same name are one here."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, kind: str, about: str, source: str, day: date, review: str) -> None:
        """Keep a review; one of the same text is replaced.

        Args:
            kind: Its schema, such as `coach.deal_review/1`.
            about: The name of the person.
            source: The text that it is of.
            day: The day it is of.
            review: The review as JSON.

        Raises:
            StoreError: the store cannot be written.
        """
        row = (kind, _folded(about), _hashed(source), day.isoformat(), review)
        with self._database.connection() as db:
            db.execute("INSERT OR REPLACE INTO reviews VALUES (?, ?, ?, ?, ?)", row)

    def about(self, kind: str, person: str, *, until: date, most: int, but: str = "") -> tuple[str, ...]:
        """The latest reviews of a kind about a person, the oldest first.

        Args:
            kind: Their schema.
            person: A name, in any case.
            until: The last day.
            most: How many at most.
            but: A text whose review is left out.

        Raises:
            StoreError: the store cannot be read.
        """
        with self._database.connection() as db:
            rows = db.execute(
                "SELECT review FROM reviews WHERE kind = ? AND about = ? AND day <= ? AND source <> ? "
                "ORDER BY day DESC, source LIMIT ?",
                (kind, _folded(person), until.isoformat(), _hashed(but), most),
            ).fetchall()
        return tuple(review for (review,) in reversed(rows))


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
