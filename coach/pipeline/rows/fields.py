"""What a column of a source can mean, and what a cell can hold; a header is the same in any case and spacing."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

Cell = str | int | Decimal | bool | None
"""A value as it came: text of CSV, or a plain value of JSON."""

_UNSEEN = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060"))


class Field(StrEnum):
    """What a column says of an opportunity."""

    RECORD = "record"
    NAME = "name"
    ACCOUNT = "account"
    REP = "rep"
    STATE = "state"
    """Open, won or lost, in words."""
    IS_WON = "is_won"
    IS_LOST = "is_lost"
    IS_CLOSED = "is_closed"
    STAGE = "stage"
    AMOUNT = "amount"
    WON_AMOUNT = "won_amount"
    """What a won deal was in the end worth, where the source keeps that apart."""
    CURRENCY = "currency"
    PROBABILITY = "probability"
    FORECAST_CATEGORY = "forecast_category"
    CREATED_ON = "created_on"
    CLOSE_DATE = "close_date"
    CLOSED_ON = "closed_on"
    """The day a deal closed, won or lost; it may be the same column as the close date."""
    WON_ON = "won_on"
    LOST_ON = "lost_on"
    NEXT_STEP = "next_step"
    PRODUCT = "product"
    DELETED = "deleted"


class PersonField(StrEnum):
    """What a column says of a rep."""

    REP = "rep"
    TEAM = "team"
    MANAGER = "manager"
    STARTED_ON = "started_on"
    QUOTA = "quota"
    QUOTA_FIRST = "quota_first"
    QUOTA_LAST = "quota_last"
    CURRENCY = "currency"


DAYS: tuple[Field, ...] = (Field.CREATED_ON, Field.CLOSE_DATE, Field.CLOSED_ON, Field.WON_ON, Field.LOST_ON)
AMOUNTS: tuple[Field, ...] = (Field.AMOUNT, Field.WON_AMOUNT)

LONGEST: dict[str, int] = {
    "record": 300,
    "name": 300,
    "account": 300,
    "rep": 300,
    "team": 300,
    "manager": 300,
    "stage": 200,
    "forecast_category": 100,
    "next_step": 2000,
    "product": 300,
}
"""Characters that a text may have: those of the columns of `coach.store.tables`."""


@lru_cache(maxsize=4096)
def same_header(header: str) -> str:
    """A header without regard to case, spaces of any kind, and marks that nobody sees."""
    return "".join(header.translate(_UNSEEN).split()).casefold()


@lru_cache(maxsize=4096)
def letters(text: str) -> str:
    """A name by its letters and digits alone, without a number in front: how stages are told apart.

    `1-Qualify` and `Qualify` are one stage, and so are `Closed Won`, `closedwon` and `Closed - Won`.
    """
    kept = "".join(char for char in text.casefold() if char.isalnum())
    return kept.lstrip("0123456789") or kept
