"""Mapping files: what they settle, what is wrong with them, and how one is proposed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from coach.domain.opportunity import DealState
from coach.errors import InvalidInput, TooLarge
from coach.pipeline.rows import Mapping, proposal_text, propose_mapping, read_mapping
from tests.pipeline.rows.reading_text import take

OTHER = """
crm: pipeworks
columns:
  record: Key
  name: What
  rep: Who
  stage: Step
  amount: Worth
  close_date: Due
  closed_on: Due
date_order: day_first
decimal: comma
currency: SEK
stages: [Talk, Try, Paper]
won: [Gewonnen]
lost: [Verloren]
"""
ROWS = (
    "Key;What;Who;Step;Worth;Due\n"
    "1;Roll;Ilse Brandt;Paper;1.234;03/04/2026\n"
    "2;Pilot;Tomas Reyes;Gewonnen;500,5;04/05/2026\n"
    "3;Late;Tomas Reyes;verloren;;05/06/2026\n"
    "4;Odd;Tomas Reyes;Else;7;06/07/2026\n"
)


def test_a_mapping_says_what_columns_are_and_settles_what_is_unclear() -> None:
    taken = take(ROWS, mapping=read_mapping(OTHER.encode(), "map.yaml"))
    roll, pilot, late, odd = taken.opportunities
    assert ("pipeworks", "1", "Roll", "Ilse Brandt", 2) == (roll.crm, roll.record, roll.name, roll.rep, roll.stage_rank)
    assert (Decimal(1234), "SEK", date(2026, 4, 3)) == (roll.amount, roll.currency, roll.close_date)
    assert (DealState.WON, Decimal("500.5"), date(2026, 5, 4)) == (pilot.state, pilot.amount, pilot.closed_on)
    assert (DealState.LOST, None) == (late.state, odd.stage_rank)
    assert [(4, "no_amount", True)] == taken.told


def test_a_mapping_of_a_known_crm_adds_to_what_is_known() -> None:
    csv = "Record ID,Deal Name,Deal Stage,Amount,ARR,Deal owner\n1,A,Ours,5,60,Ilse Brandt\n"
    mapping = Mapping(crm="hubspot", columns={"amount": "arr"}, stages=("Theirs", "Ours"))
    (one,) = take(csv, mapping=mapping).opportunities
    assert (Decimal(60), "Ilse Brandt", 1) == (one.amount, one.rep, one.stage_rank)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("columns: {}", "crm"),
        ("crm: Ours", "small letters"),
        ("crm: note", "taken"),
        ("crm: x\ncolumns: {colour: Blue}", "'colour'"),
        ("crm: x\ncolumns: {They signed on Tuesday: Blue}", "one of the names is no field's"),
        ("crm: x\ncurrency: EURO", "ISO 4217"),
        ("crm: x\ncrm: y", "not valid YAML"),
        ("crm: x\ndecimal: dot", "decimal"),
        ("- crm", "must say crm"),
        ("crm: [[[[[[x]]]]]]", "nested"),
        ("crm: *x", "nested"),
    ],
)
def test_what_is_wrong_with_a_mapping_is_said(text: str, said: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_mapping(text.encode(), "map.yaml")
    assert said in refused.value.detail


def test_a_mapping_is_short() -> None:
    with pytest.raises(TooLarge):
        read_mapping(b"#" * 70_000, "map.yaml")


def test_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        take("Key,What\n1,A\n", mapping=Mapping(crm="x", columns={"record": "Id"}))
    assert "no column 'Id'" in refused.value.detail


def test_a_proposal_says_how_sure_each_line_is_and_can_be_given_back() -> None:
    headers = ["Deal No.", "Customer", "Sales Rep", "Deal Size", "Expected Close Dt", "Shoe size"]
    rows = [
        ["1", "Orrin", "Ilse Brandt", "500", "2026-11-02", "38"],
        ["2", "Fenwick", "Tomas Reyes", "70", "2026-12-01", ""],
    ]
    proposal = {one.field.value: (one.header, one.sure, one.values_fit) for one in propose_mapping(headers, rows)}
    assert ("Customer", 0.95, None) == proposal["account"]
    assert ("Deal Size", 0.95, True) == proposal["amount"]
    assert "Expected Close Dt" == proposal["close_date"][0]
    assert 0.6 < proposal["close_date"][1] < 0.8
    assert "Shoe size" not in {header for header, _, _ in proposal.values()}
    mapping = read_mapping(proposal_text(propose_mapping(headers, rows)).encode(), "map.yaml")
    csv = "\n".join(",".join(cells) for cells in [headers, *rows])
    assert ["Ilse Brandt", "Tomas Reyes"] == [one.rep for one in take(csv, mapping=mapping).opportunities]


def test_values_that_do_not_look_like_it_make_a_proposal_less_sure() -> None:
    (one,) = propose_mapping(["Close date"], [["soon"], ["later"]])
    assert (0.47, False) == (one.sure, one.values_fit)
    assert "do not look like it" in proposal_text([one])


def test_a_header_of_any_kind_makes_a_file_that_can_be_read() -> None:
    header = 'Amount: "net" # \\ \n {x}'
    text = proposal_text(propose_mapping(["Name", header], []))
    assert "other" == read_mapping(text.encode(), "map.yaml").crm
