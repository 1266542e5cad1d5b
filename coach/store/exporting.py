"""Reads everything that is held on a person, of one moment, a row at a time."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from coach.store.database import Database
from coach.store.mentions import TEXTS, Named, mentions
from coach.store.person import Person, person
from coach.store.tables import (
    api_keys,
    audit,
    claims,
    commitments,
    corrections,
    deals,
    findings,
    managers,
    members,
    notes,
    one_on_ones,
    outcomes,
    quotas,
    replies,
    reps,
    reviews,
    snapshots,
    teams,
)

Row = tuple[str, dict[str, Any]]
"""The section that a row is in, and its values."""
_INNER = frozenset(
    {"id", "rep_id", "manager_id", "deal_id", "note_id", "review_id", "import_id", "finding_id", "found_by", "digest"}
)
"""Columns that mean nothing outside the database, and what keys are proved by."""
_AT_ONCE = 100


async def held_on(
    database: Database, name: str, *, pseudonym: str, named: Named, everywhere: bool
) -> AsyncGenerator[Row, None]:
    """Read what is held on a person, section by section.

    Args:
        database: Where.
        name: Who, as the roster has it.
        pseudonym: What stands for them in the audit log.
        named: The names that texts call them by.
        everywhere: Whether what names them is told, too, whomever it is about.

    Raises:
        StoreError: the store cannot be read.
    """
    async with database.reading() as connection:
        who = await person(connection, name, named.names if everywhere else ())
        for section, statement in _sections(who, pseudonym):
            rows = await connection.stream(statement.execution_options(yield_per=_AT_ONCE))
            async for row in rows:
                yield section, dict(row._mapping)  # noqa: SLF001  SQLAlchemy's public name for it
        if everywhere:
            for table in TEXTS:
                async for one in _mentions(connection, table, who, named):
                    yield "mentions", one


SECTIONS = (
    "roster", "leads", "quotas", "deals", "snapshots", "claims", "outcomes", "notes", "reviews", "findings",
    "corrections", "replies", "one_on_ones", "commitments", "keys", "members", "audit", "mentions",
)  # fmt: skip
"""In this order."""


def _sections(who: Person, pseudonym: str) -> list[tuple[str, Select[Any]]]:
    roster = (
        select(reps.c.name, teams.c.name.label("team"), managers.c.name.label("manager"), reps.c.started_on)
        .outerjoin(teams, teams.c.id == reps.c.team_id)
        .outerjoin(managers, managers.c.id == reps.c.manager_id)
        .where(reps.c.id == who.rep)
    )
    own_notes = select(reviews.c.note_id).where(who.reviews)
    of_finding = _outer(findings).add_columns(reviews.c.review).join(reviews).where(who.reviews)
    corrected = select(reviews.c.review, findings.c.position, *_columns(corrections)).select_from(corrections)
    replied = select(reviews.c.review, *_columns(replies)).select_from(replies).join(reviews).where(who.reviews)
    about = or_(audit.c.person == pseudonym, audit.c.detail.contains(pseudonym), audit.c.actor.in_(who.actors))
    return [
        ("roster", roster),
        ("leads", select(reps.c.name).where(reps.c.manager_id == who.manager).order_by(reps.c.name)),
        ("quotas", _outer(quotas).where(quotas.c.rep_id == who.rep).order_by(quotas.c["first"])),
        ("deals", _outer(deals).where(deals.c.rep_id == who.rep).order_by(deals.c.id)),
        (
            "snapshots",
            _of_deal(snapshots, snapshots.c.rep_id == who.rep).order_by(snapshots.c.deal_id, snapshots.c.as_of),
        ),
        ("claims", _of_deal(claims, claims.c.rep_id == who.rep).order_by(claims.c.id)),
        ("outcomes", _of_deal(outcomes, deals.c.rep_id == who.rep).order_by(outcomes.c.deal_id)),
        ("notes", _outer(notes).where(notes.c.id.in_(own_notes)).order_by(notes.c.id)),
        ("reviews", _outer(reviews).where(who.reviews).order_by(reviews.c.id)),
        ("findings", of_finding.order_by(findings.c.review_id, findings.c.position)),
        ("corrections", corrected.join(findings).join(reviews).where(who.reviews).order_by(corrections.c.id)),
        ("replies", replied.order_by(replies.c.id)),
        ("one_on_ones", _outer(one_on_ones).where(one_on_ones.c.rep_id == who.rep).order_by(one_on_ones.c.held_on)),
        ("commitments", _outer(commitments).where(commitments.c.rep_id == who.rep).order_by(commitments.c.id)),
        ("keys", _outer(api_keys, api_keys.c.id).where(api_keys.c.id.in_(who.keys))),
        ("members", _outer(members).where(members.c.id.in_(who.members))),
        ("audit", select(audit).where(about).order_by(audit.c.number)),
    ]


async def _mentions(
    connection: AsyncConnection, table: Table, who: Person, named: Named
) -> AsyncIterator[dict[str, Any]]:
    """What names them and is not theirs, which is told already."""
    async for row, texts in mentions(connection, table, named, *_others(table, who)):
        where = {name: value for name in ("id", "deal_id", "as_of") if (value := getattr(row, name, None)) is not None}
        yield {"table": table.name, **where, **texts}


def _others(table: Table, who: Person) -> list[ColumnElement[bool]]:
    own = select(reviews.c.id).where(who.reviews)
    if table is notes:
        of_them = select(reviews.c.note_id).where(who.reviews, reviews.c.note_id.is_not(None))
        return [notes.c.id.not_in(of_them)]
    if table is reviews:
        return [reviews.c.id.not_in(own)]  # not the negation: what is compared is NULL in most rows
    if table is replies:
        return [replies.c.review_id.not_in(own)]
    if table is corrections:
        return [corrections.c.finding_id.not_in(select(findings.c.id).where(findings.c.review_id.in_(own)))]
    if "rep_id" in table.c:
        return [func.coalesce(table.c.rep_id, 0) != who.rep]
    return [true()]


def _columns(table: Table) -> list[Any]:
    return [column for column in table.c if column.name not in _INNER]


def _outer(table: Table, *more: Any) -> Select[Any]:  # noqa: ANN401  columns
    return select(*more, *_columns(table)).select_from(table)


def _of_deal(table: Table, chosen: ColumnElement[bool]) -> Select[Any]:
    # The deal's own name is that of today; a row may have one of its day.
    return (
        select(deals.c.crm, deals.c.record, *_columns(table)).join(deals, deals.c.id == table.c.deal_id).where(chosen)
    )
