"""Files: encodings, delimiters, quoted line ends, JSON in every shape, and what is no export at all."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import InvalidInput, UnsupportedFormat
from coach.pipeline.rows import Unrecognised, open_export
from coach.pipeline.rows.delimited import Delimited
from coach.pipeline.rows.json_reader import JsonReader
from coach.pipeline.rows.text_file import TextFile
from tests.pipeline.rows.reading_text import take

CSV = "Record ID,Deal Name,Deal Stage\n1,Größe,Contract Sent\n"
DEALS = [
    {
        "id": str(number),
        "properties": {"dealname": f"Deal {number}", "dealstage": "contractsent", "hs_object_id": str(number)},
    }
    for number in range(1, 4)
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_with_and_without_its_mark(encoding: str) -> None:
    taken = take(CSV.encode(encoding))
    assert (["Größe"], True) == (
        [one.name for one in taken.opportunities],
        "read_as_cp1252" not in str(taken.export.notices),
    )


def test_windows_1252_is_read_and_told() -> None:
    taken = take(CSV.encode("cp1252"))
    assert ["Größe"] == [one.name for one in taken.opportunities]
    assert "read_as_cp1252" in {one.code.value for one in taken.export.notices}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_are_found(delimiter: str) -> None:
    assert ["Größe"] == [one.name for one in take(CSV.replace(",", delimiter)).opportunities]


def test_excel_may_say_the_delimiter() -> None:
    taken = take("sep=;\r\n" + CSV.replace(",", ";") + ";no id;Contract Sent\n")
    assert (["Größe"], [(4, "no_id", False)]) == ([one.name for one in taken.opportunities], taken.told)


def test_a_cell_in_quotes_may_hold_line_ends_and_delimiters() -> None:
    taken = take('Record ID,Deal Name,Deal Stage\n1,"A, ""B""\r\nC",Contract Sent\n2,D,Contract Sent\n')
    assert ['A, "B"\r\nC', "D"] == [one.name for one in taken.opportunities]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({"results": DEALS}),
        json.dumps({"total": 3, "note": {"a": [1, "]"]}, "results": DEALS}, indent=2),
        json.dumps(DEALS),
        "\n".join(map(json.dumps, DEALS)),
        "\ufeff" + "\r\n\r\n".join(map(json.dumps, DEALS)) + "\n",
        json.dumps([one["properties"] for one in DEALS]),
    ],
)
def test_json_is_read_in_the_shapes_that_interfaces_and_tools_write(content: str) -> None:
    taken = take(content)
    assert ("hubspot", ["1", "2", "3"], []) == (
        taken.export.crm,
        [one.record for one in taken.opportunities],
        taken.told,
    )
    assert ["Deal 1", "Deal 2", "Deal 3"] == [one.name for one in taken.opportunities]


def test_a_column_that_comes_late_in_json_is_read_all_the_same() -> None:
    late = [*DEALS, {"id": "9", "properties": {"dealname": "Late", "hs_object_id": "9", "hs_next_step": "call"}}]
    assert [None, None, None, "call"] == [one.next_step for one in take(json.dumps(late)).opportunities]


def test_what_is_no_record_is_told_by_its_number() -> None:
    assert [(2, "not_a_record", False)] == take(json.dumps([DEALS[0], "x", DEALS[1]])).told
    lines = f"{json.dumps(DEALS[0])}\n{{broken\n{json.dumps(DEALS[1])}"
    assert [(2, "not_a_record", False)] == take(lines).told


def test_half_a_character_of_json_is_left_out() -> None:
    taken = take(json.dumps([DEALS[0] | {"properties": {"dealname": "\ud800", "hs_object_id": "1", "dealstage": "x"}}]))
    assert ([None], [(1, "bad_character", True)]) == ([one.name for one in taken.opportunities], taken.told)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"PK\x03\x04rest", "Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"\x81\x8d\xff\x00\x81", "not text"),
        (b'{"results": [{"id": "1"}, {"id"', "at record 2"),
        (b'[{"id": "1"} {"id": "2"}]', "at record 1"),
        (b'[{"id": ' + b"9" * 5000 + b"}]", "at record 1"),
        (b'[{"id": ' + b"[" * 100_000 + b"}]", "at record 1"),
        (b"[]", "no records"),
        (b'{"a": 1}', "not the columns"),
        (b'Record ID,Deal Name,Deal Stage\n1,"' + b"x" * 140_000, "does not end"),
        ("[{}]".encode("cp1252") + b"\xe9", "not UTF-8"),
        (b"Deal Stage,Deal owner,Amount,Close Date\nx,y,1,2026-01-01\n", "to know the deals by"),
    ],
)
def test_what_is_no_export_is_refused_in_words(content: bytes, said: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        take(content)
    assert said in refused.value.detail


def test_a_workbook_is_an_unsupported_format() -> None:
    with pytest.raises(UnsupportedFormat):
        take(b"PK\x03\x04rest")


def test_a_file_of_unknown_columns_comes_with_a_proposal_and_is_not_read() -> None:
    with pytest.raises(Unrecognised) as refused:
        take("Key,Company,Worth\n1,Orrin,5\n")
    assert "not the columns" in refused.value.detail
    assert 'account: "Company"' in refused.value.proposal


def test_the_file_is_left_open() -> None:
    file = io.BytesIO(CSV.encode())
    open_export(file, name="x.csv")
    assert not file.closed


_CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@given(st.lists(st.lists(_CELLS, min_size=3, max_size=3), max_size=8), st.sampled_from([",", ";", "\t"]))
def test_csv_is_read_back_as_it_was_written(rows: list[list[str]], delimiter: str) -> None:
    import csv  # noqa: PLC0415

    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([["Record ID", "Deal Name", "Deal Stage"], *rows])
    source = Delimited(TextFile(io.BytesIO(out.getvalue().encode()), "x.csv"))
    if source.delimiter == delimiter:
        assert rows == [cells for _, cells in source.rows()]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@given(st.lists(_JSON, max_size=6), st.sampled_from([None, 2]))
def test_an_array_is_read_element_by_element(values: list[object], indent: int | None) -> None:
    reader = JsonReader(io.StringIO(json.dumps({"done": True, "records": values}, indent=indent)), "x.json")
    assert reader.to_list()
    assert values == list(reader.elements())


def test_elements_longer_than_the_buffer_are_read_whole() -> None:
    values = [{"a": "x" * 200_000}, 7, {"b": "y" * 70_000}]
    reader = JsonReader(io.StringIO(json.dumps(values)), "x.json")
    assert (True, values) == (reader.to_list(), list(reader.elements()))


@pytest.mark.parametrize("number", ["1e9999999999999999999", "-0.5E+9999999999999999999", "9" * 5000])
def test_a_number_beyond_reckoning_is_refused(number: str) -> None:
    with pytest.raises(InvalidInput, match="not valid JSON"):
        take(f'[{{"id": "1", "dealname": "x", "amount": {number}}}]')
