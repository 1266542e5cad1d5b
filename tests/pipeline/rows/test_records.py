"""Ids: one for one deal, however an export writes it; and names that are close."""

from __future__ import annotations

from coach.pipeline.rows.fields import Field
from coach.pipeline.rows.records import Records, Same, record_of
from coach.pipeline.rows.spelling import Names, Seen


def _record(value: str, crm: str) -> str | None:
    return record_of({Field.RECORD: value}, crm, by_name=False)


def test_a_salesforce_id_of_fifteen_becomes_that_of_eighteen() -> None:
    # The capitals of 0065g are none, of 00000 none, of AbCdE the first, third and fifth: 1 + 4 + 16 = 21, a V.
    assert "0065g00000AbCdEAAV" == _record("0065g00000AbCdE", "salesforce")
    assert "0065g00000AbCdEAAV" == _record("0065g00000AbCdEAAV", "salesforce")
    assert "0065g00000AbCdE" == _record("0065g00000AbCdE", "hubspot")


def test_a_guid_of_dynamics_is_taken_without_braces_in_small_letters() -> None:
    guid = "3f2504e0-4f89-11d3-9a0c-0305e82c3301"
    assert guid == _record("{3F2504E0-4F89-11D3-9A0C-0305E82C3301}", "dynamics") == _record(guid, "dynamics")


def test_deals_without_ids_are_known_by_account_and_name_whatever_their_length() -> None:
    assert "orrin / roll" == record_of({Field.NAME: "Roll", Field.ACCOUNT: " ORRIN"}, "x", by_name=True)
    assert "roll" == record_of({Field.NAME: "Roll"}, "x", by_name=True)
    assert None is record_of({Field.ACCOUNT: "Orrin"}, "x", by_name=True)
    long = record_of({Field.NAME: "r" * 400}, "x", by_name=True)
    assert (long or "").startswith("sha ")


def test_rows_that_share_an_id_are_the_same_or_differ() -> None:
    records = Records()
    for row, (record, content) in enumerate(
        [("1", "a"), ("2", "b"), ("1", "a"), ("2", "c"), ("2", "b"), ("3", "d")], 2
    ):
        records.add(record, content, row)
    assert [Same(2, differ=False), Same(3, differ=True), None] == [records.shared(one) for one in "123"]


def test_close_names_are_found_once_each_and_far_ones_are_not() -> None:
    names = Names()
    for row, name in enumerate(["Jon Smith", "JON SMITH", "John Smith", "Jane Doe", "Li", "Lu"], 2):
        names.add(name, row)
    assert {4: [(Seen("John Smith", 4), Seen("Jon Smith", 2))]} == names.close()
    known = ["Jon Smyth", "John Smith", "Jane Doe"]
    assert {2: [(Seen("Jon Smith", 2), one) for one in known[:2]]} == names.close_to(known)
    assert ("Jon Smith", "John Smith", "Li", "Lu") == names.new(["jane doe"])
