"""The next 1-on-1 in a calendar: read back with a calendar's own reader."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from icalendar import Calendar, Component

from coach.domain.one_on_one import OneOnOne
from coach.web.packs.calendar import to_ics
from tests.web.packs.hostile import HOSTILE, hostile
from tests.web.packs.samples import fullest, middle, new_hire


def event(pack: OneOnOne, **options: time) -> Component:
    (found,) = Calendar.from_ical(to_ics(pack, **options)).walk("VEVENT")
    return found


def test_it_is_half_an_hour_on_the_day_at_nine_by_the_clock_on_the_wall() -> None:
    found = event(middle())
    assert datetime(2026, 12, 28, 9) == found.decoded("dtstart")  # noqa: DTZ001
    assert datetime(2026, 12, 28, 9, 30) == found.decoded("dtend")  # noqa: DTZ001
    assert "DTSTART:20261228T090000\r\n" in to_ics(middle())
    assert datetime(2026, 11, 27, tzinfo=UTC) == found.decoded("dtstamp")


def test_a_start_may_be_given_and_a_zone_is_not_kept() -> None:
    assert datetime(2026, 12, 28, 14, 15) == event(middle(), start=time(14, 15, tzinfo=UTC)).decoded("dtstart")  # noqa: DTZ001


def test_the_same_rep_and_day_are_the_same_event() -> None:
    first = event(middle())["uid"]
    assert first == event(middle().model_copy(update={"rep": "mara  LINDQVIST", "id": "x", "warnings": ()}))["uid"]
    assert first != event(middle().model_copy(update={"next_on": date(2026, 12, 29)}))["uid"]
    assert first != event(new_hire())["uid"]
    assert to_ics(middle()) == to_ics(middle())


def test_it_holds_the_agenda_and_what_is_agreed_and_open() -> None:
    found = event(middle())
    assert "1-on-1: Mara Lindqvist and Ruth Abanda" == found["summary"]
    said = str(found["description"])
    assert "4. Closing within 30 days" in said
    assert "- 2026-11-20, Ruth Abanda (manager): Have the price list approved" in said
    assert "Get the names of the board" not in said  # kept
    assert str(event(new_hire())["description"]).endswith("Nothing agreed is open.")


def test_no_word_of_a_note_is_in_it() -> None:
    pack = fullest()
    said = str(event(pack)["description"])
    quotes = [act.quote for one in pack.closing.deals for act in one.evidence]
    reasons = [one.reason for one in pack.closing.deals if one.reason]
    assert 20 == len(quotes) + len(reasons)
    assert [] == [quote for quote in (*quotes, *reasons) if quote in said]


def test_a_text_adds_no_line_of_its_own() -> None:
    pack = middle().model_copy(update={"rep": "Mara\r\nATTENDEE:mailto:x@pay.example", "manager": HOSTILE})
    written = to_ics(pack)
    names = [line.partition(":")[0].partition(";")[0] for line in written.split("\r\n") if line[:1].strip()]
    assert "ATTENDEE" not in names
    assert "Mara ATTENDEE:mailto:x@pay.example" in str(event(pack)["summary"])
    assert "\x1b" not in to_ics(hostile())
