"""Members: whom an identity provider or a CRM vouches for, and as what they come in."""

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
    crm_user: str | None = None
    """Who they are in a CRM that proves its users by a number: `pipedrive:123`."""


class Members:
    """One address has one member at a time; who was removed stays, for the audit log."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, email: str, role: Role, person: str | None, crm_user: str | None = None) -> Member:
        """Add a member in place of the one who has this address; without another CRM's user they stay who they were."""
        now = datetime.now(UTC)
        found_by = as_found(email)
        async with self._database.writing() as connection:
            same = members.c.found_by == found_by
            ended = members.update().where(same, _in_force()).values(removed_at=now).returning(members.c.crm_user)
            was = (await connection.execute(ended)).scalar()
            crm_user = crm_user or was
            values = {"email": email, "found_by": found_by, "role": role.value, "person": person, "made_at": now}
            new = members.insert().values(values | {"crm_user": crm_user}).returning(members.c.id)
            id_ = int((await connection.execute(new)).scalar_one())
            return Member(id=id_, email=email, role=role, person=person, crm_user=crm_user)

    async def by_email(self, email: str) -> Member | None:
        """The member with an address, in any case."""
        return await self._one(members.c.found_by == as_found(email))

    async def by_crm_user(self, crm_user: str) -> Member | None:
        """The member who is this user of a CRM."""
        return await self._one(members.c.crm_user == crm_user)

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
    return Member(id=row.id, email=row.email, role=Role(row.role), person=row.person, crm_user=row.crm_user)
