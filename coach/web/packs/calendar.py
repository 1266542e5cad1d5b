"""The next 1-on-1 as a file that every calendar takes (RFC 5545).

Rule: the same pack gives the same file, byte for byte; of people it holds names, the agenda and what was agreed, and no
word of a note.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from coach.domain.commitment import Kept
from coach.domain.one_on_one import OneOnOne
from coach.domain.opportunity import folded
from coach.web.packs.printable import printable
from coach.web.packs.wording import Wording

_START = time(9)
_LENGTH = timedelta(minutes=30)
_WORDS = Wording(date.isoformat)


def to_ics(pack: OneOnOne, start: time = _START) -> str:
    """Put the next 1-on-1 into a calendar: thirty minutes on `pack.next_on`.

    The time has no zone, so that it is nine o'clock wherever the calendar is opened. The event's id is of the rep and
    the day: a pack that is made again moves nothing and doubles nothing.

    Args:
        pack: The pack of this 1-on-1.
        start: When it begins that day, by the clock on the wall.
    """
    shown = printable(pack)
    begins = datetime.combine(shown.next_on, start.replace(tzinfo=None))
    event = Event()
    event.add("uid", _uid(shown))
    # The moment a file is made is required; that of the data makes the file the same each time.
    event.add("dtstamp", datetime.combine(shown.as_of, time(), UTC))
    event.add("dtstart", begins)
    event.add("dtend", begins + _LENGTH)
    event.add("summary", f"1-on-1: {shown.rep}" + (f" and {shown.manager}" if shown.manager else ""))
    event.add("description", "\n".join(_description(shown)))
    calendar = Calendar()
    calendar.add("prodid", "-//Coach//1-on-1//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def _uid(pack: OneOnOne) -> str:
    of = f"{folded(pack.rep)}\n{pack.next_on.isoformat()}"
    return f"{hashlib.sha256(of.encode()).hexdigest()[:32]}@one-on-one.coach"


def _description(pack: OneOnOne) -> Iterator[str]:
    yield "Agenda, 30 minutes:"
    yield from (f"{item.part}. {item.title}" for item in pack.agenda)
    steps = [one for one in (*pack.next_steps.carried, *pack.next_steps.agreed) if one.kept is Kept.OPEN]
    yield ""
    yield "Agreed, and to be checked:" if steps else "Nothing agreed is open."
    for step in steps:
        about = f" ({step.deal})" if step.deal else ""
        yield f"- {step.due_on.isoformat()}, {_WORDS.owner(step.owner, pack)}: {step.what}{about}"
