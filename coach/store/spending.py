"""What model calls cost, booked before each call, so that no day goes over its budget."""

from __future__ import annotations

import sqlite3
from datetime import date

from coach.domain.base import Frozen
from coach.errors import OverBudget, StoreError
from coach.store.local_file import LocalFile

_NANO = 1_000_000_000
"""Money is added up in billionths of a dollar: whole numbers, so that a limit is met to the last call."""


class Spent(Frozen):
    """What the calls of one day cost, those still under way as booked."""

    tokens: int
    usd: float
    """The sum of what is known."""
    unpriced: int
    """Calls whose price is not known."""


class Ledger:
    """Bookings by UTC day, atomic over threads and processes; one that is never settled stays as reserved.

    What writes has `wait`, as `LocalFile.connection` has it.
    """

    def __init__(self, database: LocalFile) -> None:
        self._database = database

    def reserve(  # noqa: PLR0913  what the call may take, and what the day may
        self,
        day: date,
        *,
        model: str,
        tokens: int,
        usd: float | None,
        most_tokens: int | None,
        most_usd: float | None,
        wait: bool = True,
    ) -> int:
        """Book what a call may cost, before it is made.

        Args:
            day: The day in UTC.
            model: Who is to be called.
            tokens: The most the call may take.
            usd: The most it may cost; None where the price is not known.
            most_tokens: The day's budget in tokens; None is no limit.
            most_usd: The day's budget in dollars; None is no limit.
            wait: Whether to wait for other threads and processes.

        Returns:
            The booking, for `settle` or `release`.

        Raises:
            OverBudget: the day has no room for it, or its price must be known and is not; nothing was booked.
            StoreError: the store cannot be written.
            BlockingIOError: it was not to wait, and would have to, or to add up the day; nothing was booked.
        """
        if most_usd is not None and usd is None:
            raise OverBudget(
                f"the price of {model} is not known, so that a day's budget in dollars (COACH_BUDGET_DAY_USD) cannot "
                "be kept; give its price, or set a budget in tokens (COACH_BUDGET_DAY_TOKENS) instead"
            )
        limited = most_tokens is not None or most_usd is not None
        # To add up a day takes longer the fuller it is (some 11 ms for 100,000 calls), and nobody may book in between.
        if limited and not wait:
            raise BlockingIOError
        with (self._database.transaction if limited else self._database.connection)(wait=wait) as db:
            if limited:
                _check(_spent(db, day), day, model, (tokens, usd), (most_tokens, most_usd))
            (booking,) = db.execute(
                "INSERT INTO bookings (day, model, tokens, nano_usd) VALUES (?, ?, ?, ?) RETURNING id",
                (day.isoformat(), model, tokens, None if usd is None else _nano(usd)),
            ).fetchone()
            return int(booking)

    def settle(self, booking: int, *, tokens: int, usd: float | None, wait: bool = True) -> None:
        """Say what a call did cost.

        Args:
            booking: From `reserve`.
            tokens: What it took.
            usd: What it cost; None where that is not known, and then the price that was booked stays.
            wait: Whether to wait for other threads and processes.

        Raises:
            StoreError: the store cannot be written, or has no such booking.
        """
        self._change(
            booking,
            "UPDATE bookings SET tokens = ?, nano_usd = coalesce(?, nano_usd) WHERE id = ?",
            tokens,
            None if usd is None else _nano(usd),
            wait=wait,
        )

    def release(self, booking: int, *, wait: bool = True) -> None:
        """Take a booking back: nothing was sent or charged.

        Raises:
            StoreError: the store cannot be written, or has no such booking.
        """
        self._change(booking, "DELETE FROM bookings WHERE id = ?", wait=wait)

    def spent(self, day: date) -> Spent:
        """Add up a day.

        Raises:
            StoreError: the store cannot be read.
        """
        with self._database.connection() as db:
            return _spent(db, day)

    def forget(self, before: date) -> int:
        """Delete the bookings of the days before a day; how many that were.

        Raises:
            StoreError: the store cannot be written.
        """
        with self._database.connection() as db:
            return db.execute("DELETE FROM bookings WHERE day < ?", (before.isoformat(),)).rowcount

    def count(self, before: date) -> int:
        """How many bookings there are of the days before a day; raises as `spent`."""
        with self._database.connection() as db:
            (found,) = db.execute("SELECT count(*) FROM bookings WHERE day < ?", (before.isoformat(),)).fetchone()
        return int(found)

    def _change(self, booking: int, statement: str, *values: int | None, wait: bool) -> None:
        with self._database.connection(wait=wait) as db:
            if not db.execute(statement, (*values, booking)).rowcount:
                raise StoreError(f"booking {booking} is not in the ledger; it was released before, or never reserved")


def _check(
    spent: Spent, day: date, model: str, call: tuple[int, float | None], most: tuple[int | None, float | None]
) -> None:
    """Refuse a call that the day has no room for; tokens and dollars of what it may take, and of the day's budget."""
    (tokens, usd), (most_tokens, most_usd) = call, most
    if most_tokens is not None and spent.tokens + tokens > most_tokens:
        raise OverBudget(
            f"the budget for a day is {most_tokens} tokens (COACH_BUDGET_DAY_TOKENS), {spent.tokens} are spent "
            f"or booked on {day}, and this call of {model} may take {tokens}; it resets at midnight UTC"
        )
    if most_usd is not None and usd is not None and _nano(spent.usd) + _nano(usd) > _nano(most_usd):
        raise OverBudget(
            f"the budget for a day is ${most_usd:g} (COACH_BUDGET_DAY_USD), ${spent.usd:.4f} is spent or "
            f"booked on {day}, and this call of {model} may cost ${usd:.4f}; it resets at midnight UTC"
        )


def _spent(db: sqlite3.Connection, day: date) -> Spent:
    tokens, nano_usd, calls, priced = db.execute(
        "SELECT coalesce(sum(tokens), 0), coalesce(sum(nano_usd), 0), count(*), count(nano_usd) "
        "FROM bookings WHERE day = ?",
        (day.isoformat(),),
    ).fetchone()
    return Spent(tokens=tokens, usd=nano_usd / _NANO, unpriced=calls - priced)


def _nano(usd: float) -> int:
    return round(usd * _NANO)
