"""How a review is kept: with its note, its deal, its findings and its claim, in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from coach.domain.opportunity import folded
from coach.store.importing import NOTE
from coach.store.kept import Claimed, Found, Kept, Key
from coach.store.rows import ids_of, insert_into, put
from coach.store.tables import claims, deals, findings, managers, notes, reps, reviews


async def put_review(connection: AsyncConnection, kept: Kept, now: datetime) -> None:
    """Keep a review on a connection that writes."""
    people, column = (reps, "rep_id") if kept.role == "rep" else (managers, "manager_id")
    person = (await ids_of(connection, people, [kept.about]))[folded(kept.about)]
    deal_id = await _deal_id(connection, kept, person) if kept.role == "rep" else None
    values = {
        "kind": kept.kind,
        "review": kept.review,
        "about": folded(kept.about),
        "source": kept.source or hashed(kept.text),
        "day": kept.day,
        "content": kept.content,
        "note_id": await _note_id(connection, kept, now),
        column: person,
        "deal_id": deal_id,
        "made_at": now,
        "is_latest": True,
    }
    same_text = [reviews.c[name] == values[name] for name in ("kind", "about", "source")]
    await connection.execute(reviews.update().where(*same_text).values(is_latest=False))
    await put(connection, reviews, ("kind", "about", "source", "review"), [values])
    own = select(reviews.c.id).where(*same_text, reviews.c.review == kept.review)
    await _put_findings(connection, (await connection.execute(own)).scalar_one(), kept.findings)
    if deal_id is not None and kept.claim is not None:
        await _put_claim(connection, kept, kept.claim, deal_id, person)


def hashed(text: str) -> str:
    """A text's hash, by which the same text is known."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


async def _note_id(connection: AsyncConnection, kept: Kept, now: datetime) -> int | None:
    try:
        kept.text.encode()
    except UnicodeEncodeError:
        return None  # half of a surrogate pair: no text that a database could give back
    by_hash = notes.c.sha256 == hashed(kept.text)
    values = {"sha256": hashed(kept.text), "text": kept.text, "written_on": kept.day, "received_at": now}
    await connection.execute(insert_into(connection, notes).on_conflict_do_nothing(), [values])
    return int((await connection.execute(select(notes.c.id).where(by_hash))).scalar_one())


async def _deal_id(connection: AsyncConnection, kept: Kept, rep_id: int) -> int | None:
    """The deal a note is of: by its record, else by its name, where the rep has one deal of that name."""
    if kept.record is not None:
        key = deals.c.crm == kept.record[0], deals.c.record == kept.record[1]
        found = (await connection.execute(select(deals.c.id).where(*key))).scalar()
        return int(found) if found is not None else await _new_deal(connection, kept, rep_id, kept.record)
    name = folded(kept.deal or "")
    if not name:
        return None
    same = deals.c.found_by == name, deals.c.rep_id == rep_id
    ids = (await connection.execute(select(deals.c.id).where(*same).limit(2))).scalars().all()
    if len(ids) > 1:
        return None
    return int(ids[0]) if ids else await _new_deal(connection, kept, rep_id, (NOTE, hashed(f"{rep_id} {name}")))


async def _new_deal(connection: AsyncConnection, kept: Kept, rep_id: int, key: Key) -> int:
    values = {"crm": key[0], "record": key[1], "name": kept.deal, "found_by": folded(kept.deal or ""), "rep_id": rep_id}
    made = await connection.execute(deals.insert().values(values).returning(deals.c.id))
    return int(made.scalar_one())


async def _put_findings(connection: AsyncConnection, review_id: int, found: Sequence[Found]) -> None:
    # A review that is there already has them, and people may have spoken of them.
    rows = [
        {
            "review_id": review_id,
            "position": position,
            "label": one.label,
            "quote": one.quote,
            "centre": one.centre,
            "direction": one.direction,
            "grade": one.grade,
            "speaks_of": one.speaks_of,
        }
        for position, one in enumerate(found)
    ]
    if rows:
        await connection.execute(insert_into(connection, findings).on_conflict_do_nothing(), rows)


async def _put_claim(connection: AsyncConnection, kept: Kept, claim: Claimed, deal_id: int, rep_id: int) -> None:
    row = {
        "deal_id": deal_id,
        "rep_id": rep_id,
        "made_on": kept.day,
        "close_date": claim.close_date,
        "probability": None,
        "source": "note",
        "verdict": claim.verdict.value,
        "grade": claim.grade,
    }
    await put(connection, claims, ("deal_id", "made_on", "source"), [row])
