"""The amount of a row, and its currency.

Rule: a currency is that of the row's own column or of what stands beside the amount, and of neither where the two do
not agree; what the user says of a source fills the gap, and nothing else does.
"""

from __future__ import annotations

from decimal import Decimal

from coach.domain.opportunity import DealState
from coach.pipeline.rows.currencies import read_currency
from coach.pipeline.rows.fields import Cell, Field
from coach.pipeline.rows.layout import Layout
from coach.pipeline.rows.numbers import DecimalMark, kept_amount, read_amount, taken_apart
from coach.pipeline.rows.problem import Code
from coach.pipeline.rows.row import Row
from coach.pipeline.rows.survey import Survey, spaced


def read_money(row: Row, state: DealState, layout: Layout, survey: Survey) -> tuple[Decimal | None, str | None]:
    """The amount of a deal and its currency, None where they are missing or cannot be read, which is told.

    Args:
        row: The row.
        state: How the deal stands: a won one is worth what it was won at, where the source keeps that apart.
        layout: Which column says what.
        survey: What the rows show together.
    """
    is_won = state is DealState.WON and Field.WON_AMOUNT in row.values
    field = Field.WON_AMOUNT if is_won else Field.AMOUNT
    value = row.values.get(field)
    if value is None:
        if field in layout.columns:
            row.tell(field, Code.NO_AMOUNT)
        return None, _named(row, layout)
    amount, unit = amount_and_unit(value, survey.mark(field))
    beside = read_currency(unit) if unit else None
    currency = _currency(row, beside, layout)
    if beside is Code.UNKNOWN_CURRENCY:
        amount = Code.BAD_AMOUNT
    elif currency is None and Field.CURRENCY not in row.values:
        _tell_no_currency(row, field, unit, layout)
    return _kept(row, field, amount), currency


def amount_and_unit(value: Cell, mark: DecimalMark | None) -> tuple[Decimal | Code, str]:
    """The number of a cell, below zero where it says so, and what stands beside it.

    Args:
        value: A number of JSON, or a text.
        mark: The decimal mark of a text, where it is settled.
    """
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Decimal(value), ""
    written = taken_apart(spaced(str(value)))
    if written is None:
        return Code.BAD_AMOUNT, ""
    amount = read_amount(written.core, mark)
    return amount if isinstance(amount, Code) or not written.negative else -amount, written.unit


def _kept(row: Row, field: Field, amount: Decimal | Code) -> Decimal | None:
    kept = amount if isinstance(amount, Code) else kept_amount(amount)
    if not isinstance(kept, Code) and kept[0] < 0:
        kept = Code.NEGATIVE_AMOUNT
    if isinstance(kept, Code):
        row.tell(field, kept, row.values[field])
        return None
    if kept[1]:
        row.tell(field, Code.ROUNDED_AMOUNT, row.values[field])
    return kept[0]


def _named(row: Row, layout: Layout) -> str | None:
    """The currency by its column; where that is empty, the one that the user says."""
    value = row.values.get(Field.CURRENCY)
    named = layout.rules.currency if value is None else read_currency(spaced(str(value)))
    if isinstance(named, Code):
        row.tell(Field.CURRENCY, named, value)
        return None
    return named


def _currency(row: Row, beside: str | Code | None, layout: Layout) -> str | None:
    named = _named(row, layout)
    if beside is None or isinstance(beside, Code):
        return named
    if Field.CURRENCY in row.values and named is not None and named != beside:
        row.tell(Field.CURRENCY, Code.TWO_CURRENCIES, row.values[Field.CURRENCY])
        return None
    return beside


def _tell_no_currency(row: Row, field: Field, unit: str, layout: Layout) -> None:
    if unit:
        row.tell(field, Code.UNCLEAR_CURRENCY, unit)
    elif Field.CURRENCY in layout.columns:
        row.tell(Field.CURRENCY, Code.NO_CURRENCY)
