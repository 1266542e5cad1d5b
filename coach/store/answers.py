"""What was answered to requests that may come again: an `Idempotency-Key` and its caller lead to one answer."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from coach.store.database import Database
from coach.store.rows import insert_into
from coach.store.tables import answers

KEPT = timedelta(hours=24)
"""How long an answer is given again."""
DROPPED = 0
"""The status of an answer that is not given again: it was allowed, or made, by what no longer holds."""
_ENDS = timedelta(minutes=15)
"""When somebody who works on a request is taken to have died: longer than any request but an import may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer, to be given again."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """What is known of a key: its request is this caller's to work on, or it was answered, or another works on it."""

    fingerprint: str
    holder: str | None = None
    """Set where it is this caller's."""
    answer: Answer | None = None


class Answers:
    """Answers by caller and key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, caller: str, key: str, fingerprint: str) -> Taken:
        """Take a request to work on, unless it was taken before.

        Args:
            caller: The principal's id.
            key: What the caller named the request by.
            fingerprint: A hash of all that the request says.

        Raises:
            StoreError: the store cannot be written.
        """
        known = await self._known(caller, key)
        if known is not None:
            return known
        now = datetime.now(UTC)
        holder = secrets.token_hex(16)
        stale = answers.c.started_at < now - KEPT
        died = answers.c.status.is_(None) & (answers.c.started_at < now - _ENDS)
        values = {"caller": caller, "key": key, "fingerprint": fingerprint, "holder": holder, "started_at": now}
        async with self._database.writing() as connection:
            await connection.execute(answers.delete().where(stale | died))
            inserted = insert_into(connection, answers).values(values).on_conflict_do_nothing()
            # Not the count of rows: drivers do not agree on it for an insertion.
            is_first = (await connection.execute(inserted.returning(answers.c.key))).first() is not None
        if is_first:
            return Taken(fingerprint, holder)
        return await self._known(caller, key) or Taken(fingerprint)

    async def keep(self, caller: str, key: str, holder: str, answer: Answer) -> None:
        """Keep the answer, unless another has taken the request over meanwhile."""
        changed = answers.update().where(*_of(caller, key), answers.c.holder == holder)
        values = {"status": answer.status, "headers": answer.headers, "body": answer.body}
        async with self._database.writing() as connection:
            await connection.execute(changed.values(values))

    async def leave(self, caller: str, key: str, holder: str) -> None:
        """Let the next one try."""
        async with self._database.writing() as connection:
            await connection.execute(answers.delete().where(*_of(caller, key), answers.c.holder == holder))

    async def _known(self, caller: str, key: str) -> Taken | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(select(answers).where(*_of(caller, key)))).first()
        now = datetime.now(UTC)
        if row is None or row.started_at < now - (_ENDS if row.status is None else KEPT):
            return None
        if row.status is None:
            return Taken(row.fingerprint)
        return Taken(row.fingerprint, answer=Answer(status=row.status, headers=row.headers, body=row.body))


async def drop_answers(connection: AsyncConnection) -> int:
    """Give no answer again that was given so far, and leave what it was to as done; how many.

    What is being worked on is left alone: it holds nothing yet, and one of them may be what asks for this.
    """
    given = answers.c.status.is_not(None) & (answers.c.status != DROPPED)
    changed = answers.update().where(given).values(status=DROPPED, headers={}, body=b"")
    return (await connection.execute(changed)).rowcount


def _of(caller: str, key: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return answers.c.caller == caller, answers.c.key == key
