"""Deletes what has grown too old, some hundred rows at a time, so that others never wait long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, exists, func, or_, select, tuple_

from coach.store.answers import KEPT
from coach.store.database import Database
from coach.store.tables import (
    answers,
    claims,
    commitments,
    corrections,
    deals,
    findings,
    imports,
    notes,
    one_on_ones,
    outcomes,
    replies,
    reviews,
    snapshots,
)

_AT_ONCE = 500


class Retention:
    """Finds and deletes what is older than a day."""

    def __init__(self, database: Database, *, dry_run: bool = False) -> None:
        """Name the database.

        Args:
            database: Where.
            dry_run: Whether to count, and delete nothing.
        """
        self._database = database
        self._dry_run = dry_run
        self.deleted: Counter[str] = Counter()
        """How many rows of each table."""

    async def texts(self, before: date) -> None:
        """Reviews, and what was said of them: by the day that they are of, or came on, whichever is earlier.

        A note goes with the last review of it. What was agreed goes when it is settled for so long.

        Raises:
            StoreError: the store cannot be written.
        """
        moment = datetime.combine(before, time(), UTC)
        goes = _goes(reviews, before, moment)
        # The earlier ones first: where this is cut off in between, the next run still finds them.
        await self._reviews(and_(~reviews.c.is_latest, goes))
        await self._reviews(and_(reviews.c.is_latest, goes))
        stays = select(reviews.c.note_id).where(reviews.c.note_id.is_not(None), ~goes)
        await self._delete(notes, notes.c.id.not_in(stays))
        await self._delete(one_on_ones, or_(one_on_ones.c.held_on < before, one_on_ones.c.kept_at < moment))
        await self._delete(commitments, commitments.c.settled_on < before)

    async def crm(self, before: date) -> None:
        """Snapshots and claims of days before a day, and deals and imports of which nothing is left.

        What has become of a deal is kept as long as a snapshot of it is: its claims are told by it.

        Raises:
            StoreError: the store cannot be written.
        """
        await self._delete(snapshots, snapshots.c.as_of < before, key=(snapshots.c.deal_id, snapshots.c.as_of))
        await self._delete(claims, claims.c.made_on < before)
        if self._dry_run:
            return  # what follows depends on what would have been deleted
        without = ~exists().where(snapshots.c.deal_id == outcomes.c.deal_id)
        unclaimed = ~exists().where(claims.c.deal_id == outcomes.c.deal_id)
        await self._delete(outcomes, and_(without, unclaimed), key=(outcomes.c.deal_id,))
        await self._delete(
            imports, and_(imports.c.as_of < before, ~exists().where(snapshots.c.import_id == imports.c.id))
        )

    async def rest(self) -> None:
        """Deals of which nothing is left, and answers that are given to nobody any more.

        Raises:
            StoreError: the store cannot be written.
        """
        used = [
            exists().where(table.c.deal_id == deals.c.id)
            for table in (snapshots, claims, outcomes, reviews, commitments)
        ]
        await self._delete(deals, ~or_(*used))
        stale = answers.c.started_at < datetime.now(UTC) - KEPT
        await self._delete(answers, stale, key=(answers.c.caller, answers.c.key))

    async def _reviews(self, chosen: ColumnElement[bool]) -> None:
        some = select(reviews.c.id).where(chosen)
        found = select(findings.c.id).where(findings.c.review_id.in_(some))
        await self._delete(corrections, corrections.c.finding_id.in_(found))
        await self._delete(findings, findings.c.review_id.in_(some))
        await self._delete(replies, replies.c.review_id.in_(some))
        await self._delete(reviews, chosen)

    async def _delete(self, table: Table, chosen: ColumnElement[bool], key: Sequence[ColumnElement[Any]] = ()) -> None:
        if self._dry_run:
            async with self._database.reading() as connection:
                counted = select(func.count()).select_from(table).where(chosen)
                self.deleted[table.name] += (await connection.execute(counted)).scalar_one()
            return
        columns = tuple(key) or (table.c.id,)
        while await self._some(table, columns, select(*columns).where(chosen).limit(_AT_ONCE)):
            pass

    async def _some(self, table: Table, key: Sequence[ColumnElement[Any]], found: Select[Any]) -> bool:
        async with self._database.writing() as connection:
            rows = [tuple(row) for row in await connection.execute(found)]
            if rows:
                gone = await connection.execute(table.delete().where(tuple_(*key).in_(rows)))
                self.deleted[table.name] += gone.rowcount
        return len(rows) == _AT_ONCE


def _goes(of: Table, before: date, moment: datetime) -> ColumnElement[bool]:
    """Chooses reviews that are too old, and earlier reviews of a text for which one that is too old stands."""
    latest = of.alias("latest")
    same = (
        latest.c.kind == of.c.kind,
        latest.c.about == of.c.about,
        latest.c.source == of.c.source,
        latest.c.is_latest,
    )
    last_is_old = exists().where(*same, or_(latest.c.day < before, latest.c.made_at < moment))
    return or_(of.c.day < before, of.c.made_at < moment, last_is_old)
