"""Rosters: who the reps are, and what they are to win."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from coach.domain.opportunity import Quota, Rep
from coach.errors import InvalidInput
from coach.pipeline.rows import Mapping, ReadPerson, open_roster
from tests.pipeline.rows.reading_text import EXPORTS


def _read(content: str | Path, mapping: Mapping | None = None) -> list[ReadPerson]:
    raw = content.read_bytes() if isinstance(content, Path) else content.encode()
    return list(open_roster(io.BytesIO(raw), name="team.csv", mapping=mapping))


def test_a_roster_has_reps_and_a_quota_a_row() -> None:
    read = _read(EXPORTS / "roster.csv")
    ilse = Rep(name="Ilse Brandt", team="North", manager="Dana Ruiz", started_on=date(2024, 2, 1))
    tomas = Rep(name="Tomas Reyes", team="North", manager="Dana Ruiz", started_on=date(2026, 9, 14))
    assert [ilse, tomas, ilse] == [one.rep for one in read]
    assert [
        Quota(
            rep="Ilse Brandt", first=date(2026, 1, 1), last=date(2026, 12, 31), amount=Decimal(250_000), currency="EUR"
        ),
        Quota(
            rep="Tomas Reyes", first=date(2026, 10, 1), last=date(2026, 12, 31), amount=Decimal(60_000), currency="EUR"
        ),
        Quota(
            rep="Ilse Brandt", first=date(2026, 10, 1), last=date(2026, 12, 31), amount=Decimal(70_000), currency="EUR"
        ),
    ] == [one.quota for one in read]
    assert [] == [problem for one in read for problem in one.problems]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("A B,N,2026-01-01,5,2026-01-01,", "no_quota_period"),
        ("A B,N,2026-01-01,5,2026-02-01,2026-01-01", "no_quota_period"),
        ("A B,N,2026-01-01,-5,2026-01-01,2026-02-01", "negative_amount"),
        ('A B,N,2026-01-01,"50,000",2026-01-01,2026-02-01', "unclear_amount"),
        ("A B,N,03/04/2026,5,2026-01-01,2026-02-01", "unclear_date"),
        (",N,2026-01-01,5,2026-01-01,2026-02-01", "no_rep"),
    ],
)
def test_odd_rows_are_told(row: str, code: str) -> None:
    (one,) = _read(f"Rep,Team,Started on,Quota,Quota from,Quota to\n{row}\n")
    assert [(2, code)] == [(problem.row, problem.code.value) for problem in one.problems]


def test_rows_that_say_another_thing_of_a_rep_are_told_and_the_first_holds() -> None:
    head = "Rep,Team,Quota,Quota from,Quota to\n"
    read = _read(f"{head}A B,North,5,2026-01-01,2026-03-31\na b,South,6,2026-01-01,2026-03-31\n")
    assert [Rep(name="A B", team="North")] * 2 == [one.rep for one in read]
    assert [Decimal(5), None] == [one.quota and one.quota.amount for one in read]
    assert ["differs", "differs"] == [problem.code.value for problem in read[1].problems]


def test_a_roster_of_other_names_takes_a_mapping() -> None:
    mapping = Mapping(crm="ours", columns={"rep": "Wer", "team": "Gruppe"})
    assert [Rep(name="Ilse Brandt", team="Nord")] == [
        one.rep for one in _read("Wer,Gruppe\nIlse Brandt,Nord\n", mapping)
    ]


def test_an_export_of_deals_is_no_roster() -> None:
    with pytest.raises(InvalidInput) as refused:
        _read("Deal Name,Amount\nA,5\n")
    assert "not a roster" in refused.value.detail
