"""Reviews as format 2 of the SQLite file kept them, before there were migrations; of use to migration 0001 alone."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection


class Review(NamedTuple):
    """A row of that format."""

    kind: str
    about: str
    source: str
    day: str
    content: str


def take(connection: Connection) -> list[Review]:
    """Take the reviews out of the table of that format, where there is one."""
    if not sa.inspect(connection).has_table("reviews"):
        return []
    rows = connection.execute(sa.text("SELECT kind, about, source, day, review FROM reviews")).all()
    connection.execute(sa.text("DROP TABLE reviews"))
    return [Review(*row) for row in rows]


def put(connection: Connection, earlier: list[Review]) -> None:
    """Put them into the tables of version 0001; of whom they are about, only the name as looked for is known."""
    ids: dict[tuple[str, str], int] = {}
    for kind, about, source, day, content in earlier:
        table, column = ("managers", "manager_id") if "manager" in kind else ("reps", "rep_id")
        if (table, about) not in ids:
            people = sa.table(table, sa.column("id"), sa.column("name"), sa.column("found_by"))
            statement = sa.insert(people).values(name=about, found_by=about).returning(people.c.id)
            ids[table, about] = connection.execute(statement).scalar_one()
        names = ("kind", "review", "about", "source", "content", column)
        reviews = sa.table(
            "reviews",
            *map(sa.column, names),
            sa.column("day", sa.Date),
            sa.column("made_at", sa.DateTime(timezone=True)),
            sa.column("is_latest", sa.Boolean),
        )
        values = (kind, _id_of(content), about, source, content, ids[table, about])
        dated = {"day": date.fromisoformat(day), "made_at": datetime.now(UTC), "is_latest": True}
        connection.execute(sa.insert(reviews).values(dict(zip(names, values, strict=True)) | dated))


def _id_of(content: str) -> str:
    try:
        return str(json.loads(content)["id"])
    except (ValueError, KeyError, TypeError):
        return ""
