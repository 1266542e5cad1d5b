"""Loads a pipeline of any size into PostgreSQL with COPY, as the importer would have left it."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import pairwise

import psycopg
from psycopg import sql

from coach.domain.opportunity import DealState, folded
from coach.store.database import Database
from coach.store.migrating import upgrade
from tests.bench_pipeline.data import CRM, Deal, Size, deals, opportunity, record, rep_name, team_of
from tests.bench_pipeline.notes import Note

_NOW = "2026-11-16T00:00:00Z"
_QUOTAS = (("2026-01-01", "2026-12-31", 2_000_000), ("2026-11-01", "2026-11-30", 170_000))
_COPIES = {
    "deals": "id, crm, record, name, found_by, rep_id",
    "snapshots": "deal_id, as_of, import_id, superseded_on, rep_id, name, account, state, stage, stage_rank, amount, "
    "currency, probability, created_on, close_date, closed_on, next_step, product",
    "claims": "deal_id, rep_id, made_on, close_date, probability, source",
    "outcomes": "deal_id, state, closed_on, known_on",
    "reviews": "id, kind, review, about, source, day, content, rep_id, deal_id, made_at, is_latest",
    "findings": "review_id, position, label, quote, centre, direction, grade",
}


@contextmanager
def scratch(server: str) -> Iterator[str]:
    """Make a database with the tables in it, and drop it in the end.

    Args:
        server: A URL whose user may make databases.

    Yields:
        Its URL.
    """
    name = f"coach_bench_{uuid.uuid4().hex}"
    head, _, query = server.partition("?")
    url = f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
    _execute(server, "CREATE DATABASE {}", name)
    try:
        asyncio.run(_upgrade(url))
        yield url
    finally:
        _execute(server, "DROP DATABASE {} WITH (FORCE)", name)


def load(url: str, size: Size, note: Note) -> None:
    """Fill a database; one in five open deals has a review."""
    with psycopg.connect(url) as connection:
        # The rows are right by construction: no reference is looked up for each of them.
        connection.execute("SET session_replication_role = replica")
        _people(connection, size)
        days = size.days
        imports = [(CRM, day, "export.csv", f"{day:%Y%m%d}", size.opportunities, _NOW) for day in days]
        _copy(connection, "imports", "crm, as_of, source, sha256, kept, imported_at", imports)
        every = list(deals(size))
        rows = ((one.number, CRM, record(one.number), *_names(one), one.rep) for one in every)
        _copy(connection, "deals", _COPIES["deals"], rows)
        for table, made in (("snapshots", _snapshots), ("claims", _claims), ("outcomes", _outcomes)):
            _copy(connection, table, _COPIES[table], (row for one in every for row in made(one, days)))
        reviewed = [one for one in every if one.number % 5 == 0 and one.state(days[-1]) is DealState.OPEN]
        _copy(connection, "reviews", _COPIES["reviews"], (_review(one, note, days[-1]) for one in reviewed))
        _copy(connection, "findings", _COPIES["findings"], (row for one in reviewed for row in _findings(one, note)))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _people(connection: psycopg.Connection, size: Size) -> None:
    numbers = range(1, team_of(size.reps, size) + 1)
    for table, what in (("teams", "Team"), ("managers", "Manager")):
        _copy(
            connection,
            table,
            "id, name, found_by",
            ((one, f"{what} {one}", f"{what} {one}".lower()) for one in numbers),
        )
    reps = range(1, size.reps + 1)
    rows = ((one, rep_name(one), folded(rep_name(one)), team_of(one, size), team_of(one, size)) for one in reps)
    _copy(connection, "reps", "id, name, found_by, team_id, manager_id", rows)
    quotas = ((one, *quota, "EUR") for one in reps for quota in _QUOTAS)
    _copy(connection, "quotas", "rep_id, first, last, amount, currency", quotas)


def _names(one: Deal) -> tuple[str, str]:
    return f"Deal {one.number}", f"deal {one.number}"


def _snapshots(one: Deal, days: Sequence[date]) -> Iterator[tuple[object, ...]]:
    for number, (day, following) in enumerate(pairwise([*days, None]), start=1):
        if day is not None and one.created_on <= day:
            row = opportunity(one, day)
            yield (
                one.number, day, number, following, one.rep, row.name, row.account, row.state.value, row.stage,
                row.stage_rank, one.amount, row.currency, row.probability, row.created_on, row.close_date,
                row.closed_on, row.next_step, row.product,
            )  # fmt: skip


def _claims(one: Deal, days: Sequence[date]) -> Iterator[tuple[object, ...]]:
    last = None
    for day in days:
        if one.created_on <= day < one.closes_on:
            claim = one.close_date(day), (one.stage(day) + 1) * 0.15
            if claim != last:
                yield one.number, one.rep, day, *claim, "crm"
            last = claim


def _outcomes(one: Deal, days: Sequence[date]) -> Iterator[tuple[object, ...]]:
    known = next((day for day in days if day >= one.closes_on), None)
    if known:
        yield one.number, one.state(known).value, one.closes_on, known


def _review(one: Deal, note: Note, day: date) -> tuple[object, ...]:
    about = folded(rep_name(one.rep))
    day -= timedelta(days=9)
    number = one.number
    return number, note.kind, f"dr_{number}", about, str(number), day, note.content, one.rep, number, _NOW, True


def _findings(one: Deal, note: Note) -> Iterator[tuple[object, ...]]:
    for place, found in enumerate(note.findings):
        yield one.number, place, found.label, found.quote, found.centre, found.direction, found.grade


def _copy(connection: psycopg.Connection, table: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
    named = sql.SQL(", ").join(map(sql.Identifier, columns.split(", ")))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), named)
    with connection.cursor().copy(statement) as copy:
        batch: list[str] = []
        for row in rows:
            batch.append("\t".join(map(_cell, row)))
            if len(batch) == 5000:
                copy.write("\n".join(batch) + "\n")
                batch.clear()
        if batch:
            copy.write("\n".join(batch) + "\n")


def _cell(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, str) and ("\\" in value or "\n" in value or "\t" in value or "\r" in value):
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    return str(value)


def _execute(server: str, statement: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


async def _upgrade(url: str) -> None:
    database = Database(url)
    async with database.raw() as connection:
        await upgrade(connection)
    await database.close()
