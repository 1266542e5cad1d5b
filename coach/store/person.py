"""What is a person's in the store: what an export shows and an erasure deletes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Table, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from coach.domain.opportunity import folded
from coach.store.members import as_found
from coach.store.tables import api_keys, managers, members, reps, reviews


class Person(NamedTuple):
    """Where a name is known."""

    by: str
    """The name as it is looked for."""
    rep: int
    """The rep's id; one that nobody has where there is none of this name."""
    manager: int
    """The manager's, likewise."""
    keys: tuple[str, ...]
    """The ids of their API keys."""
    members: tuple[int, ...]
    """The ids of their memberships."""

    @property
    def reviews(self) -> ColumnElement[bool]:
        """Chooses the reviews that are about them."""
        return or_(reviews.c.about == self.by, reviews.c.rep_id == self.rep, reviews.c.manager_id == self.manager)

    @property
    def actors(self) -> tuple[str, ...]:
        """What the audit log calls them where they acted."""
        return (*(f"key:{one}" for one in self.keys), *(f"member:{one}" for one in self.members))


async def person(connection: AsyncConnection, name: str, addresses: Sequence[str] = ()) -> Person:
    """Find a person by name; of one who is not known, there is nothing.

    Args:
        connection: Where.
        name: Who.
        addresses: Of theirs, by e-mail: an admin signs in by one, and as nobody in particular.
    """
    by = folded(name)
    rep, manager = [await _id(connection, table, by) for table in (reps, managers)]
    keys, own = [await _whose(connection, table, by) for table in (api_keys, members)]
    chosen = members.c.found_by.in_([as_found(one) for one in addresses])
    signing_in = (await connection.execute(select(members.c.id).where(chosen))).scalars()
    return Person(by, rep, manager, keys, tuple({*own, *signing_in}))


async def _id(connection: AsyncConnection, table: Table, by: str) -> int:
    return (await connection.execute(select(table.c.id).where(table.c.found_by == by))).scalar() or -1


async def _whose(connection: AsyncConnection, table: Table, by: str) -> tuple[Any, ...]:
    rows = await connection.execute(select(table.c.id, table.c.person).where(table.c.person.is_not(None)))
    return tuple(id_ for id_, person in rows if folded(person) == by)
