"""One deal of a CRM with its latest reviews: all that a card of it is made of, in two short queries."""

from __future__ import annotations

from sqlalchemy import and_, select

from coach.store.database import Database
from coach.store.importing import GONE, NOTE
from coach.store.kept import KeptDeal, Key, Seen
from coach.store.reviews import DEALS
from coach.store.tables import deals, reps, reviews, snapshots

_MOST = 5
"""Reviews looked at: more than one, because one that another version wrote may not be readable."""


class Cards:
    """Deals by CRM and record."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, key: Key, *, seen: Seen = None) -> KeptDeal | None:
        """What is kept of a deal; None where no import and no note has named it.

        Args:
            key: The CRM and the id there.
            seen: Whose reviews to give. Whose the deal is, is said either way; whether it may be told is the caller's
                to decide.

        Raises:
            StoreError: the store cannot be read.
        """
        current = and_(
            snapshots.c.deal_id == deals.c.id, snapshots.c.superseded_on.is_(None), snapshots.c.state != GONE
        )
        by_key = (
            select(deals.c.id, deals.c.name, reps.c.found_by, snapshots.c.close_date)
            .select_from(deals)
            .outerjoin(reps, reps.c.id == deals.c.rep_id)
            .outerjoin(snapshots, current)
            .where(deals.c.record == key[1], deals.c.crm == key[0], deals.c.crm != NOTE)
        )
        async with self._database.reading() as connection:
            row = (await connection.execute(by_key)).first()
            if row is None:
                return None
            latest = (
                select(reviews.c.content)
                .where(reviews.c.deal_id == row.id, reviews.c.kind == DEALS, reviews.c.is_latest)
                .order_by(reviews.c.day.desc(), reviews.c.id.desc())
                .limit(_MOST)
            )
            if seen is not None:
                latest = latest.where(reviews.c.about.in_(seen))
            contents = (await connection.execute(latest)).scalars().all()
        return KeptDeal(
            id=row.id, name=row.name, owner=row.found_by, close_date=row.close_date, reviews=tuple(contents)
        )
