"""`coach import`: the report, the JSON, a file that is not known, and every kind of bad input; without a store."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
import pytest
from click.testing import CliRunner, Result

from coach.cli.importing import import_
from coach.domain.opportunity import Opportunity, Quota, Rep
from coach.errors import InvalidInput
from coach.pipeline.rows import read_mapping
from coach.service.import_report import ImportReport, PeopleReport
from coach.service.importing import Progress, Source, import_export, import_roster

EXPORTS = Path(__file__).parents[1] / "pipeline" / "rows" / "exports"


class _Store:
    """Keeps nothing."""

    @asynccontextmanager
    async def importing(self, **_said: object) -> Any:
        yield self

    async def write(self, batch: Sequence[Opportunity]) -> None:
        pass

    async def delete(self, records: Sequence[str]) -> None:
        pass

    async def put(self, roster: Sequence[Rep], targets: Sequence[Quota] = ()) -> None:
        pass


class _Pipeline:
    """The use cases of `coach import` alone."""

    zone = ZoneInfo("UTC")

    async def import_opportunities(self, source: Source, as_of: date, progress: Progress | None = None) -> ImportReport:
        return await import_export(source, as_of=as_of, store=_Store(), progress=progress)

    async def import_people(self, source: Source) -> PeopleReport:
        return await import_roster(source, store=_Store())


class _Coach:
    pipeline = _Pipeline()

    async def close(self) -> None:
        pass


@pytest.fixture(autouse=True)
def without_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.wiring.build", lambda *_given: _Coach())


def _call(*arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(import_, [str(one) for one in arguments], input=stdin)


def test_the_report_says_what_went_in_what_lacks_and_what_to_look_at() -> None:
    ended = _call(EXPORTS / "salesforce_report.csv", "--as-of", "2026-10-31")
    assert (0, "") == (ended.exit_code, ended.stderr)
    out = ended.stdout
    assert "salesforce_report.csv  Salesforce, as of 2026-10-31" in out
    assert "2 rows read, 2 taken." in out
    assert "Not in this source: created on" not in out
    assert "stage history, quota." in out
    assert "New reps: Ilse Brandt, Tomas Reyes." in out
    assert "unclear date  2" in out
    assert "row 2, Created Date: '03.08.2026': this could be two days" in " ".join(out.split())


def test_json_is_one_document_a_file() -> None:
    ended = _call(EXPORTS / "hubspot.csv", EXPORTS / "dynamics.csv", "--json")
    decoder = json.JSONDecoder()
    first, end = decoder.raw_decode(ended.stdout)
    second, _ = decoder.raw_decode(ended.stdout.strip(), end + 1)
    assert [("hubspot", 3), ("dynamics", 2)] == [(one["crm"], one["kept"]) for one in (first, second)]


def test_a_date_in_the_name_of_a_file_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "deals-2026-01-31.csv"
    path.write_bytes((EXPORTS / "hubspot.csv").read_bytes())
    assert "as of 2026-01-31" not in _call(path).stdout


def test_people() -> None:
    ended = _call(EXPORTS / "roster.csv", "--people")
    assert (0, True) == (ended.exit_code, "3 rows read, 3 taken, 2 reps, 3 quotas." in ended.stdout)


def test_standard_input() -> None:
    ended = _call("-", stdin=(EXPORTS / "hubspot.csv").read_bytes())
    assert "standard input  HubSpot" in ended.stdout


def test_an_unknown_file_is_refused_with_a_proposal_that_can_be_saved_and_used(tmp_path: Path) -> None:
    path, saved = tmp_path / "own.csv", tmp_path / "map.yaml"
    path.write_text("Deal No,Company,Worth\n1,Orrin,5\n", "utf-8")
    refused = _call(path)
    assert isinstance(refused.exception, InvalidInput)
    assert 2 == refused.exception.exit_code
    assert 'record: "Deal No"  # 95% sure' in refused.exception.detail
    assert "--propose mapping.yaml" in refused.exception.detail
    ended = _call(path, "--propose", saved)
    assert (0, {"record": "Deal No", "account": "Company"}) == (
        ended.exit_code,
        read_mapping(saved.read_bytes(), "map.yaml").columns,
    )
    assert "1 row read, 1 taken." in _call(path, "--mapping", saved).stdout
    again = _call(path, "--propose", saved)
    assert isinstance(again.exception, InvalidInput)
    assert "File exists" in again.exception.detail


def test_a_file_of_which_nothing_can_be_taken_ends_with_2(tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    path.write_text("Record ID,Deal Name,Deal Stage\n,A,Contract Sent\n", "utf-8")
    ended = _call(path)
    assert (2, True) == (ended.exit_code, "(row left out)" in ended.stdout)


@pytest.mark.parametrize(
    ("arguments", "said"), [(["none.csv"], "cannot read"), (["x", "--mapping", "none"], "cannot read")]
)
def test_files_that_cannot_be_read(arguments: list[str], said: str) -> None:
    ended = _call(*arguments)
    assert isinstance(ended.exception, InvalidInput)
    assert said in ended.exception.detail


def test_without_a_file_there_is_a_usage_error() -> None:
    assert (2, True) == (_call().exit_code, "Usage" in _call().stderr)
    assert isinstance(import_, click.Command)


def test_nothing_of_a_file_can_move_the_cursor(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Record ID,Deal Name,Deal Stage,Close Date\n1,A,x,\x1b[2Jsoon\n", "utf-8")
    assert "\x1b" not in _call(path).stdout
