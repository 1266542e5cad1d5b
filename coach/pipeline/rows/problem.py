"""What a file of rows had that could not be taken as it stands, row by row, in words for the user.

Rule: a problem quotes one cell at most, cut short, and never a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

_LONGEST_VALUE = 40


class Code(StrEnum):
    """What is wrong."""

    NO_ID = "no_id"
    NO_ID_COLUMN = "no_id_column"
    SAME_ROW_TWICE = "same_row_twice"
    DUPLICATE_ID = "duplicate_id"
    WRONG_CELL_COUNT = "wrong_cell_count"
    NOT_A_RECORD = "not_a_record"
    CONTRADICTORY_STATE = "contradictory_state"
    UNCLEAR_STATE = "unclear_state"
    STATE_BY_STAGE = "state_by_stage"
    NO_CLOSE_DATE = "no_close_date"
    NO_CLOSED_ON = "no_closed_on"
    BAD_DATE = "bad_date"
    UNCLEAR_DATE = "unclear_date"
    EXCEL_DATE = "excel_date"
    IMPOSSIBLE_DATE = "impossible_date"
    NO_AMOUNT = "no_amount"
    BAD_AMOUNT = "bad_amount"
    UNCLEAR_AMOUNT = "unclear_amount"
    NEGATIVE_AMOUNT = "negative_amount"
    ROUNDED_AMOUNT = "rounded_amount"
    NO_CURRENCY = "no_currency"
    UNKNOWN_CURRENCY = "unknown_currency"
    UNCLEAR_CURRENCY = "unclear_currency"
    TWO_CURRENCIES = "two_currencies"
    BAD_PROBABILITY = "bad_probability"
    UNCLEAR_PROBABILITY = "unclear_probability"
    NO_REP = "no_rep"
    UNKNOWN_REP = "unknown_rep"
    SPELT_TWO_WAYS = "spelt_two_ways"
    LIKE_KNOWN_REP = "like_known_rep"
    TOO_LONG = "too_long"
    BAD_CHARACTER = "bad_character"
    DOUBLE_COLUMN = "double_column"
    READ_AS_CP1252 = "read_as_cp1252"
    MORE_PAGES = "more_pages"
    NO_QUOTA_PERIOD = "no_quota_period"
    DIFFERS = "differs"


_SAYS: dict[Code, str] = {
    Code.NO_ID: "the row has no id to know the deal by",
    Code.NO_ID_COLUMN: "the file has no column of ids: deals are known by account and name, and one that is renamed "
    "is another deal",
    Code.SAME_ROW_TWICE: "the same row stands in the file already; it is taken once",
    Code.DUPLICATE_ID: "several rows that differ have this id; none of them is taken",
    Code.WRONG_CELL_COUNT: "the row has {there} cells, and the header {expected}",
    Code.NOT_A_RECORD: "this is not a record of columns and values",
    Code.CONTRADICTORY_STATE: "the row says two things of whether the deal is open, won or lost",
    Code.UNCLEAR_STATE: "whether this is open, won or lost cannot be told; name its stages under `won` and `lost` in a "
    "mapping file",
    Code.STATE_BY_STAGE: "no column says whether a deal is won or lost, so its stage is taken to; name the stages "
    "under `won` and `lost` in a mapping file where they are others",
    Code.NO_CLOSE_DATE: "an open deal without a close date",
    Code.NO_CLOSED_ON: "a deal that is {state}, without the day it closed",
    Code.BAD_DATE: "this is not a day, or not in the order of the column",
    Code.UNCLEAR_DATE: "this could be two days, and nothing in the column settles it; say date_order in a mapping file",
    Code.EXCEL_DATE: "this is the number of a spreadsheet, not a day; format the column as a date and export it again",
    Code.IMPOSSIBLE_DATE: "this day is not in the years 1990 to 2100",
    Code.NO_AMOUNT: "a deal without an amount",
    Code.BAD_AMOUNT: "this is not an amount, or not written as the rest of the column",
    Code.UNCLEAR_AMOUNT: "this could be two amounts, and nothing in the column settles it; say decimal in a mapping "
    "file",
    Code.NEGATIVE_AMOUNT: "the amount is below zero",
    Code.ROUNDED_AMOUNT: "the amount has more than four decimals, and is rounded to four",
    Code.NO_CURRENCY: "the amount has no currency",
    Code.UNKNOWN_CURRENCY: "this is not a currency code of ISO 4217",
    Code.UNCLEAR_CURRENCY: "several currencies are written so; say currency in a mapping file",
    Code.TWO_CURRENCIES: "the amount names one currency, and the column of currencies another; neither is taken",
    Code.BAD_PROBABILITY: "this is not a probability of {least} to {most}",
    Code.UNCLEAR_PROBABILITY: "this could be a percentage or a fraction; say probability in a mapping file",
    Code.NO_REP: "nobody owns this deal",
    Code.UNKNOWN_REP: "the owner is an id, not a name",
    Code.SPELT_TWO_WAYS: "this is close to {other!r} in row {row}; they are taken as two",
    Code.LIKE_KNOWN_REP: "this is close to {other!r}, who is known already; they are taken as two",
    Code.TOO_LONG: "the text has more than {longest} characters",
    Code.BAD_CHARACTER: "the text holds a character that cannot be kept",
    Code.DOUBLE_COLUMN: "several columns have this name, so none of them is read; rename all but one",
    Code.READ_AS_CP1252: "the file is not UTF-8, and was read as Windows-1252; check its accents, or save it as UTF-8",
    Code.MORE_PAGES: "this is one page of an answer that has more; put all pages into the file",
    Code.NO_QUOTA_PERIOD: "a quota without the first and the last day it is for",
    Code.DIFFERS: "an earlier row says another {what} of this rep; the earlier one holds",
}


class Problem(NamedTuple):
    """Something that could not be taken as it stands."""

    row: int | None
    """As a spreadsheet counts, the header being row 1; records of JSON count from 1. None where it is the file's."""
    column: str | None
    """The header, as the file has it."""
    code: Code
    message: str
    value: str | None
    """What stands there, cut to 40 characters."""
    kept: bool
    """Whether the row went in, without that value; False where it was left out."""


def problem(
    row: int | None,
    column: str | None,
    code: Code,
    value: object = None,
    words: Mapping[str, object] | None = None,
) -> Problem:
    """A problem in the words of its code, of a row that goes in; `words` are what those words leave open."""
    message = _SAYS[code].format_map(words) if words else _SAYS[code]
    return Problem(row, column, code, message, cut(value), kept=True)


def left_out(told: Problem) -> Problem:
    """The same problem, of a row that does not go in."""
    return told._replace(kept=False)


def cut(value: object) -> str | None:
    """A cell as it may be quoted."""
    if value is None:
        return None
    text = str(value)
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"
