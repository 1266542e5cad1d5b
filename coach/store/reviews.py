"""What was said of a rep's deals and of a manager's conversations, kept by whom it is about."""

from __future__ import annotations

from datetime import date

from coach.store.database import Database


class StoredReviews:
    """Reviews as JSON, by kind, person and day. People are kept by name: two of the same name are one here."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, kind: str, review_id: str, about: str, day: date, review: str) -> None:
        """Keep a review; one of the same id is replaced.

        Args:
            kind: Its schema, such as `coach.deal_review/1`.
            review_id: Its id.
            about: The name of the person.
            day: The day it is of.
            review: The review as JSON.

        Raises:
            StoreError: the store cannot be written.
        """
        row = (kind, review_id, _folded(about), day.isoformat(), review)
        with self._database.connection() as db:
            db.execute("INSERT OR REPLACE INTO reviews VALUES (?, ?, ?, ?, ?)", row)

    def about(self, kind: str, person: str, *, until: date, most: int) -> tuple[str, ...]:
        """The latest reviews of a kind about a person, the oldest first.

        Args:
            kind: Their schema.
            person: A name, in any case.
            until: The last day.
            most: How many at most.

        Raises:
            StoreError: the store cannot be read.
        """
        with self._database.connection() as db:
            rows = db.execute(
                "SELECT review FROM reviews WHERE kind = ? AND about = ? AND day <= ? ORDER BY day DESC, id LIMIT ?",
                (kind, _folded(person), until.isoformat(), most),
            ).fetchall()
        return tuple(review for (review,) in reversed(rows))


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
