"""Deletes everything of a person, in one transaction; `coach.store.rewriting` then makes it unreadable on the disk.

What the CRM says of the company's deals stays, without the person: whose they were, and their name in the texts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from coach.domain.opportunity import folded
from coach.store.answers import drop_answers
from coach.store.database import Database
from coach.store.importing import NOTE
from coach.store.mentions import ERASED, TEXTS, Named, mentions
from coach.store.person import Person, person
from coach.store.rows import in_parts
from coach.store.tables import (
    answers,
    api_keys,
    claims,
    commitments,
    corrections,
    deals,
    findings,
    managers,
    members,
    notes,
    one_on_ones,
    quotas,
    replies,
    reps,
    reviews,
    snapshots,
)

_WHOLE = (replies, one_on_ones, commitments)
"""What is deleted as a whole where it names somebody."""


async def erase(
    database: Database, name: str, *, named: Named, everywhere: bool, dry_run: bool = False
) -> dict[str, int]:
    """Delete what is a person's.

    Args:
        database: Where.
        name: Who, as the roster has it.
        named: The names that texts call them by.
        everywhere: Whether what names them goes, too, whomever it is about.
        dry_run: Whether to count, and change nothing.

    Returns:
        How many rows were deleted, or relieved of the name, by table; only tables with some.

    Raises:
        StoreError: the store cannot be written; nothing was erased.
    """
    async with database.writing() as connection:
        step = await connection.begin_nested()
        erasing = _Erasing(connection, await person(connection, name, named.names), named)
        await erasing.own()
        if everywhere:
            await erasing.mentions()
        erasing.changed[answers.name] += await drop_answers(connection)
        await (step.rollback() if dry_run else step.commit())
    return {table: count for table, count in sorted(erasing.changed.items()) if count}


class _Erasing:
    def __init__(self, connection: AsyncConnection, who: Person, named: Named) -> None:
        self._db = connection
        self._who = who
        self._named = named
        self.changed: Counter[str] = Counter()

    async def own(self) -> None:
        """What is about them, and theirs."""
        who = self._who
        await self._reviews(await self._ids(reviews, who.reviews))
        for table in (commitments, one_on_ones, quotas, claims):
            await self.delete(table, table.c.rep_id == who.rep)
        for table in (snapshots, deals):
            for row in await self._naming(table, table.c.rep_id == who.rep):
                await self._take_out(table, row)
        used = [exists().where(table.c.deal_id == deals.c.id) for table in (snapshots, claims, reviews, commitments)]
        await self.delete(deals, and_(deals.c.rep_id == who.rep, deals.c.crm == NOTE, ~or_(*used)))
        for table in (snapshots, deals):
            await self._change(table, table.c.rep_id == who.rep, rep_id=None)
        await self.delete(reps, reps.c.id == who.rep)
        await self._change(reps, reps.c.manager_id == who.manager, manager_id=None)
        await self.delete(managers, managers.c.id == who.manager)
        await self._shut_out()

    async def mentions(self) -> None:
        """What names them, whomever it is about."""
        by_note = [row.id for row in await self._naming(notes)]
        own = [row.id for row in await self._naming(reviews)]
        of_notes = [one for some in in_parts(by_note) for one in await self._ids(reviews, reviews.c.note_id.in_(some))]
        await self._reviews({*own, *of_notes})
        for some in in_parts(by_note):
            await self.delete(notes, notes.c.id.in_(some))
        for table in _WHOLE:
            for some in in_parts([row.id for row in await self._naming(table)]):
                await self.delete(table, table.c.id.in_(some))
        for table in TEXTS.keys() - {notes, reviews, *_WHOLE}:
            for row in await self._naming(table):
                await self._take_out(table, row)

    async def delete(self, table: Table, *chosen: ColumnElement[bool]) -> None:
        gone = await self._db.execute(table.delete().where(*chosen))
        self.changed[table.name] += gone.rowcount

    async def _change(self, table: Table, *chosen: ColumnElement[bool], **values: object) -> None:
        done = await self._db.execute(table.update().where(*chosen).values(values))
        self.changed[table.name] += done.rowcount

    async def _ids(self, table: Table, chosen: ColumnElement[bool]) -> Sequence[int]:
        return (await self._db.execute(select(table.c.id).where(chosen))).scalars().all()

    async def _naming(self, table: Table, *chosen: ColumnElement[bool]) -> list[Any]:
        return [one.row async for one in mentions(self._db, table, self._named, *chosen)]

    async def _reviews(self, ids: Iterable[int]) -> None:
        """Reviews with what people said to them, and their notes, where no other review is of the same."""
        of: set[int] = set()
        for some in in_parts(ids):
            chosen = reviews.c.id.in_(some)
            noted = select(reviews.c.note_id).where(chosen, reviews.c.note_id.is_not(None))
            of.update((await self._db.execute(noted)).scalars())
            found = select(findings.c.id).where(findings.c.review_id.in_(some))
            await self.delete(corrections, corrections.c.finding_id.in_(found))
            for table in (findings, replies):
                await self.delete(table, table.c.review_id.in_(some))
            await self.delete(reviews, chosen)
        left = select(reviews.c.note_id).where(reviews.c.note_id.is_not(None))
        for some in in_parts(of):
            await self.delete(notes, notes.c.id.in_(some), notes.c.id.not_in(left))

    async def _take_out(self, table: Table, row: Any) -> None:  # noqa: ANN401  a row of any table
        """Leave the row, without the name."""
        values = {}
        for name in TEXTS[table]:
            if text := getattr(row, name):
                values[name] = self._named.taken_out(text)[: getattr(table.c[name].type, "length", None)]
        if table.name == "snapshots":
            key = [snapshots.c.deal_id == row.deal_id, snapshots.c.as_of == row.as_of]
        else:
            key = [table.c.id == row.id]
        if "found_by" in table.c:
            values["found_by"] = folded(values["name"])
        if table.name == "teams":  # no two are called alike
            values["name"], values["found_by"] = f"{ERASED} {row.id}", f"{ERASED} {row.id}"
        await self._change(table, *key, **values)

    async def _shut_out(self) -> None:
        """Their keys and sign-ins end; the rows stay without a name, for the audit log speaks of their ids."""
        now = datetime.now(UTC)
        ended = func.coalesce(api_keys.c.revoked_at, now)
        for some in in_parts(self._who.keys):
            await self._change(api_keys, api_keys.c.id.in_(some), revoked_at=ended, person=None, name=ERASED)
        ended = func.coalesce(members.c.removed_at, now)
        gone = {"removed_at": ended, "person": None, "email": "", "found_by": "", "crm_user": None}
        for some in in_parts(self._who.members):
            await self._change(members, members.c.id.in_(some), **gone)
