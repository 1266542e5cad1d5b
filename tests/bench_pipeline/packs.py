"""Times packs for 1-on-1s: a month of them for 35 reps, and single ones at two sizes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import NamedTuple

from coach.pipeline.fit import fit
from coach.rubrics import load_all
from coach.service.one_on_one import Judging, prepare
from coach.store.database import Database
from coach.store.records import Records
from coach.web.packs.html import to_html
from tests.bench_pipeline.data import AS_OF, CRM, Size, deals, known, rep_name, roster
from tests.bench_pipeline.loading import load
from tests.bench_pipeline.notes import Note, of_deal, put_all

MONTH = Size(opportunities=9_000, team=7, snapshots=12)
_BATCH = 1000


class Packs(NamedTuple):
    """How long packs took."""

    prepared_s: Sequence[float]
    """Of each rep."""
    written_s: float
    """All of them as HTML."""
    deals: int
    """Of all reps: open ones that a pack says something of."""

    def percentile(self, share: float) -> float:
        """The time that a share of the packs took at most, in seconds."""
        ordered = sorted(self.prepared_s)
        return ordered[min(len(ordered) - 1, round(share * len(ordered)) - 1)]


def month(records: Records, note: Note) -> Packs:
    """The packs of everybody, at the real size."""
    return asyncio.run(_month(records, note))


def single(url: str, size: Size, note: Note, reps: int) -> tuple[Packs, float]:
    """Packs of some reps, spread over all, and how long it took to load the data."""
    started = time.perf_counter()
    load(url, size, note)
    loaded = time.perf_counter() - started
    # A golden-ratio walk meets other teams each time, whatever the number of reps.
    chosen = sorted({round(one * 0.618033988749895 % 1 * (size.reps - 1)) + 1 for one in range(1, reps + 1)})
    if size.reps <= reps:
        chosen = list(range(1, size.reps + 1))
    return asyncio.run(_timed(Records(Database(url)), [rep_name(one) for one in chosen])), loaded


async def _month(records: Records, note: Note) -> Packs:
    reps, quotas = roster(MONTH)
    await records.people.put(reps, quotas)
    every = list(deals(MONTH))
    for day in MONTH.days:
        rows = list(known(every, day))
        async with records.opportunities.importing(crm=CRM, as_of=day, source="export.csv", sha256="0" * 64) as writer:
            for start in range(0, len(rows), _BATCH):
                await writer.write(rows[start : start + _BATCH])
    reviewed = [one for one in every if one.number % 5 == 0 and one.created_on <= MONTH.days[-1]]
    await put_all(records.database, [of_deal(note, one.number, one.rep) for one in reviewed])
    return await _timed(records, [one.name for one in reps])


async def _timed(records: Records, reps: Sequence[str]) -> Packs:
    judging = Judging(load_all(None).deal)
    await records.people.rep(reps[0])  # the connection is made, and its version looked at, once in a process
    prepared, written, said = [], 0.0, 0
    for rep in reps:
        started = time.perf_counter()
        pack = await prepare(rep, AS_OF, kept=records, data=records, judging=judging)
        done = time.perf_counter()
        to_html(fit(pack))
        prepared.append(done - started)
        written += time.perf_counter() - done
        said += len(pack.added.deals) + len(pack.closing.deals)
    await records.close()
    return Packs(prepared, written, said)
