"""Members: whom an identity provider vouches for by e-mail address, and as what they come in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from coach.domain.identity import Role
from coach.store.database import Database
from coach.store.tables import members


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who may sign in."""

    id: int
    email: str
    role: Role
    person: str | None


class Members:
    """One address has one member at a time; who was removed stays, for the audit log."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, email: str, role: Role, person: str | None) -> Member:
        """Add a member, in place of the one who has this address."""
        now = datetime.now(UTC)
        found_by = as_found(email)
        async with self._database.writing() as connection:
            same = members.c.found_by == found_by
            await connection.execute(members.update().where(same, _in_force()).values(removed_at=now))
            values = {"email": email, "found_by": found_by, "role": role.value, "person": person, "made_at": now}
            made = await connection.execute(members.insert().values(values).returning(members.c.id))
            return Member(id=int(made.scalar_one()), email=email, role=role, person=person)

    async def by_email(self, email: str) -> Member | None:
        """The member with an address, in any case."""
        return await self._one(members.c.found_by == as_found(email))

    async def get(self, id_: int) -> Member | None:
        """The member with an id, if still one."""
        return await self._one(members.c.id == id_)

    async def all(self) -> tuple[Member, ...]:
        """Everybody who may sign in, by address."""
        async with self._database.reading() as connection:
            rows = await connection.execute(select(members).where(_in_force()).order_by(members.c.found_by))
            return tuple(map(_member, rows))

    async def remove(self, email: str) -> bool:
        """Let somebody in no more; whether they were."""
        same = members.c.found_by == as_found(email)
        async with self._database.writing() as connection:
            ended = await connection.execute(
                members.update().where(same, _in_force()).values(removed_at=datetime.now(UTC))
            )
        return ended.rowcount > 0

    async def _one(self, chosen: ColumnElement[bool]) -> Member | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(select(members).where(chosen, _in_force()))).first()
        return None if row is None else _member(row)


def as_found(email: str) -> str:
    """An address as it is looked for: in any case of A to Z.

    Beyond these, letters that differ would become the same one, such as the sign for kelvin and `k`, and the owner of
    one could come in by the other.
    """
    return re.sub("[A-Z]+", lambda capitals: capitals[0].lower(), email.strip())


def _in_force() -> ColumnElement[bool]:
    return members.c.removed_at.is_(None)


def _member(row: Row[Any]) -> Member:
    return Member(id=row.id, email=row.email, role=Role(row.role), person=row.person)
