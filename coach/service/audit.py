"""Proves the audit log: each entry is as it was written, none is missing, and the end was not cut off."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from coach.domain.base import Frozen
from coach.errors import InvalidInput
from coach.store.audit import START, Audit, Head, since, until

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement


class Proof(Frozen):
    """What the walk along the chain came to."""

    entries: int
    """How many are right, from the first on."""
    sound: bool
    problem: str | None = None
    """What is wrong with the first that is not."""
    head: str
    """Number and digest of the last that is right: to be noted where nobody who could change the log can."""


async def verify(log: Audit, noted: str | None = None) -> Proof:
    """Walk along the chain.

    Args:
        log: The log.
        noted: A head, as `Proof.head` has it, that was noted earlier; the log must hold it.

    Raises:
        InvalidInput: the head is none.
        StoreError: the log cannot be read.
    """
    earlier = None if noted is None else _head(noted)
    last = Head(0, START)
    held = earlier is None or earlier == last
    async for entry in log.all():
        problem = None
        if entry.number < 1:
            problem = f"entry {entry.number} was put in before the first"
        elif entry.number != last.number + 1:
            problem = f"entry {last.number + 1} is missing"
        elif entry.previous != last.digest:
            problem = f"entry {entry.number} does not follow entry {last.number}: one of them was replaced"
        elif not log.fits(entry):
            problem = f"entry {entry.number} was changed, or written with another secret"
        if problem is not None:
            return Proof(entries=last.number, sound=False, problem=problem, head=shown(last))
        last = Head(entry.number, entry.digest)
        held = held or last == earlier
    if not held:
        assert earlier is not None  # noqa: S101  else it is held
        cut = f"the log ends at entry {last.number}, and entry {earlier.number} was in it: its end was cut off"
        other = f"entry {earlier.number} is not the one that was noted: the log was written anew"
        problem = cut if earlier.number > last.number else other
        return Proof(entries=last.number, sound=False, problem=problem, head=shown(last))
    return Proof(entries=last.number, sound=True, head=shown(last))


def days(first: date | None, last: date | None) -> list[ColumnElement[bool]]:
    """Chooses entries between two days in UTC, both included; None where the log begins or ends."""
    chosen = [] if first is None else [since(datetime.combine(first, time(), UTC))]
    return chosen if last is None else [*chosen, until(datetime.combine(last, time(), UTC) + timedelta(days=1))]


def shown(head: Head) -> str:
    """A head as `verify` takes it."""
    return f"{head.number}:{head.digest}"


def _head(text: str) -> Head:
    number, _, digest = text.partition(":")
    if not (number.isascii() and number.isdigit() and len(digest) == len(START)):
        raise InvalidInput("the head is no number and digest, as `coach audit head` prints them: 12:0f3a…")
    return Head(int(number[:18]), digest)
