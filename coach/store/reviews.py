"""What was said of a rep's deals and of a manager's conversations, with the notes, and what people said to that."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select, true

from coach.domain.opportunity import folded
from coach.store.database import Database
from coach.store.importing import NOTE
from coach.store.kept import Kept, Key, Seen
from coach.store.noting import hashed, put_review
from coach.store.rows import in_parts, with_keys
from coach.store.tables import deals, findings, notes, reps, reviews

DEALS = "coach.deal_review/1"
"""The kind of reviews of deal notes."""


class StoredReviews:
    """Reviews by kind, person, deal and day."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, kept: Kept) -> None:
        """Keep a review with its note, its findings and its claim; from now on it stands for its text.

        An earlier review of the same text stays, for what people said of it, and is read by its id alone.

        Raises:
            StoreError: the store cannot be written; nothing of it was kept.
        """
        async with self._database.writing() as connection:
            await put_review(connection, kept, datetime.now(UTC))

    async def about(self, kind: str, person: str, *, until: date, most: int, but: str = "") -> tuple[str, ...]:
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
        statement = (
            select(reviews.c.content)
            .where(reviews.c.kind == kind, reviews.c.about == folded(person), reviews.c.is_latest)
            .where(reviews.c.day <= until, reviews.c.source != hashed(but))
            .order_by(reviews.c.day.desc(), reviews.c.source)
            .limit(most)
        )
        async with self._database.reading() as connection:
            found = (await connection.execute(statement)).scalars().all()
        return tuple(reversed(found))

    async def get(self, review: str, *, seen: Seen = None) -> str | None:
        """The latest review with an id, as JSON; None where there is none, or it is about nobody who is seen."""
        statement = select(reviews.c.content).where(reviews.c.review == review).order_by(reviews.c.id.desc())
        statement = statement.where(_about(seen))
        async with self._database.reading() as connection:
            return (await connection.execute(statement.limit(1))).scalar()

    async def whose(self, review: str) -> frozenset[str]:
        """Whom reviews with an id are about, as names are looked for: of one note of two reps, both."""
        statement = select(reviews.c.about).where(reviews.c.review == review)
        async with self._database.reading() as connection:
            return frozenset((await connection.execute(statement)).scalars())

    async def whole(self, review: str, *, seen: Seen = None) -> dict[str, Any] | None:
        """The latest review with an id: `content`, its `text`, whose it is by `name`, the deal's `record`, `source`.

        None where there is none, it is about nobody who is seen, or its text was not kept.
        """
        statement = (
            select(reviews.c.content, notes.c.text, reps.c.name, deals.c.crm, deals.c.record, reviews.c.source)
            .select_from(reviews)
            .join(notes, notes.c.id == reviews.c.note_id)
            .join(reps, reps.c.id == reviews.c.rep_id)
            .outerjoin(deals, deals.c.id == reviews.c.deal_id)
            .where(reviews.c.review == review, _about(seen))
            .order_by(reviews.c.id.desc())
            .limit(1)
        )
        async with self._database.reading() as connection:
            row = (await connection.execute(statement)).first()
        if row is None:
            return None
        found = dict(row._mapping)  # noqa: SLF001  SQLAlchemy's public name for it
        return found | {"record": None if row.crm in {None, NOTE} else (row.crm, row.record)}

    async def listed(
        self, kind: str, *, seen: Seen = None, of: Key | None = None, before: int | None = None, most: int = 50
    ) -> tuple[tuple[int, str], ...]:
        """A page of reviews as JSON, the latest kept first, each with the number to go on before.

        Args:
            kind: Their schema.
            seen: Of whom they may be.
            of: Of which deal of a CRM; of any where None.
            before: The number that the page goes on before.
            most: How many at most.

        Raises:
            StoreError: the store cannot be read.
        """
        statement = select(reviews.c.id, reviews.c.content).where(reviews.c.kind == kind, reviews.c.is_latest)
        statement = statement.where(_about(seen))
        if of is not None:
            its = deals.c.record == of[1], deals.c.crm == of[0], deals.c.crm != NOTE
            statement = statement.join(deals, deals.c.id == reviews.c.deal_id).where(*its)
        if before is not None:
            statement = statement.where(reviews.c.id < before)
        async with self._database.reading() as connection:
            rows = (await connection.execute(statement.order_by(reviews.c.id.desc()).limit(most))).all()
        return tuple((row.id, row.content) for row in rows)

    async def of_deals(self, keys: Iterable[Key], until: date) -> dict[Key, tuple[str, ...]]:
        """The reviews of some deals, as JSON, in order of their days."""
        found: dict[Key, list[str]] = {}
        for chosen in with_keys(keys):
            statement = (
                select(deals.c.crm, deals.c.record, reviews.c.content)
                .join(reviews, reviews.c.deal_id == deals.c.id)
                .where(chosen, reviews.c.day <= until, reviews.c.is_latest)
                .order_by(reviews.c.day, reviews.c.id)
            )
            async with self._database.reading() as connection:
                for row in await connection.execute(statement):
                    found.setdefault((row.crm, row.record), []).append(row.content)
        return {key: tuple(contents) for key, contents in found.items()}

    async def of_rep(self, kind: str, rep: str) -> tuple[tuple[Key | None, str], ...]:
        """All reviews of a kind about a rep, as JSON, in order of their days, each with its deal in a CRM, if known."""
        statement = (
            select(deals.c.crm, deals.c.record, reviews.c.content)
            .select_from(reviews)
            .outerjoin(deals, deals.c.id == reviews.c.deal_id)
            .where(reviews.c.kind == kind, reviews.c.about == folded(rep), reviews.c.is_latest)
            .order_by(reviews.c.day, reviews.c.id)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(statement)).all()
        return tuple((None if row.crm in {None, NOTE} else (row.crm, row.record), row.content) for row in rows)

    async def of_names(self, rep: str, names: Iterable[str], until: date) -> dict[str, tuple[str, ...]]:
        """The reviews of a rep's deals that no CRM has named yet, by the deal's name as looked for."""
        found: dict[str, list[str]] = {}
        for some in in_parts({folded(name) for name in names} - {""}):
            chosen = (
                select(deals.c.found_by, reviews.c.content)
                .join(reviews, reviews.c.deal_id == deals.c.id)
                .where(deals.c.crm == NOTE, deals.c.found_by.in_(some), reviews.c.about == folded(rep))
                .where(reviews.c.day <= until, reviews.c.is_latest)
                .order_by(reviews.c.day, reviews.c.id)
            )
            async with self._database.reading() as connection:
                for row in await connection.execute(chosen):
                    found.setdefault(row.found_by, []).append(row.content)
        return {name: tuple(contents) for name, contents in found.items()}

    async def shares(self, rep: str, until: date) -> tuple[tuple[date, int, int], ...]:
        """Of each note of a rep's, its day and how many statements are the customer's and ours."""
        sides = [func.sum(case((findings.c.centre == side, 1), else_=0)) for side in ("buyer", "seller")]
        statement = (
            select(reviews.c.day, *sides)
            .select_from(reviews)
            .join(findings, findings.c.review_id == reviews.c.id)
            .where(reviews.c.about == folded(rep), reviews.c.kind == DEALS)
            .where(reviews.c.day <= until, reviews.c.is_latest)
            .group_by(reviews.c.id, reviews.c.day)
            .order_by(reviews.c.day, reviews.c.id)
        )
        async with self._database.reading() as connection:
            return tuple((day, int(buyer), int(seller)) for day, buyer, seller in await connection.execute(statement))


def _about(seen: Seen) -> ColumnElement[bool]:
    return true() if seen is None else reviews.c.about.in_(seen)
