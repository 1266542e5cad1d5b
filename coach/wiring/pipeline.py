"""Deals, people and agreements: what is taken in, prepared and agreed. Loads the database library at first use."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from coach.domain.commitment import Step
from coach.domain.one_on_one import ClaimLedger, OneOnOne
from coach.rubrics import Rubrics
from coach.service.held import held, hold, ledger_of
from coach.service.import_report import ImportReport, PeopleReport
from coach.service.importing import Progress, Source, Writer, import_export, import_roster
from coach.service.keeping import copy_reviews, stands_by
from coach.service.one_on_one import Judging, prepare
from coach.settings import Settings
from coach.store import Store
from coach.store.kept import Stands

if TYPE_CHECKING:
    from coach.store.records import Records


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What lasts beyond one paste."""

    settings: Settings
    rubrics: Rubrics
    store: Store

    @property
    def records(self) -> Records:
        """Where it is kept."""
        return self.store.records

    async def import_opportunities(self, source: Source, as_of: date, progress: Progress | None = None) -> ImportReport:
        """Take in an export as the snapshot of a day; see `coach.service.importing.import_export`."""
        return await self._import(self.records, source, as_of, progress)

    async def import_people(self, source: Source) -> PeopleReport:
        """Take in who the reps are; see `coach.service.importing.import_roster`."""
        return await import_roster(source, store=self.records.people)

    async def prepare(self, rep: str, as_of: date, data: Sequence[tuple[Source, date]] = ()) -> OneOnOne:
        """Prepare a 1-on-1; see `coach.service.one_on_one.prepare`.

        Args:
            rep: The rep's name.
            as_of: The day of the 1-on-1.
            data: Exports to make it of, each with the day that it shows, in place of the snapshots in the store. They
                are not kept; reviews and agreements are those of the store.
        """
        if not data:
            return await prepare(rep, as_of, kept=self.records, data=self.records, judging=self._judging)
        async with self._apart() as apart:
            # What claims in the files stood on is in the notes.
            await copy_reviews(rep, self.records, apart)
            for source, day in sorted(data, key=lambda one: one[1]):
                await self._import(apart, source, day, None)
            return await prepare(rep, as_of, kept=self.records, data=apart, judging=self._judging)

    async def hold(self, pack: OneOnOne, steps: Sequence[Step]) -> OneOnOne:
        """Keep a 1-on-1 as held; see `coach.service.held.hold`."""
        return await hold(pack, steps, self.records)

    async def held(self, rep: str, day: date) -> OneOnOne:
        """A 1-on-1 as it was held; see `coach.service.held.held`."""
        return await held(rep, day, self.records)

    async def ledger(self, rep: str, as_of: date) -> ClaimLedger:
        """A rep's claim ledger; see `coach.service.held.ledger_of`."""
        return await ledger_of(rep, as_of, self.records)

    @property
    def _judging(self) -> Judging:
        return Judging(self.rubrics.deal, self.settings.fiscal_year_start)

    async def _import(self, records: Records, source: Source, as_of: date, progress: Progress | None) -> ImportReport:
        return await import_export(
            source,
            as_of=as_of,
            store=_Judged(records, stands_by(self.rubrics.deal, self.settings.fiscal_year_start)),
            zone=ZoneInfo(self.settings.time_zone),
            known_reps=[one.name for one in await records.people.reps()],
            progress=progress,
        )

    @asynccontextmanager
    async def _apart(self) -> AsyncIterator[Records]:
        """A store of its own for as long as it is needed, with everybody in it who is known in the other."""
        from coach.store.database import Database  # noqa: PLC0415
        from coach.store.records import Records  # noqa: PLC0415

        with tempfile.TemporaryDirectory(prefix="coach-") as folder:
            apart = Records(Database(Path(folder) / "data.sqlite3"))
            try:
                people = self.records.people
                await apart.people.put(await people.reps(), await people.all_quotas())
                yield apart
            finally:
                await apart.close()


@dataclass(frozen=True, slots=True)
class _Judged:
    """Where snapshots go, with what the notes in the store say of the claims in them."""

    records: Records
    stands: Stands

    def importing(self, *, crm: str, as_of: date, source: str, sha256: str) -> AbstractAsyncContextManager[Writer]:
        return self.records.opportunities.importing(
            crm=crm, as_of=as_of, source=source, sha256=sha256, stands=self.stands
        )
