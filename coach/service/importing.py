"""The use case: an export of a CRM becomes a dated snapshot, a roster becomes people and quotas.

Rule: a snapshot goes in whole or not at all; a row that cannot be taken is told and left out, and the rest goes in.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import BinaryIO, Protocol
from zoneinfo import ZoneInfo

from coach.domain.opportunity import Opportunity, Quota, Rep, folded
from coach.errors import InvalidInput
from coach.pipeline.rows import Mapping, Read, open_export, open_roster
from coach.service.days import check_day
from coach.service.import_report import ImportReport, PeopleReport, Problems

Progress = Callable[[int, int], None]
"""Told how many rows are read, and of how many."""

_BATCH = 1000
_UTC = ZoneInfo("UTC")


class Writer(Protocol):
    """Takes in the rows of one snapshot."""

    async def write(self, batch: Sequence[Opportunity]) -> None:
        """Take in some rows."""

    async def delete(self, records: Sequence[str]) -> None:
        """Say that deals were thrown away, by their ids."""


class Snapshots(Protocol):
    """Where snapshots are kept."""

    def importing(self, *, crm: str, as_of: date, source: str, sha256: str) -> AbstractAsyncContextManager[Writer]:
        """Take in a snapshot, whole or, where something fails, not at all."""


class People(Protocol):
    """Where reps and quotas are kept."""

    async def put(self, roster: Sequence[Rep], targets: Sequence[Quota] = ()) -> None:
        """Keep reps and quotas; what a roster does not say of a rep stays as it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file to import, and what is said of it."""

    file: BinaryIO
    """Open and seekable until the import is done."""
    name: str
    mapping: Mapping | None = None


async def import_export(  # noqa: PLR0913  what an import depends on
    source: Source,
    *,
    as_of: date,
    store: Snapshots,
    zone: ZoneInfo = _UTC,
    known_reps: Sequence[str] = (),
    progress: Progress | None = None,
) -> ImportReport:
    """Import an export of a CRM as the snapshot of a day.

    Args:
        source: The file.
        as_of: The day it shows.
        store: Where the snapshot goes; where no row can be taken, none is made.
        zone: Where days are counted: a moment in the file is a day there.
        known_reps: Names of reps that are known already.
        progress: Told after every thousand rows.

    Raises:
        Unrecognised: its columns are not known, and no mapping says what they are.
        InvalidInput: it is empty, damaged, no CSV or JSON, or its day is not in 1990 to 2100; nothing is imported.
        StoreError: it cannot be kept; nothing is imported.
    """
    check_day("as_of", as_of)
    export = await asyncio.to_thread(open_export, source.file, name=source.name, mapping=source.mapping)
    if not export.rows:
        raise InvalidInput(f"{source.name} has a header and no rows")
    sha256 = await asyncio.to_thread(_sha256, source.file)
    problems = Problems(export.notices)
    rows = export.read(as_of=as_of, zone=zone, known_reps=known_reps)
    read = kept = deleted = 0
    async with AsyncExitStack() as stack:
        writer: Writer | None = None
        while batch := await asyncio.to_thread(_next, rows):
            read += len(batch)
            deleted += sum(one.deleted for one in batch)
            problems.add(problem for one in batch for problem in one.problems)
            opportunities = [one.opportunity for one in batch if one.opportunity]
            thrown_away = [one.record for one in batch if one.record]
            if opportunities or thrown_away:
                if writer is None:
                    snapshot = store.importing(crm=export.crm, as_of=as_of, source=source.name, sha256=sha256)
                    writer = await stack.enter_async_context(snapshot)
                await writer.write(opportunities)
                await writer.delete(thrown_away)
                kept += len(opportunities)
            if progress:
                progress(read, export.rows)
    return ImportReport(
        crm=export.crm,
        as_of=as_of,
        source=source.name,
        sha256=sha256,
        read=read,
        kept=kept,
        left_out=read - kept - deleted,
        deleted=deleted,
        new_reps=export.new_reps(known_reps),
        counts=problems.counts,
        problems=problems.first,
        problems_left_out=problems.left_out,
        missing=export.missing,
        columns=export.columns,
    )


async def import_roster(source: Source, *, store: People) -> PeopleReport:
    """Import a roster.

    Args:
        source: The file.
        store: Where the people go, all at once.

    Raises:
        InvalidInput: it is no roster, empty, damaged, or no CSV or JSON; nothing is imported.
        StoreError: it cannot be kept; nothing is imported.
    """
    roster = await asyncio.to_thread(open_roster, source.file, name=source.name, mapping=source.mapping)
    sha256 = await asyncio.to_thread(_sha256, source.file)
    people = await asyncio.to_thread(list, roster)
    problems = Problems((*roster.notices, *(problem for one in people for problem in one.problems)))
    reps = {folded(one.rep.name): one.rep for one in people if one.rep}
    quotas = [one.quota for one in people if one.quota]
    if reps:
        await store.put(list(reps.values()), quotas)
    kept = sum(1 for one in people if one.rep)
    return PeopleReport(
        source=source.name,
        sha256=sha256,
        read=len(people),
        kept=kept,
        left_out=len(people) - kept,
        reps=len(reps),
        quotas=len(quotas),
        counts=problems.counts,
        problems=problems.first,
        problems_left_out=problems.left_out,
        columns=roster.columns,
    )


def _next(rows: Iterator[Read]) -> list[Read]:
    return list(islice(rows, _BATCH))


def _sha256(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()
