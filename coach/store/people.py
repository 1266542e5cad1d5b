"""Reps with their teams, managers and quotas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from coach.domain.opportunity import Quota, Rep, folded
from coach.store.answers import drop_answers
from coach.store.database import Database
from coach.store.rows import ids_of, put
from coach.store.tables import managers, quotas, reps, teams


class People:
    """People are known by name, in any case: two of one name are one here."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, roster: Sequence[Rep], targets: Sequence[Quota] = ()) -> None:
        """Keep reps and quotas; what a roster does not say of a rep stays as it was.

        Raises:
            StoreError: the store cannot be written.
        """
        async with self._database.writing() as connection:
            rep_ids = await ids_of(connection, reps, [one.name for one in roster] + [one.rep for one in targets])
            team_ids = await ids_of(connection, teams, (one.team for one in roster if one.team))
            manager_ids = await ids_of(connection, managers, (one.manager for one in roster if one.manager))
            for one in roster:
                said = {
                    "team_id": team_ids.get(folded(one.team or "")),
                    "manager_id": manager_ids.get(folded(one.manager or "")),
                    "started_on": one.started_on,
                }
                values = {"name": one.name.strip()} | {name: value for name, value in said.items() if value is not None}
                changed = reps.update().where(reps.c.id == rep_ids[folded(one.name)]).values(values)
                await connection.execute(changed)
            rows = [
                {
                    "rep_id": rep_ids[folded(one.rep)],
                    "first": one.first,
                    "last": one.last,
                    "amount": one.amount,
                    "currency": one.currency,
                }
                for one in targets
            ]
            await put(connection, quotas, ("rep_id", "first", "last"), rows)
            # An answer that is given again was allowed by the roster that there was.
            await drop_answers(connection)

    async def rep(self, name: str) -> Rep | None:
        """A rep by name; None where there is none of that name."""
        async with self._database.reading() as connection:
            row = (await connection.execute(_roster().where(reps.c.found_by == folded(name)))).mappings().first()
        return None if row is None else Rep(**row)

    async def reps(self) -> tuple[Rep, ...]:
        """Everybody, by name."""
        async with self._database.reading() as connection:
            rows = (await connection.execute(_roster().order_by(reps.c.found_by))).mappings().all()
        return tuple(Rep(**row) for row in rows)

    async def of_manager(self, name: str) -> tuple[Rep, ...]:
        """The reps whom the roster gives to a manager, by name."""
        chosen = _roster().where(managers.c.found_by == folded(name)).order_by(reps.c.found_by)
        async with self._database.reading() as connection:
            return tuple(Rep(**row) for row in (await connection.execute(chosen)).mappings().all())

    async def count(self, team: str | None) -> int:
        """How many reps a team has; everybody where None."""
        statement = select(func.count()).select_from(reps)
        if team is not None:
            statement = statement.join(teams, teams.c.id == reps.c.team_id).where(teams.c.found_by == folded(team))
        async with self._database.reading() as connection:
            return int((await connection.execute(statement)).scalar_one())

    async def quotas(self, rep: str, on: date) -> tuple[Quota, ...]:
        """A rep's quotas whose days take in a day."""
        return await self._quotas(reps.c.found_by == folded(rep), quotas.c.first <= on, quotas.c.last >= on)

    async def all_quotas(self) -> tuple[Quota, ...]:
        """Everybody's."""
        return await self._quotas()

    async def _quotas(self, *conditions: ColumnElement[bool]) -> tuple[Quota, ...]:
        statement = select(quotas, reps.c.name).join(reps, reps.c.id == quotas.c.rep_id).where(*conditions)
        statement = statement.order_by(quotas.c.first, quotas.c.last.desc())
        async with self._database.reading() as connection:
            return tuple(
                Quota(rep=row.name, first=row.first, last=row.last, amount=Decimal(row.amount), currency=row.currency)
                for row in await connection.execute(statement)
            )


def _roster() -> Select[Any]:
    return (
        select(reps.c.name, teams.c.name.label("team"), managers.c.name.label("manager"), reps.c.started_on)
        .outerjoin(teams, teams.c.id == reps.c.team_id)
        .outerjoin(managers, managers.c.id == reps.c.manager_id)
    )
