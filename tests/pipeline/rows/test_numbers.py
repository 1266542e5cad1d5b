"""Amounts and probabilities: every way they are written, and what is never guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.pipeline.rows.currencies import read_currency
from coach.pipeline.rows.money import amount_and_unit
from coach.pipeline.rows.numbers import (
    DecimalEvidence,
    DecimalMark,
    ShareEvidence,
    kept_amount,
    read_amount,
    read_share,
    share_of,
    taken_apart,
)
from coach.pipeline.rows.problem import Code


@pytest.mark.parametrize(
    ("text", "expected", "unit"),
    [
        ("50000", "50000", ""),
        ("1234.5", "1234.5", ""),
        ("1234,50", "1234.50", ""),
        ("0.125", "0.125", ""),
        (".5", "0.5", ""),
        ("12345.678", "12345.678", ""),
        ("1,234.56", "1234.56", ""),
        ("1.234,56", "1234.56", ""),
        ("1,234,567", "1234567", ""),
        ("1.234.567", "1234567", ""),
        ("12,34,567.00", "1234567.00", ""),
        ("1 234 567,8", "1234567.8", ""),
        ("1 234.567", "1234.567", ""),
        ("1'234'567.80", "1234567.80", ""),
        ("€1,234.56", "1234.56", "€"),
        ("1.234,56 €", "1234.56", "€"),
        ("EUR 1 234", "1234", "EUR"),
        ("(1,234.56)", "-1234.56", ""),
        ("-5", "-5", ""),
        ("50k", "50", "k"),
    ],
)
def test_amounts_that_settle_themselves(text: str, expected: str, unit: str) -> None:
    assert (Decimal(expected), unit) == amount_and_unit(text, None)


@pytest.mark.parametrize(("text", "point", "comma"), [("1.234", "1.234", "1234"), ("50,000", "50000", "50.000")])
def test_an_amount_that_could_be_two_is_not_guessed(text: str, point: str, comma: str) -> None:
    assert Code.UNCLEAR_AMOUNT is read_amount(text, None)
    assert (Decimal(point), Decimal(comma)) == (read_amount(text, "point"), read_amount(text, "comma"))


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("1,2,3", None),
        ("1.2.3", None),
        ("1.234,56", "point"),
        ("1,234.56", "comma"),
        ("12 34", None),
        ("1,23.45", None),
    ],
)
def test_what_is_no_amount_or_not_one_by_this_mark(text: str, mark: DecimalMark | None) -> None:
    assert Code.BAD_AMOUNT is read_amount(text, mark)


@pytest.mark.parametrize("text", ["soon", "", "5 or 6 EUR 7", "1 - 2"])
def test_a_text_of_no_number_or_of_several_is_none(text: str) -> None:
    written = taken_apart(text)
    assert written is None or Code.BAD_AMOUNT is read_amount(written.core, None)


@pytest.mark.parametrize(
    ("values", "mark"),
    [
        (["1.234", "50,000"], None),
        (["1.234", "5.5"], "point"),
        (["1.234", "1.234.567"], "comma"),
        (["1.234", "9,99"], "comma"),
        (["9,99", "9.99"], None),
        (["50000"], None),
    ],
)
def test_a_column_settles_its_mark_where_one_value_does_and_none_contradicts(
    values: list[str], mark: DecimalMark | None
) -> None:
    evidence = DecimalEvidence()
    for value in values:
        evidence.add(value)
    assert mark == evidence.mark


@given(st.decimals(0, 10**12, places=2), st.sampled_from(["point", "comma"]), st.booleans())
def test_an_amount_is_read_back_as_it_was_written(value: Decimal, mark: DecimalMark, grouped: bool) -> None:
    text = f"{value:,.2f}" if grouped else f"{value:.2f}"
    if mark == "comma":
        text = text.translate(str.maketrans(",.", ".,"))
    assert value == read_amount(text, mark) == read_amount(text, None)


@given(st.lists(st.decimals(0, 10**7, places=3), min_size=1), st.sampled_from(["point", "comma"]))
def test_no_column_of_one_mark_is_ever_read_by_the_other(values: list[Decimal], mark: DecimalMark) -> None:
    texts = [f"{value:,.3f}" for value in values]
    if mark == "comma":
        texts = [text.translate(str.maketrans(",.", ".,")) for text in texts]
    evidence = DecimalEvidence()
    for text in texts:
        evidence.add(text)
    read = [read_amount(text, evidence.mark) for text in texts]
    assert all(one in {value, Code.UNCLEAR_AMOUNT} for one, value in zip(read, values, strict=True))


def test_amounts_are_kept_to_four_decimals_and_sixteen_digits() -> None:
    assert (Decimal("1.2345"), False) == kept_amount(Decimal("1.2345"))
    assert (Decimal("1.2346"), True) == kept_amount(Decimal("1.23456"))
    assert (Decimal("1.5000"), False) == kept_amount(Decimal("1.500000"))
    assert [Code.BAD_AMOUNT, Code.BAD_AMOUNT] == [kept_amount(Decimal("1e16")), kept_amount(Decimal("NaN"))]


@pytest.mark.parametrize(
    ("text", "scale", "expected"),
    [
        ("90", "percent", 0.9),
        ("90 %", "percent", 0.9),
        ("0.9", "fraction", 0.9),
        ("0,9", "fraction", 0.9),
        ("1", "fraction", 1.0),
        ("1", "percent", 0.01),
        ("1", None, Code.UNCLEAR_PROBABILITY),
        ("0", None, 0.0),
        ("60", None, 0.6),
        ("1.5", "fraction", Code.BAD_PROBABILITY),
        ("101", "percent", Code.BAD_PROBABILITY),
        ("-1", "percent", Code.BAD_PROBABILITY),
    ],
)
def test_probabilities(text: str, scale: str | None, expected: float | Code) -> None:
    number = read_share(text)
    assert isinstance(number, Decimal)
    assert expected == share_of(number, scale)


@pytest.mark.parametrize(
    ("values", "scale"),
    [
        (["0.5", "1"], "fraction"),
        (["50", "1"], "percent"),
        (["0.5", "50"], None),
        (["1", "0"], None),
        (["5%", "0.5"], "fraction"),
    ],
)
def test_a_column_settles_whether_it_has_percentages(values: list[str], scale: str | None) -> None:
    evidence = ShareEvidence()
    for value in values:
        evidence.add(value)
    assert scale == evidence.scale


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("eur", "EUR"),
        ("€", "EUR"),
        ("£", "GBP"),
        ("US$", "USD"),
        ("$ USD", "USD"),
        ("CAD $", "CAD"),
        ("US Dollar", "USD"),
        ("$", Code.UNCLEAR_CURRENCY),
        ("kr", Code.UNCLEAR_CURRENCY),
        ("¥", Code.UNCLEAR_CURRENCY),
        ("XYZ", Code.UNKNOWN_CURRENCY),
        ("EUR USD", Code.UNKNOWN_CURRENCY),
        ("k", Code.UNKNOWN_CURRENCY),
    ],
)
def test_only_what_means_one_currency_is_one(text: str, expected: str | Code) -> None:
    assert expected == read_currency(text)
