"""1-on-1s that were held, what was agreed in them, and the claims that reps made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from coach.domain.claims import MadeClaim
from coach.domain.commitment import Commitment, Kept, Owner
from coach.domain.judgement import Verdict
from coach.domain.opportunity import DealState, folded
from coach.errors import NotFound
from coach.store.database import Database
from coach.store.importing import GONE
from coach.store.kept import Seen
from coach.store.rows import ids_of, put
from coach.store.tables import claims, commitments, deals, one_on_ones, outcomes, reps


class OneOnOnes:
    """The packs of 1-on-1s, one for each rep and day."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, rep: str, held_on: date, content: str, steps: Sequence[Commitment] = ()) -> None:
        """Keep a 1-on-1 as held, with what was agreed in it, all or nothing; one of the same day is replaced.

        Args:
            rep: With whom.
            held_on: The day.
            content: The pack as JSON.
            steps: Agreed on that day; their ids are given by the store, and one that is there already is not doubled.

        Raises:
            StoreError: the store cannot be written.
        """
        now = datetime.now(UTC)
        async with self._database.writing() as connection:
            rep_id = (await ids_of(connection, reps, [rep]))[folded(rep)]
            row = {"rep_id": rep_id, "held_on": held_on, "content": content, "kept_at": now}
            await put(connection, one_on_ones, ("rep_id", "held_on"), [row])
            for one in steps:
                await _add(connection, rep_id, one, now)

    async def last_before(self, rep: str, day: date) -> date | None:
        """The day of the last 1-on-1 that was held before a day."""
        statement = (
            select(one_on_ones.c.held_on)
            .join(reps, reps.c.id == one_on_ones.c.rep_id)
            .where(reps.c.found_by == folded(rep), one_on_ones.c.held_on < day)
            .order_by(one_on_ones.c.held_on.desc())
        )
        async with self._database.reading() as connection:
            return (await connection.execute(statement.limit(1))).scalar()

    async def get(self, rep: str, held_on: date) -> str | None:
        """A pack as it was kept, as JSON."""
        statement = (
            select(one_on_ones.c.content)
            .join(reps, reps.c.id == one_on_ones.c.rep_id)
            .where(reps.c.found_by == folded(rep), one_on_ones.c.held_on == held_on)
        )
        async with self._database.reading() as connection:
            return (await connection.execute(statement)).scalar()

    async def days(self, rep: str) -> tuple[date, ...]:
        """The days on which 1-on-1s were held, the latest first."""
        statement = (
            select(one_on_ones.c.held_on)
            .join(reps, reps.c.id == one_on_ones.c.rep_id)
            .where(reps.c.found_by == folded(rep))
            .order_by(one_on_ones.c.held_on.desc())
        )
        async with self._database.reading() as connection:
            return tuple((await connection.execute(statement)).scalars())


class Commitments:
    """Agreed next steps."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def change(self, key: int, changed: Mapping[str, object], *, seen: Seen = None) -> Commitment:
        """Change a step: whether it was kept, with what proof, and who agreed to it; of nobody's who is not seen.

        Raises:
            NotFound: there is none with this id.
            StoreError: the store cannot be written.
        """
        async with self._database.writing() as connection:
            whose = reps.c.found_by.in_(seen) if seen is not None else true()
            there = commitments.c.id.in_(select(commitments.c.id).join(reps).where(commitments.c.id == key, whose))
            if changed:
                await connection.execute(commitments.update().where(there).values(changed))
            row = (await connection.execute(_steps().where(there))).first()
        if row is None:
            raise NotFound("there is no commitment of this number in the store")
        return _commitment(row)

    async def whose(self, key: int) -> frozenset[str]:
        """Whose 1-on-1 a step is from, as the name is looked for; nobody's where there is none of this number."""
        statement = select(reps.c.found_by).join(commitments).where(commitments.c.id == key)
        async with self._database.reading() as connection:
            return frozenset((await connection.execute(statement)).scalars())

    async def of(self, rep: str, until: date, *, settled_since: date | None = None) -> tuple[Commitment, ...]:
        """A rep's and the manager's steps agreed until a day, by day due.

        Args:
            rep: Whose 1-on-1 they are from.
            until: The last day of agreement.
            settled_since: Leave out what was settled before this day; None leaves nothing out.
        """
        statement = _steps().where(reps.c.found_by == folded(rep), commitments.c.agreed_on <= until)
        if settled_since is not None:
            is_open = commitments.c.settled_on.is_(None)
            statement = statement.where(or_(is_open, commitments.c.settled_on >= settled_since))
        async with self._database.reading() as connection:
            rows = await connection.execute(statement.order_by(commitments.c.due_on, commitments.c.id))
            return tuple(map(_commitment, rows))


class Claims:
    """What reps claimed: written with snapshots and reviews, read here."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, rep: str, until: date) -> tuple[MadeClaim, ...]:
        """A rep's claims until a day, in order, each with its deal's outcome, where that was known by then.

        The outcome is that of the deal's latest snapshot: one that was lost and opened anew is open. Claims of deals
        that the CRM has thrown away by then are left out.
        """
        return await self._until(until, reps.c.found_by == folded(rep))

    async def of_deal(self, number: int, until: date, *, seen: Seen = None) -> tuple[MadeClaim, ...]:
        """What was claimed of a deal until a day, as `of`.

        Args:
            number: The deal's.
            until: The last day.
            seen: The reps who made them.
        """
        whose = true() if seen is None else reps.c.found_by.in_(seen)
        return await self._until(until, claims.c.deal_id == number, whose)

    async def _until(self, until: date, *conditions: ColumnElement[bool]) -> tuple[MadeClaim, ...]:
        statement = (
            select(deals.c.crm, deals.c.record, reps.c.name, claims, outcomes.c.state, outcomes.c.closed_on)
            .select_from(claims)
            .join(deals, deals.c.id == claims.c.deal_id)
            .outerjoin(reps, reps.c.id == claims.c.rep_id)
            .outerjoin(outcomes, and_(outcomes.c.deal_id == claims.c.deal_id, outcomes.c.known_on <= until))
            .where(claims.c.made_on <= until, *conditions)
            .where(or_(outcomes.c.state.is_(None), outcomes.c.state != GONE))
            .order_by(claims.c.made_on, claims.c.id)
        )
        async with self._database.reading() as connection:
            return tuple(map(_claim, await connection.execute(statement)))


async def _add(connection: AsyncConnection, rep_id: int, step: Commitment, now: datetime) -> None:
    same = (
        select(commitments.c.id)
        .where(commitments.c.rep_id == rep_id, commitments.c.agreed_on == step.agreed_on)
        .where(commitments.c.what == step.what, commitments.c.owner == step.owner, commitments.c.due_on == step.due_on)
    )
    if (await connection.execute(same)).first() is not None:
        return
    values = step.model_dump(exclude={"id", "rep"}) | {"rep_id": rep_id, "made_at": now}
    if step.deal is not None:
        values["deal_id"] = await _deal_id(connection, rep_id, step.deal)
    await connection.execute(commitments.insert().values(values))


async def _deal_id(connection: AsyncConnection, rep_id: int, deal: str) -> int | None:
    same = select(deals.c.id).where(deals.c.rep_id == rep_id, deals.c.found_by == folded(deal)).limit(2)
    found = (await connection.execute(same)).scalars().all()
    return found[0] if len(found) == 1 else None


def _steps() -> Select[Any]:
    return select(commitments, reps.c.name.label("rep")).join(reps, reps.c.id == commitments.c.rep_id)


def _commitment(row: Row[Any]) -> Commitment:
    return Commitment(
        id=row.id,
        rep=row.rep,
        deal=row.deal,
        what=row.what,
        owner=Owner(row.owner),
        due_on=row.due_on,
        agreed_on=row.agreed_on,
        agreed_by_rep=row.agreed_by_rep,
        agreed_by_manager=row.agreed_by_manager,
        kept=Kept(row.kept),
        proof=row.proof,
        settled_on=row.settled_on,
    )


def _claim(row: Row[Any]) -> MadeClaim:
    return MadeClaim(
        crm=row.crm,
        record=row.record,
        rep=row.name,
        made_on=row.made_on,
        close_date=row.close_date,
        probability=row.probability,
        source=row.source,
        verdict=None if row.verdict is None else Verdict(row.verdict),
        grade=row.grade,
        outcome=DealState.OPEN if row.state is None else DealState(row.state),
        closed_on=row.closed_on,
    )
