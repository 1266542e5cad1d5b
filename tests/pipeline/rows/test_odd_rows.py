"""Odd data: each kind is told, with its row, and nothing of it is guessed; the rest goes in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from coach.domain.opportunity import DealState
from coach.pipeline.rows import Mapping
from tests.pipeline.rows.reading_text import sheet, take


def _close(*dates: str) -> str:
    return sheet([{"Close Date": one} for one in dates])


def test_days_that_nothing_settles_are_told_and_left_out() -> None:
    taken = take(_close("03/04/2026", "05/05/2026"))
    assert [None, date(2026, 5, 5)] == [one.close_date for one in taken.opportunities]
    assert [(2, "unclear_date", True)] == taken.told
    assert ("Close Date", "03/04/2026") == (taken.problems[0].column, taken.problems[0].value)
    assert "date_order" in taken.problems[0].message


def test_one_day_over_twelve_settles_its_column() -> None:
    taken = take(_close("03/04/2026", "31/12/2026"))
    assert [date(2026, 4, 3), date(2026, 12, 31)] == [one.close_date for one in taken.opportunities]
    assert [] == taken.told


def test_a_column_that_contradicts_itself_gives_only_what_is_clear() -> None:
    taken = take(_close("03/04/2026", "31/12/2026", "12/31/2026"))
    assert [None, date(2026, 12, 31), date(2026, 12, 31)] == [one.close_date for one in taken.opportunities]
    assert [(2, "unclear_date", True)] == taken.told


def test_the_users_word_settles_what_the_column_does_not() -> None:
    taken = take(_close("03/04/2026", "12/31/2026"), mapping=Mapping(crm="hubspot", date_order="day_first"))
    assert [date(2026, 4, 3), None] == [one.close_date for one in taken.opportunities]
    assert [(3, "bad_date", True)] == taken.told


@pytest.mark.parametrize(
    ("cell", "code"),
    [("46085", "excel_date"), ("1970-01-01", "impossible_date"), ("soon", "bad_date"), ("", "no_close_date")],
)
def test_what_is_no_day(cell: str, code: str) -> None:
    taken = take(_close(cell))
    assert [None] == [one.close_date for one in taken.opportunities]
    assert [(2, code, True)] == taken.told


@pytest.mark.parametrize(
    ("cells", "amounts", "told"),
    [
        (["1.234", "50,000"], [None, None], [(2, "unclear_amount", True), (3, "unclear_amount", True)]),
        (["1.234", "50,00"], ["1234", "50"], []),
        (["1.234", "1.234,5"], ["1234", "1234.5"], []),
        (["50,000", "1,234,567"], ["50000", "1234567"], []),
        (["9.99", "9,99", "1.234"], ["9.99", "9.99", None], [(4, "unclear_amount", True)]),
        (
            ["-5", "lots", "50k"],
            [None] * 3,
            [(2, "negative_amount", True), (3, "bad_amount", True), (4, "bad_amount", True)],
        ),
        (["0.00005"], ["0.0000"], [(2, "rounded_amount", True)]),
        (["99999999999999999"], [None], [(2, "bad_amount", True)]),
    ],
)
def test_amounts(cells: list[str], amounts: list[str | None], told: list[object]) -> None:
    taken = take(sheet([{"Amount": one, "Currency": "EUR"} for one in cells]))
    assert [None if one is None else Decimal(one) for one in amounts] == [one.amount for one in taken.opportunities]
    assert told == taken.told


@pytest.mark.parametrize(
    ("amount", "column", "currency", "code"),
    [
        ("100", "EUR", "EUR", None),
        ("€100", "EUR", "EUR", None),
        ("€100", "USD", None, "two_currencies"),
        ("$100", "USD", "USD", None),
        ("$100", "", None, "unclear_currency"),
        ("£100", "", "GBP", None),
        ("100", "", None, "no_currency"),
        ("100", "EURO$", None, "unknown_currency"),
        ("100", "kr", None, "unclear_currency"),
    ],
)
def test_currencies(amount: str, column: str, currency: str | None, code: str | None) -> None:
    taken = take(sheet([{"Amount": amount, "Currency": column}]))
    (one,) = taken.opportunities
    assert (Decimal(100), currency) == (one.amount, one.currency)
    assert ([] if code is None else [(2, code, True)]) == taken.told


def test_the_users_currency_is_that_of_amounts_that_name_none() -> None:
    mapping = Mapping(crm="hubspot", currency="CAD")
    taken = take(sheet([{"Amount": "$100"}, {"Amount": "€100"}]), mapping=mapping)
    assert ["CAD", "EUR"] == [one.currency for one in taken.opportunities]
    assert ([], False) == (taken.told, "currency" in taken.export.missing)


@pytest.mark.parametrize(
    ("cells", "expected", "codes"),
    [
        (["0.2", "20"], [0.2, None], ["bad_probability"]),
        (["20%", "1"], [0.2, 1.0], []),
        (["likely", ""], [None, None], ["bad_probability"]),
    ],
)
def test_probabilities_of_hubspot_are_fractions(
    cells: list[str], expected: list[float | None], codes: list[str]
) -> None:
    taken = take(sheet([{"Deal probability": one} for one in cells]))
    assert expected == [one.probability for one in taken.opportunities]
    assert codes == [code for _, code, _ in taken.told]


def test_probabilities_of_an_unknown_source_are_settled_by_their_column() -> None:
    mapping = Mapping(crm="other", columns={"record": "Key", "probability": "Odds"})
    assert [0.5, 0.01] == [one.probability for one in take("Key,Odds\n1,50\n2,1", mapping=mapping).opportunities]
    unsettled = take("Key,Odds\n1,1\n2,0", mapping=mapping)
    assert [None, 0.0] == [one.probability for one in unsettled.opportunities]
    assert [(2, "unclear_probability", True)] == unsettled.told


@pytest.mark.parametrize(
    ("owner", "rep", "code"),
    [
        ("", None, "no_rep"),
        ("-", None, "no_rep"),
        ("70311", None, "unknown_rep"),
        ("0055g000001AAAAAA2", None, "unknown_rep"),
        ("3F2504E0-4F89-11D3-9A0C-0305E82C3301", None, "unknown_rep"),
    ],
)
def test_owners_who_are_nobody(owner: str, rep: str | None, code: str) -> None:
    taken = take(sheet([{"Deal owner": owner}]))
    assert ([rep], [(2, code, True)]) == ([one.rep for one in taken.opportunities], taken.told)
    assert () == taken.export.new_reps(())


def test_names_that_are_close_are_told_and_not_merged() -> None:
    rows = [{"Deal owner": one} for one in ("Jon Smith", "jon  smith", "John Smith", "Ilse Brandt", "Smith, Jon")]
    taken = take(sheet(rows), known=["Ilse Brand", "Jon Smith"])
    assert ["Jon Smith", "jon  smith", "John Smith", "Ilse Brandt", "Smith, Jon"] == [
        one.rep for one in taken.opportunities
    ]
    assert [
        (4, "spelt_two_ways", True),
        (4, "like_known_rep", True),
        (5, "like_known_rep", True),
        (6, "spelt_two_ways", True),
        (6, "spelt_two_ways", True),
        (6, "like_known_rep", True),
    ] == taken.told
    assert "'Jon Smith' in row 2" in taken.problems[0].message
    assert ("John Smith", "Ilse Brandt", "Smith, Jon") == taken.export.new_reps(["Ilse Brand", "Jon Smith"])


def test_products_spelt_two_ways_are_told_but_not_those_of_other_numbers() -> None:
    rows = [{"Product": one} for one in ("Platform Pro", "Platfrom Pro", "Suite 10", "Suite 11")]
    taken = take(sheet(rows))
    assert [(3, "spelt_two_ways", True)] == taken.told
    assert ["Platform Pro", "Platfrom Pro", "Suite 10", "Suite 11"] == [one.product for one in taken.opportunities]


HEAD = "Record ID,Deal Name,Deal Stage,Amount\n"


def test_rows_of_one_id_that_are_the_same_are_taken_once() -> None:
    taken = take(HEAD + "1,A,Contract Sent,5\n2,B,Contract Sent,6\n1,A,Contract Sent,5\n")
    assert ["1", "2"] == [one.record for one in taken.opportunities]
    assert [(4, "same_row_twice", False)] == taken.told


def test_rows_of_one_id_that_differ_are_all_left_out() -> None:
    taken = take(HEAD + "1,A,Contract Sent,5\n2,B,Contract Sent,6\n1,A,Contract Sent,7\n1,A,Contract Sent,5\n")
    assert ["2"] == [one.record for one in taken.opportunities]
    assert [(2, "duplicate_id", False), (4, "duplicate_id", False), (5, "duplicate_id", False)] == taken.told


def test_rows_without_an_id_or_with_other_counts_of_cells_are_left_out() -> None:
    taken = take(HEAD + ",A,Contract Sent,5\n2,B,Contract Sent\n3,C,Contract Sent,6,7\n\n5,E,Contract Sent,8\n")
    assert ["5"] == [one.record for one in taken.opportunities]
    assert [(2, "no_id", False), (3, "wrong_cell_count", False), (4, "wrong_cell_count", False)] == taken.told
    assert (4, "the row has 3 cells, and the header 4") == (taken.export.rows, taken.problems[1].message)


def test_without_a_column_of_ids_deals_are_known_by_account_and_name() -> None:
    head = "Opportunity Name,Account Name,Opportunity Owner,Stage\n"
    taken = take(
        head + "Roll,Orrin,Ilse Brandt,Qualification\nRoll,Fenwick,Ilse Brandt,Qualification\n"
        "roll, ORRIN,Ilse Brandt,Prospecting\n,Orrin,Ilse Brandt,Prospecting\n"
    )
    assert ["fenwick / roll"] == [one.record for one in taken.opportunities]
    assert [(2, "duplicate_id", False), (4, "duplicate_id", False), (5, "no_id", False)] == taken.told
    assert "no_id_column" in {one.code.value for one in taken.export.notices}


def test_texts_that_cannot_be_kept_are_left_out_of_their_row() -> None:
    rows = [{"Next step": "x" * 2001, "Deal owner": "A\0B"}, {"Next step": "x" * 2000, "Deal owner": "Ilse Brandt"}]
    taken = take(sheet(rows))
    assert [None, "x" * 2000] == [one.next_step for one in taken.opportunities]
    assert [None, "Ilse Brandt"] == [one.rep for one in taken.opportunities]
    assert [(2, "bad_character", True), (2, "too_long", True)] == taken.told
    assert [None, 40] == [one.value and len(one.value) for one in taken.problems]


def test_an_id_that_is_too_long_leaves_its_row_out() -> None:
    taken = take(HEAD + f"{'9' * 301},A,Contract Sent,5\n2,B,Contract Sent,6\n")
    assert (["2"], [(2, "too_long", False)]) == ([one.record for one in taken.opportunities], taken.told)


@pytest.mark.parametrize(
    ("stage", "won", "closed", "expected"),
    [
        ("Contract Sent", "false", "false", DealState.OPEN),
        ("Our own", "", "", DealState.OPEN),
        ("Our own", "true", "", DealState.WON),
        ("Our own", "false", "true", DealState.LOST),
        ("Closed Lost", "", "", DealState.LOST),
        ("closedwon", "true", "true", DealState.WON),
        ("Closed Won", "false", "true", "contradictory_state"),
        ("Our own", "true", "false", "contradictory_state"),
        ("Our own", "", "true", "unclear_state"),
        ("Signed & closed", "", "", "unclear_state"),
        ("Our own", "perhaps", "", "unclear_state"),
    ],
)
def test_states(stage: str, won: str, closed: str, expected: str) -> None:
    head = "Record ID,Deal Name,Deal Stage,Is Closed Won,Is Deal Closed?,Close Date\n"
    taken = take(f"{head}1,A,{stage},{won},{closed},2026-10-01\n")
    if isinstance(expected, DealState):
        assert ([expected], []) == ([one.state for one in taken.opportunities], taken.told)
    else:
        assert ([], [(2, expected, False)]) == (taken.opportunities, taken.told)


def test_a_closed_deal_without_the_day_it_closed_is_told() -> None:
    head = "Record ID,Deal Name,Deal Stage,Close Date\n"
    taken = take(f"{head}1,A,Closed Won,\n")
    assert ([None], [(2, "no_closed_on", True)]) == ([one.closed_on for one in taken.opportunities], taken.told)
    assert "won" in taken.problems[0].message


def test_a_header_that_stands_twice_is_not_read() -> None:
    taken = take("Record ID,Deal Name,Deal Stage,Amount,amount\n1,A,Contract Sent,5,6\n")
    assert [None] == [one.amount for one in taken.opportunities]
    assert ("double_column", "amount") == (taken.export.notices[0].code.value, taken.export.notices[0].column)
    assert "amount" in taken.export.missing


def test_a_problem_never_quotes_more_than_one_cell_cut_short() -> None:
    taken = take(sheet([{"Close Date": "quinceblossom " * 10, "Next step": "a secret"}]))
    (problem,) = taken.problems
    assert (40, False) == (len(problem.value or ""), "secret" in str(problem))


def test_a_very_long_cell_is_no_day_and_no_amount() -> None:
    rows = [{"Close Date": "2026-11-20 " + "x" * 100_000, "Amount": "5 " + "EUR " * 10_000, "Currency": "EUR" * 9000}]
    taken = take(sheet(rows))
    assert [(None, None, None)] == [(one.close_date, one.amount, one.currency) for one in taken.opportunities]
    assert {"bad_date", "bad_amount", "unknown_currency"} == {code for _, code, _ in taken.told}
