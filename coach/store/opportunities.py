"""Opportunities as they stood on a day."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select

from coach.domain.opportunity import DealState, Opportunity, folded
from coach.store.database import Database
from coach.store.importing import GONE, Import, Writer
from coach.store.kept import Key, Seen, Stands
from coach.store.rows import with_keys
from coach.store.tables import deals, imports, reps, snapshots, teams

_AS_IT_CAME = (
    "name", "account", "stage", "stage_rank", "amount", "currency", "probability", "forecast_category", "created_on",
    "close_date", "closed_on", "next_step", "product", "as_of",
)  # fmt: skip
_STATES = {one.value: one for one in DealState}


class Opportunities:
    """Snapshots: each import is one, of its day."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def importing(
        self, *, crm: str, as_of: date, source: str, sha256: str, stands: Stands | None = None
    ) -> AsyncIterator[Writer]:
        """Take in a snapshot, whole or, where something fails, not at all.

        Args:
            crm: Where it is from.
            as_of: The day it shows. One of the same deal and day is replaced.
            source: The name of the file.
            sha256: Of its bytes.
            stands: What a stored deal review says of a claim that the deal closes by a day; not asked where None.

        Raises:
            StoreError: the store cannot be written.
        """
        async with self._database.writing() as connection:
            writer = Writer(connection, Import(crm, as_of, source, sha256), stands)
            await writer.begin()
            yield writer
            await writer.end()

    async def of_rep(self, rep: str, on: date) -> tuple[Opportunity, ...]:
        """A rep's opportunities as they stood on a day: of each deal the latest snapshot until then."""
        return await self._found(
            _states().where(reps.c.found_by == folded(rep), holds(on)).order_by(snapshots.c.deal_id)
        )

    async def closed_by_team(self, team: str | None, first: date, on: date) -> tuple[Opportunity, ...]:
        """What a team won and lost from a day until another, as it stood on the latter.

        Args:
            team: Its name; everybody's where None.
            first: The first day of closing.
            on: The last, and the day it is looked at.
        """
        statement = _states().where(
            snapshots.c.state != DealState.OPEN, snapshots.c.closed_on >= first, snapshots.c.closed_on <= on, holds(on)
        )
        if team is not None:
            statement = statement.where(reps.c.team_id.in_(select(teams.c.id).where(teams.c.found_by == folded(team))))
        return await self._found(statement)

    async def standing(self, keys: Iterable[Key], on: date) -> dict[Key, Opportunity]:
        """How some deals stood on a day, whoever had them; those of which there was no snapshot yet are not in it."""
        parts = [await self._found(_states().where(chosen, holds(on))) for chosen in with_keys(keys)]
        return {one.key: one for part in parts for one in part}

    async def history(self, keys: Iterable[Key], on: date) -> dict[Key, tuple[Opportunity, ...]]:
        """Every snapshot of some deals until a day, in order."""
        found: dict[Key, list[Opportunity]] = {}
        for chosen in with_keys(keys):
            statement = _states().where(chosen, snapshots.c.as_of <= on).order_by(snapshots.c.as_of)
            for one in await self._found(statement):
                found.setdefault(one.key, []).append(one)
        return {key: tuple(rows) for key, rows in found.items()}

    async def latest(self, on: date) -> dict[str, date]:
        """The day of the latest snapshot of each CRM, until a day."""
        statement = select(imports.c.crm, func.max(imports.c.as_of).label("day")).where(imports.c.as_of <= on)
        async with self._database.reading() as connection:
            return {row.crm: row.day for row in await connection.execute(statement.group_by(imports.c.crm))}

    async def owner(self, key: Key) -> str | None:
        """The rep whose deal it is, by name as looked for; None where there is none, or it is nobody's."""
        of_deal = select(reps.c.found_by).join(deals, deals.c.rep_id == reps.c.id)
        statement = of_deal.where(deals.c.crm == key[0], deals.c.record == key[1])
        async with self._database.reading() as connection:
            return (await connection.execute(statement)).scalar()

    async def listed(
        self, on: date, *, seen: Seen = None, state: DealState | None = None, after: int = 0, most: int = 100
    ) -> tuple[tuple[int, Opportunity], ...]:
        """A page of opportunities as they stood on a day, each with the number to go on after.

        Args:
            on: The day.
            seen: The reps whose they are.
            state: Those that stood so.
            after: The number that the page before ended with.
            most: How many at most.
        """
        statement = _states().where(holds(on), snapshots.c.deal_id > after)
        if seen is not None:
            statement = statement.where(reps.c.found_by.in_(seen))
        if state is not None:
            statement = statement.where(snapshots.c.state == state)
        async with self._database.reading() as connection:
            rows = (await connection.execute(statement.order_by(snapshots.c.deal_id).limit(most))).all()
        return tuple((row.deal_id, _opportunity(row)) for row in rows)

    async def _found(self, statement: Select[Any]) -> tuple[Opportunity, ...]:
        async with self._database.reading() as connection:
            return tuple(map(_opportunity, await connection.execute(statement)))


def _states() -> Select[Any]:
    columns = [snapshots.c[name] for name in _AS_IT_CAME]
    return (
        select(deals.c.crm, deals.c.record, reps.c.name.label("rep"), snapshots.c.state, snapshots.c.deal_id, *columns)
        .select_from(snapshots)
        .join(deals, deals.c.id == snapshots.c.deal_id)
        .outerjoin(reps, reps.c.id == snapshots.c.rep_id)
        .where(snapshots.c.state != GONE)
    )


def holds(on: date) -> ColumnElement[bool]:
    """Whether a snapshot is the one that holds on a day."""
    return and_(snapshots.c.as_of <= on, or_(snapshots.c.superseded_on.is_(None), snapshots.c.superseded_on > on))


def _opportunity(row: Row[Any]) -> Opportunity:
    crm, record, rep, state, _, *as_it_came = tuple(row)
    values = dict(zip(_AS_IT_CAME, as_it_came, strict=True))
    return Opportunity(crm=crm, record=record, rep=rep, state=_STATES[state], **values)
