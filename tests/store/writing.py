"""A process that writes everything there is to write, from several tasks, until it is killed.

It reads `URL ROUND` from standard input, lets a child write, and says `started PID` and, when the child is no more,
`ended STATUS`. In between the child says what was kept, each line as soon as the store has acknowledged it.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
from datetime import date, timedelta
from decimal import Decimal

import aiosqlite  # noqa: F401  loaded once, for every child
import psycopg  # noqa: F401

import coach.store.migrating  # noqa: F401
from coach.domain.commitment import Commitment, Owner
from coach.domain.judgement import Verdict
from coach.domain.opportunity import DealState, Opportunity
from coach.store.database import Database
from coach.store.kept import Claimed, Found, Kept
from coach.store.records import Records

FIRST = date(2000, 1, 1)
A_ROUND = 400
"""Days of one round: each import and each 1-on-1 has a day of its own."""
BATCHES, ROWS = 3, 15
"""Of one import; the rows are those of the same deals each time."""


def acknowledge(*words: object) -> None:
    # A line this short goes into a pipe whole or not at all.
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


async def review(records: Records, task: str, turn: int) -> None:
    chance = random.Random(f"review {task} {turn}")  # noqa: S311  what to write, not a secret
    for number in range(10_000):
        count = chance.randrange(8)
        key = f"{task}-{turn}-{number}"
        # Every third is another review of the text before: it stands for the text from then on.
        base = number - (number % 3 == 2)
        kept = Kept(
            kind="coach.deal_review/1",
            review=key,
            about=f"Rep {number // 3 % 5}",
            role="rep",
            text=f"{task}-{turn}-{base} " + "Dana signed. " * (base * 37 % 600),
            day=FIRST + timedelta(days=number),
            content=json.dumps({"findings": count}),
            findings=[Found(label="buyer_action", quote=f"finding {place}", centre="buyer") for place in range(count)],
            deal=f"Deal {key}",
            claim=Claimed(close_date=FIRST + timedelta(days=number + 30), verdict=Verdict.UNPROVEN, grade=2),
        )
        await records.reviews.put(kept)
        acknowledge("review", key, count)


async def agree(records: Records, task: str, turn: int) -> None:
    for number in range(A_ROUND):
        day = FIRST + timedelta(days=turn * A_ROUND + number)
        steps = [
            Commitment(id=0, rep=task, what=f"step {place}", owner=Owner.REP, due_on=day, agreed_on=day)
            for place in range(number % 4)
        ]
        await records.one_on_ones.put(task, day, json.dumps({"steps": len(steps)}), steps)
        acknowledge("agreed", task, day, len(steps))
    await asyncio.Event().wait()


async def take_in(records: Records, task: str, turn: int) -> None:
    for number in range(A_ROUND):
        day = FIRST + timedelta(days=turn * A_ROUND + number)
        async with records.opportunities.importing(crm=task, as_of=day, source="f.csv", sha256="0" * 64) as writer:
            for batch in range(BATCHES):
                await writer.write([row(task, batch * ROWS + place, day) for place in range(ROWS)])
        acknowledge("import", task, day, BATCHES * ROWS)
    await asyncio.Event().wait()


def row(crm: str, number: int, day: date) -> Opportunity:
    won = number % 7 == 0
    return Opportunity(
        crm=crm,
        record=str(number),
        as_of=day,
        name=f"{crm} {number}",
        rep=f"Rep {number % 5}",
        state=DealState.WON if won else DealState.OPEN,
        amount=Decimal(number),
        close_date=None if won else day + timedelta(days=30),
        closed_on=day if won else None,
    )


async def write(url: str, turn: int) -> None:
    records = Records(Database(url))
    await asyncio.gather(
        review(records, "r1", turn),
        review(records, "r2", turn),
        agree(records, "Agreeable", turn),
        take_in(records, "hubspot", turn),
        take_in(records, "salesforce", turn),
    )


def main() -> None:
    for line in sys.stdin:
        url, turn = line.split()
        child = os.fork()
        if not child:
            asyncio.run(write(url, int(turn)))
            os._exit(0)
        acknowledge("started", child)
        _, status = os.waitpid(child, 0)
        acknowledge("ended", os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
