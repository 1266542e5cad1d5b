"""The customer's own times, beside the date the rep gives. Pure.

Rule: only what the customer's statements say counts; a date of ours is never theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from coach.domain import Question
from coach.judgement.reading import Reading, Seen
from coach.judgement.times import FIRST_DAY, LAST_DAY, longest


def gives_time(one: Seen, written_on: date) -> bool:
    """Whether a statement gives a time of theirs: a day ahead, a promised day, a length, or what it hangs on."""
    if one.has("time", "later"):
        return True
    return any(one.is_commitment or period.last >= written_on for period in one.times)


def conflicts(reading: Reading, close_date: date) -> Iterator[Seen]:
    """Statements by which the customer's own date, or a step that they require, lies after the rep's date.

    A stall that names a later time does; so does their decision or signature, put later, and the sitting of a body that
    must pass it, however it was read. A need-by date of theirs does not: it says when they want to have it, not when
    they can sign.
    """
    for one in reading.buyer:
        if one.is_action and one.has("silence", "undone"):
            continue
        if one.stalls:
            about_the_road = one.informs(Question.PROCESS) or not one.is_commitment
            if about_the_road and _runs_past(one, reading.written_on, close_date):
                yield one
        elif (_decides(one) or (one.informs(Question.PROCESS) and one.has("body"))) and _starts_after(one, close_date):
            yield one


def _decides(one: Seen) -> bool:
    return not one.advances and one.has("decides")


def _runs_past(one: Seen, written_on: date, close_date: date) -> bool:
    if _starts_after(one, close_date) or (one.has("later") and not one.times):
        return True
    if not one.informs(Question.PROCESS) or not FIRST_DAY <= written_on <= LAST_DAY:
        return False
    return written_on + longest(one.quote) > max(close_date, written_on)


def _starts_after(one: Seen, close_date: date) -> bool:
    return any(period.first > close_date for period in one.times)


def agreeing(reading: Reading, close_date: date) -> Iterator[Seen]:
    """Deciding steps that they have put between the day of the note and the rep's date."""
    for one in reading.buyer:
        ours_to_count = one.is_commitment or one.informs(Question.PROCESS)
        if one.stalls or not ours_to_count or not one.has("decision"):
            continue
        if any(period.last >= reading.written_on and period.first <= close_date for period in one.times):
            yield one


def lapsed(reading: Reading) -> Iterator[Seen]:
    """Promises, tasks and sittings of theirs whose own day has gone by."""
    for one in reading.buyer:
        undone = one.is_action and one.stalls and one.has("undone") and not one.has("silence")
        sitting = one.advances and one.informs(Question.PROCESS) and one.has("body")
        if (undone or one.is_commitment or sitting) and _has_gone_by(one, reading.written_on):
            yield one


def _has_gone_by(one: Seen, written_on: date) -> bool:
    return bool(one.times) and max(period.last for period in one.times) < written_on
