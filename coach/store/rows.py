"""What every kind of record needs: to insert without doubles, and to find people and deals by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from coach.domain.opportunity import folded
from coach.store.kept import Key
from coach.store.tables import deals

Insert = postgresql.Insert | sqlite.Insert
_AT_ONCE = 1000
"""Values in one list of a statement; SQLite takes 32,766."""


def insert_into(connection: AsyncConnection, table: Table) -> Insert:
    """An insertion that can say what to do where the row is there already."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


async def put(
    connection: AsyncConnection, table: Table, keys: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows; one that is there already gets the new values."""
    if not rows:
        return
    statement = insert_into(connection, table)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    made = statement.on_conflict_do_update(index_elements=list(keys), set_=changed)
    await connection.execute(made, list(rows))


async def ids_of(connection: AsyncConnection, table: Table, names: Iterable[str]) -> dict[str, int]:
    """The keys of people or teams, who are added where they are new.

    Args:
        connection: One that writes.
        table: With `name` and `found_by`.
        names: As they came.

    Returns:
        By name as looked for.
    """
    wanted = {folded(name): name.strip() for name in names if name.strip()}
    found = await found_ids(connection, table, wanted)
    new = [{"name": name, "found_by": by} for by, name in wanted.items() if by not in found]
    if not new:
        return found
    await connection.execute(insert_into(connection, table).on_conflict_do_nothing(), new)
    return await found_ids(connection, table, wanted)


async def found_ids(connection: AsyncConnection, table: Table, folded_names: Iterable[str]) -> dict[str, int]:
    """The keys of those that are there, by name as looked for."""
    found: dict[str, int] = {}
    for some in in_parts(folded_names):
        rows = await connection.execute(select(table.c.found_by, table.c.id).where(table.c.found_by.in_(some)))
        found.update((by, key) for by, key in rows)
    return found


def with_keys(keys: Iterable[Key]) -> Iterator[ColumnElement[bool]]:
    """What chooses deals by CRM and record, as many at once as a statement takes."""
    by_crm: dict[str, list[str]] = {}
    for crm, record in keys:
        by_crm.setdefault(crm, []).append(record)
    for crm, records in by_crm.items():
        yield from (and_(deals.c.crm == crm, deals.c.record.in_(some)) for some in in_parts(records))


def in_parts(values: Iterable[Any]) -> Iterator[Sequence[Any]]:
    """As many values at once as a statement takes."""
    ordered = list(values)
    return (ordered[start : start + _AT_ONCE] for start in range(0, len(ordered), _AT_ONCE))
