"""Deals by their numbers, with the notes that were kept of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, func, literal, or_, select, true

from coach.domain.opportunity import DealState, folded
from coach.store.database import Database
from coach.store.importing import GONE, NOTE
from coach.store.kept import Key, Seen
from coach.store.opportunities import holds
from coach.store.reviews import DEALS
from coach.store.tables import deals, notes, reps, reviews, snapshots

_NEVER = literal(date(1, 1, 1), Date)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDeal:
    """A deal as it is found; how it stands, its snapshots say."""

    id: int
    key: Key
    name: str | None
    rep: str | None
    notes: int
    noted_on: date | None

    @property
    def is_of_crm(self) -> bool:
        """Whether a CRM has it; else it is known from notes alone."""
        return self.key[0] != NOTE


class Deals:
    """Deals, and the reviews of their notes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def listed(  # noqa: PLR0913  each narrows the list
        self,
        on: date,
        *,
        seen: Seen = None,
        find: str = "",
        closed: bool = False,
        after: int | None = None,
        most: int = 50,
    ) -> tuple[StoredDeal, ...]:
        """A page of deals: that with the latest note first, those without a note last.

        Args:
            on: The day whose snapshots tell which are open.
            seen: The reps whose they are.
            find: A part of the deal's, the account's or the rep's name, in any case.
            closed: Whether those that are won or lost are among them.
            after: The number of the deal that the page before ended with.
            most: How many at most.

        Raises:
            StoreError: the store cannot be read.
        """
        noted = _noted(seen)
        statement = _deals(noted, seen).outerjoin(snapshots, and_(snapshots.c.deal_id == deals.c.id, holds(on)))
        chosen = select(*_columns(noted)).select_from(statement).where(_is_seen(seen))
        # One that the CRM has thrown away is not there; one of which nothing is kept has nothing to show.
        chosen = chosen.where(or_(snapshots.c.state.is_(None), snapshots.c.state != GONE))
        chosen = chosen.where(or_(snapshots.c.deal_id.is_not(None), noted.c.notes.is_not(None)))
        if not closed:
            chosen = chosen.where(or_(snapshots.c.state.is_(None), snapshots.c.state == DealState.OPEN))
        if part := folded(find):
            names = (deals.c.found_by, reps.c.found_by, func.lower(snapshots.c.account))
            chosen = chosen.where(or_(*(name.contains(part, autoescape=True) for name in names)))
        day = func.coalesce(noted.c.noted_on, _NEVER)
        async with self._database.reading() as connection:
            if after is not None:
                last = (await connection.execute(select(noted.c.noted_on).where(noted.c.deal_id == after))).scalar()
                until = _NEVER if last is None else literal(last, Date)
                chosen = chosen.where(or_(day < until, and_(day == until, deals.c.id < after)))
            rows = await connection.execute(chosen.order_by(day.desc(), deals.c.id.desc()).limit(most))
            return tuple(map(_stored, rows))

    async def get(self, number: int, *, seen: Seen = None) -> StoredDeal | None:
        """The deal of a number; None where there is none, or it is of nobody who is seen."""
        noted = _noted(seen)
        statement = select(*_columns(noted)).select_from(_deals(noted, seen))
        async with self._database.reading() as connection:
            row = (await connection.execute(statement.where(deals.c.id == number, _is_seen(seen)))).first()
        return None if row is None else _stored(row)

    async def whose(self, number: int) -> frozenset[str]:
        """Whose deal it is, as the name is looked for; nobody's where there is none of this number."""
        statement = select(reps.c.found_by).join(deals, deals.c.rep_id == reps.c.id).where(deals.c.id == number)
        async with self._database.reading() as connection:
            return frozenset((await connection.execute(statement)).scalars())

    async def notes(self, number: int, *, seen: Seen = None, most: int = 100) -> tuple[tuple[str, str], ...]:
        """The latest reviews of a deal's notes as JSON, each with its note's text, the latest first.

        Args:
            number: The deal's.
            seen: Whom the reviews are about.
            most: How many at most.
        """
        statement = (
            select(reviews.c.content, notes.c.text)
            .outerjoin(notes, notes.c.id == reviews.c.note_id)
            .where(reviews.c.deal_id == number, *_kept(seen))
            .order_by(reviews.c.day.desc(), reviews.c.id.desc())
            .limit(most)
        )
        async with self._database.reading() as connection:
            return tuple((row.content, row.text or "") for row in await connection.execute(statement))

    async def latest(self, numbers: Sequence[int], *, seen: Seen = None) -> dict[int, str]:
        """The latest review of each deal's notes, as JSON, by the deal's number."""
        place = func.row_number().over(
            partition_by=reviews.c.deal_id, order_by=(reviews.c.day.desc(), reviews.c.id.desc())
        )
        ranked = (
            select(reviews.c.deal_id, reviews.c.content, place.label("place"))
            .where(reviews.c.deal_id.in_(numbers), *_kept(seen))
            .subquery()
        )
        statement = select(ranked.c.deal_id, ranked.c.content).where(ranked.c.place == 1)
        async with self._database.reading() as connection:
            return {row.deal_id: row.content for row in await connection.execute(statement)}


def _kept(seen: Seen) -> tuple[ColumnElement[bool], ...]:
    about = true() if seen is None else reviews.c.about.in_(seen)
    return reviews.c.kind == DEALS, reviews.c.is_latest, about


def _noted(seen: Seen) -> Any:  # noqa: ANN401  a subquery, whose columns have no types
    counted = func.count().label("notes"), func.max(reviews.c.day).label("noted_on")
    grouped: Select[Any] = select(reviews.c.deal_id, *counted).where(*_kept(seen)).group_by(reviews.c.deal_id)
    return grouped.subquery()


def _deals(noted: Any, seen: Seen) -> Any:  # noqa: ANN401  as above
    whose = reps.c.id == deals.c.rep_id
    people = deals.outerjoin(reps, whose) if seen is None else deals.join(reps, whose)
    return people.outerjoin(noted, noted.c.deal_id == deals.c.id)


def _is_seen(seen: Seen) -> ColumnElement[bool]:
    return true() if seen is None else reps.c.found_by.in_(seen)


def _columns(noted: Any) -> tuple[Any, ...]:  # noqa: ANN401  as above
    own = (deals.c.id, deals.c.crm, deals.c.record, deals.c.name)
    return *own, reps.c.name.label("rep"), noted.c.notes, noted.c.noted_on


def _stored(row: Any) -> StoredDeal:  # noqa: ANN401  as above
    return StoredDeal(
        id=row.id,
        key=(row.crm, row.record),
        name=row.name,
        rep=row.rep,
        notes=row.notes or 0,
        noted_on=row.noted_on,
    )
