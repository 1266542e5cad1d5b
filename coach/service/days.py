"""Which days a submission may speak of."""

from __future__ import annotations

from datetime import date

from coach.errors import InvalidInput

_FIRST_DAY = date(1990, 1, 1)
_LAST_DAY = date(2100, 12, 31)


def check_day(name: str, day: date | None) -> None:
    """Refuse a day that nobody can mean, and from which no date could be counted.

    Args:
        name: What the day is called, for the message.
        day: The day; None where there is none.

    Raises:
        InvalidInput: it is outside 1990 to 2100.
    """
    if day is not None and not _FIRST_DAY <= day <= _LAST_DAY:
        raise InvalidInput(f"{name}: {day.isoformat()} is not between {_FIRST_DAY.year} and {_LAST_DAY.year}")
