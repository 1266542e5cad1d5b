"""What the fields of a submission may hold, and the one form that it comes in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import HTTPException, Request
from pydantic import BeforeValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError


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


_DAY_SCHEMA: dict[str, Any] = {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}
Day = Annotated[date | None, BeforeValidator(_iso_day), WithJsonSchema(_DAY_SCHEMA)]


def text(longest: int | None = None) -> StringConstraints:
    """What a text may hold: anything but a NUL and half of a surrogate pair, in so many characters."""
    # The pattern refuses a NUL, and with it, because it is matched on UTF-8, half of a surrogate pair.
    return StringConstraints(max_length=longest, pattern=r"^[^\x00]*$")


def json_only(request: Request) -> None:
    """Refuse a body that is not called JSON."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise HTTPException(415, "Send the request as application/json.")


def today() -> date:
    """The day it is here."""
    return datetime.now(UTC).astimezone().date()
