"""A process that writes is killed at any moment: what was acknowledged is there whole, and nothing is there by half."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import ColumnElement, Date, ScalarSelect, Select, Table, case, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from coach.store.database import Database
from coach.store.tables import claims, commitments, findings, imports, notes, one_on_ones, reps, reviews, snapshots
from coach.store.upkeep import check
from tests.store.writing import BATCHES, ROWS

CRASHES = int(os.environ.get("CRASHES", "6"))
"""`CRASHES=100 pytest tests/store/test_crash.py` takes two minutes."""
LONGEST_S = 0.6
ROOT = Path(__file__).parents[2]


@pytest.fixture
def writer() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.store.writing"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        yield process
        process.kill()


async def test_a_crash_loses_nothing_acknowledged_and_leaves_nothing_half_written(
    url: str, writer: subprocess.Popen[str]
) -> None:
    chance = random.Random(20260301)  # noqa: S311  when, not a secret
    acknowledged: list[Sequence[str]] = []
    for turn in range(CRASHES):
        acknowledged += await killed(writer, url, turn, after_s=chance.uniform(0.02, LONGEST_S))
        # Opened anew each time, so that it is this process that finds the file as the other left it.
        async with closing(Database(url)) as database, database.reading() as connection:
            assert [] == await lost(connection, acknowledged)
            assert [] == await halves(connection)
            if database.is_file:
                assert ["ok"] == (await connection.execute(text("PRAGMA integrity_check"))).scalars().all()
                assert [] == (await connection.execute(text("PRAGMA foreign_key_check"))).all()
    assert [] == [one async for one in check(Database(url)) if not one.passed]
    print(f"{CRASHES} crashes; acknowledged: {dict(Counter(kind for kind, *_ in acknowledged))}")
    assert CRASHES // 2 <= len(acknowledged)


@asynccontextmanager
async def closing(database: Database) -> AsyncIterator[Database]:
    try:
        yield database
    finally:
        await database.close()


async def killed(writer: subprocess.Popen[str], url: str, turn: int, *, after_s: float) -> list[Sequence[str]]:
    """Let a process write for a while, kill it, and give back what it said was kept."""
    assert writer.stdin is not None
    assert writer.stdout is not None
    writer.stdin.write(f"{url} {turn}\n")
    writer.stdin.flush()
    said = [writer.stdout.readline().split()]
    if turn % 2:  # while it writes; else while it opens the database, or a little later
        said.append(writer.stdout.readline().split())
    await asyncio.sleep(after_s)
    os.kill(int(said[0][1]), signal.SIGKILL)
    while said[-1][0] != "ended":
        said.append(writer.stdout.readline().split())
    # Had it ended by itself, the test would show nothing.
    assert ["ended", str(-signal.SIGKILL)] == said[-1]
    return said[1:-1]


async def lost(connection: AsyncConnection, acknowledged: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """What was acknowledged and is not there as it was written."""
    packs = select(reps.c.name, one_on_ones.c.held_on, STEPS).join(reps, reps.c.id == one_on_ones.c.rep_id)
    there = {
        "review": await texts(connection, select(reviews.c.review, FINDINGS)),
        "agreed": await texts(connection, packs),
        "import": await texts(connection, select(imports.c.crm, imports.c.as_of, SNAPSHOTS)),
    }
    return [one for one in acknowledged if tuple(one[1:]) not in there[one[0]]]


async def halves(connection: AsyncConnection) -> list[tuple[Any, ...]]:
    """What is there without all that belongs to it, acknowledged or not."""
    found: list[tuple[Any, ...]] = []
    whole = select(reviews.c.review, reviews.c.content, FINDINGS, CLAIMS, notes.c.sha256, notes.c.text)
    for key, content, of_it, claimed, sha256, note in await connection.execute(
        whole.outerjoin(notes, notes.c.id == reviews.c.note_id)
    ):
        is_whole = note is not None and hashlib.sha256(note.encode()).hexdigest() == sha256
        if not is_whole or (json.loads(content)["findings"], 1) != (of_it, claimed):
            found.append(("review", key))
    standing = select(reviews.c.source, func.sum(case((reviews.c.is_latest, 1), else_=0)))
    found += [("text", *one) for one in await connection.execute(standing.group_by(reviews.c.source)) if one[1] != 1]
    packs = select(one_on_ones.c.held_on, STEPS, one_on_ones.c.content)
    found += [("1-on-1", *one) for one in await connection.execute(packs) if json.loads(one[2])["steps"] != one[1]]
    taken_in = select(imports.c.id, imports.c.kept, SNAPSHOTS)
    found += [("import", *one) for one in await connection.execute(taken_in) if (one[1], one[2]) != (A_FILE, A_FILE)]
    following = func.lead(snapshots.c.as_of, type_=Date).over(
        partition_by=snapshots.c.deal_id, order_by=snapshots.c.as_of
    )
    chain = select(snapshots.c.deal_id, snapshots.c.superseded_on, following)
    return found + [("chain", *one) for one in await connection.execute(chain) if one[1] != one[2]]


async def texts(connection: AsyncConnection, statement: Select[Any]) -> set[tuple[str, ...]]:
    return {tuple(map(str, row)) for row in await connection.execute(statement)}


def count_of(belongs: ColumnElement[bool], table: Table) -> ScalarSelect[int]:
    return select(func.count()).select_from(table).where(belongs).scalar_subquery()


A_FILE = BATCHES * ROWS
FINDINGS = count_of(findings.c.review_id == reviews.c.id, findings)
CLAIMS = count_of((claims.c.deal_id == reviews.c.deal_id) & (claims.c.made_on == reviews.c.day), claims)
STEPS = count_of(
    (commitments.c.rep_id == one_on_ones.c.rep_id) & (commitments.c.agreed_on == one_on_ones.c.held_on), commitments
)
SNAPSHOTS = count_of(snapshots.c.import_id == imports.c.id, snapshots)
