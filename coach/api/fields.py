"""What the fields of a submission may hold, and the one form that it comes in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

from fastapi import HTTPException, Request
from pydantic import BeforeValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from coach.errors import InvalidInput


def _iso_day(value: object) -> object:
    try:
        # Python 3.11 also reads 20260131 and 2026-W05-6; a contract has one way to write a day.
        if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
            return date.fromisoformat(value)
    except ValueError:
        pass
    if value is None:
        return value
    raise PydanticCustomError("iso_day", "expected a day as YYYY-MM-DD")


_A_DAY = {"type": "string", "format": "date", "pattern": "^(199[0-9]|20[0-9][0-9])-"}
"""From 1990 on; what is later than 2099 is read, too, for a year."""
_DAY_SCHEMA: dict[str, Any] = {"anyOf": [_A_DAY, {"type": "null"}]}
Day = Annotated[date | None, BeforeValidator(_iso_day), WithJsonSchema(_DAY_SCHEMA)]
DayGiven = Annotated[date, BeforeValidator(_iso_day), WithJsonSchema(_A_DAY)]
"""A day that has to be said."""


SAYS_SOMETHING: dict[str, Any] = {"pattern": "^[^\\x00]*[^\\x00\\s][^\\x00]*$"}
"""For the description of a text that must not be blank; what is refused says so in words of its own."""


def text(longest: int | None = None) -> StringConstraints:
    """What a text may hold: anything but a NUL and half of a surrogate pair, in so many characters."""
    # The pattern refuses a NUL, and with it, because it is matched on UTF-8, half of a surrogate pair.
    return StringConstraints(max_length=longest, pattern=r"^[^\x00]*$")


def json_only(request: Request) -> None:
    """Refuse a body that is not called JSON."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise HTTPException(415, "Send the request as application/json.")


def not_to_come(name: str, day: date | None) -> None:
    """Refuse a day after tomorrow, which is today somewhere: what is dated later would stand over all that follows.

    Raises:
        InvalidInput: it is later.
    """
    if day is not None and day > today() + timedelta(days=1):
        raise InvalidInput(f"{name}: {day} is still to come")


def today() -> date:
    """The day it is here."""
    return datetime.now(UTC).astimezone().date()
