"""Importing: batches, one transaction, the report, and what is refused before anything is written."""

from __future__ import annotations

import hashlib
import io
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from coach.domain.opportunity import Opportunity, Quota, Rep
from coach.errors import InvalidInput, StoreError
from coach.pipeline.rows import Mapping, Unrecognised
from coach.service.import_report import ImportReport, PeopleReport
from coach.service.importing import Source, import_export, import_roster

AS_OF = date(2026, 10, 31)
EXPORTS = Path(__file__).parents[1] / "pipeline" / "rows" / "exports"
HEAD = "Record ID,Deal Name,Deal Stage,Deal owner,Close Date\n"


@dataclass
class Kept:
    """Keeps snapshots and people in lists; one that fails leaves nothing."""

    fails_at: int | None = None
    batches: list[list[Opportunity]] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    snapshots: list[tuple[str, date, str, str]] = field(default_factory=list)
    reps: list[Rep] = field(default_factory=list)
    quotas: list[Quota] = field(default_factory=list)

    @asynccontextmanager
    async def importing(self, *, crm: str, as_of: date, source: str, sha256: str) -> AsyncIterator[Kept]:
        try:
            yield self
        except BaseException:
            self.batches.clear()
            raise
        self.snapshots.append((crm, as_of, source, sha256))

    async def write(self, batch: Sequence[Opportunity]) -> None:
        if len(self.batches) == self.fails_at:
            raise StoreError("the disk is full")
        self.batches.append(list(batch))

    async def delete(self, records: Sequence[str]) -> None:
        self.deleted.extend(records)

    async def put(self, roster: Sequence[Rep], targets: Sequence[Quota] = ()) -> None:
        self.reps.extend(roster)
        self.quotas.extend(targets)


def _source(content: str | bytes, mapping: Mapping | None = None) -> Source:
    raw = content.encode() if isinstance(content, str) else content
    return Source(file=io.BytesIO(raw), name="deals.csv", mapping=mapping)


def _rows(count: int, close_date: str = "2026-12-01") -> str:
    lines = (f"{number},Deal {number},Contract Sent,Ilse Brandt,{close_date}" for number in range(count))
    return HEAD + "\n".join(lines)


async def test_rows_go_in_by_the_thousand_and_progress_is_told() -> None:
    store = Kept()
    told: list[tuple[int, int]] = []
    content = _rows(2500)
    report = await import_export(
        _source(content), as_of=AS_OF, store=store, progress=lambda done, total: told.append((done, total))
    )
    assert [1000, 1000, 500] == [len(batch) for batch in store.batches]
    assert [(1000, 2500), (2000, 2500), (2500, 2500)] == told
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    assert [("hubspot", AS_OF, "deals.csv", sha256)] == store.snapshots
    assert (2500, 2500, 0, 0, sha256) == (report.read, report.kept, report.left_out, report.deleted, report.sha256)
    assert {AS_OF} == {one.as_of for batch in store.batches for one in batch}


async def test_the_report_counts_every_problem_and_tells_two_hundred() -> None:
    store = Kept()
    content = _rows(300, close_date="soon") + "\n,No id,Contract Sent,Tomas Reyes,2026-12-01\n"
    report = await import_export(_source(content), as_of=AS_OF, store=store, known_reps=["Tomas Reyes"])
    assert {"bad_date": 300, "no_id": 1, "state_by_stage": 1} == report.counts
    assert (200, 102) == (len(report.problems), report.problems_left_out)
    assert (301, 300, 1) == (report.read, report.kept, report.left_out)
    assert ("Ilse Brandt",) == report.new_reps
    assert (None, 2, "soon", True) == (
        report.problems[0].row,
        report.problems[1].row,
        report.problems[1].value,
        report.problems[1].kept,
    )
    assert {"record", "name", "stage", "rep", "close_date", "closed_on"} == set(report.columns)


async def test_the_report_keeps_its_published_schema() -> None:
    store = Kept()
    report = await import_export(_source((EXPORTS / "pipedrive.csv").read_bytes()), as_of=AS_OF, store=store)
    assert 1 == len(store.deleted)
    assert ("pipedrive", 4, 3, 0, 1) == (report.crm, report.read, report.kept, report.left_out, report.deleted)
    schema = ImportReport.model_json_schema(by_alias=True, mode="serialization")
    content = report.model_dump(mode="json", by_alias=True)
    assert "coach.import_report/1" == content["schema"]
    assert [] == [one.message for one in Draft202012Validator(schema).iter_errors(content)]


async def test_a_store_that_fails_in_the_middle_keeps_nothing() -> None:
    store = Kept(fails_at=1)
    with pytest.raises(StoreError):
        await import_export(_source(_rows(1500)), as_of=AS_OF, store=store)
    assert ([], []) == (store.batches, store.snapshots)


async def test_a_file_that_breaks_off_keeps_nothing() -> None:
    store = Kept()
    with pytest.raises(InvalidInput):
        await import_export(_source('{"results": [{"id": "1", "properties": {"dealname": '), as_of=AS_OF, store=store)
    assert ([], []) == (store.batches, store.snapshots)


async def test_where_no_row_can_be_taken_there_is_no_snapshot() -> None:
    store = Kept()
    report = await import_export(_source(HEAD + ",A,Contract Sent,Ilse Brandt,2026-12-01\n"), as_of=AS_OF, store=store)
    assert (0, 1, []) == (report.kept, report.left_out, store.snapshots)


@pytest.mark.parametrize(
    ("content", "as_of", "said"),
    [(HEAD, AS_OF, "no rows"), (_rows(1), date(1970, 1, 1), "as_of"), ("Key,Worth\n1,2\n", AS_OF, "not the columns")],
)
async def test_what_is_refused(content: str, as_of: date, said: str) -> None:
    store = Kept()
    with pytest.raises(InvalidInput) as refused:
        await import_export(_source(content), as_of=as_of, store=store)
    assert (True, []) == (said in refused.value.detail, store.snapshots)


async def test_a_proposal_is_not_applied_unasked() -> None:
    content = "Deal ID No,Deal,Amount\n1,A,5\n"
    with pytest.raises(Unrecognised):
        await import_export(_source(content), as_of=AS_OF, store=Kept())
    store = Kept()
    mapping = Mapping(crm="ours", columns={"record": "Deal ID No"})
    await import_export(_source(content, mapping), as_of=AS_OF, store=store)
    assert [("ours", "1", None)] == [(one.crm, one.record, one.amount) for batch in store.batches for one in batch]


async def test_a_roster_goes_in_at_once_each_person_once() -> None:
    store = Kept()
    report = await import_roster(_source((EXPORTS / "roster.csv").read_bytes()), store=store)
    assert ["Ilse Brandt", "Tomas Reyes"] == [one.name for one in store.reps]
    assert [250_000, 60_000, 70_000] == [one.amount for one in store.quotas]
    assert (3, 3, 0, 2, 3, {}) == (
        report.read,
        report.kept,
        report.left_out,
        report.reps,
        report.quotas,
        report.counts,
    )
    schema = PeopleReport.model_json_schema(by_alias=True, mode="serialization")
    content = report.model_dump(mode="json", by_alias=True)
    assert [] == [one.message for one in Draft202012Validator(schema).iter_errors(content)]
