"""Texts of anybody: what is read in notes, conversations and cells before any engine sees them."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from coach.domain import DealNote, Direction, Kind, Label, Question
from coach.pipeline.rows.currencies import read_currency
from coach.pipeline.rows.dates import DateEvidence, read_day
from coach.pipeline.rows.money import amount_and_unit
from coach.pipeline.rows.numbers import DecimalEvidence, ShareEvidence, kept_amount, read_share, share_of
from coach.pipeline.rows.problem import Code
from coach.pipeline.rows.row import can_be_kept
from coach.pipeline.rows.survey import spaced
from coach.text.annotate import annotate
from coach.text.conversation import find_manager, speakers, turns
from coach.text.dates import read_dates
from coach.text.documents import check_text
from coach.text.ground import ground
from coach.text.language import looks_english
from coach.text.markdown import escaped
from coach.text.people import find_people
from coach.text.redaction import Redactor
from coach.text.segment import clauses
from coach.text.span import Span
from coach.text.untrusted import readable
from tests.fuzz import seeds
from tests.fuzz.mutation import Mutator
from tests.fuzz.oracle import Target

_DAY = date(2026, 3, 3)
_PROVED: dict[str, Any] = {"verifiable": True, "direction": Direction.ADVANCES, "informs": Question.ACTION}
_SPELLED = 6_000
"""Characters of a text that are looked at: what costs is measured elsewhere, by longer ones."""


def _text(raw: bytes) -> str:
    """A text as it gets past the door.

    Raises:
        InvalidInput: it does not.
    """
    try:
        return check_text(raw.decode("utf-8", "surrogatepass")[:_SPELLED])
    except UnicodeDecodeError:
        return check_text(raw.decode("utf-8", "replace")[:_SPELLED])


def _note(random: Random) -> bytes:
    return Mutator(random).one_of(seeds.NOTES)


def _untrusted(raw: bytes) -> None:
    text = _text(raw)
    found = readable(text)
    for start, end in clauses(found.text)[:20]:
        span = found.original(start, end)
        assert 0 <= span.start < span.end <= len(text)
    assert all(one.end <= other.start for one, other in pairwise(found.suspected))


def _read(raw: bytes) -> None:
    text = _text(raw)
    pieces = clauses(text)
    assert all(one.end <= other.start for one, other in pairwise(pieces))
    dated = read_dates(text, _DAY, fiscal_year_start=1 + len(text) % 12)
    assert all(0 <= one.start < one.end <= len(text) and one.earliest <= one.latest for one in dated.mentions)
    assert all(text[one.start : one.end] for one in find_people(text))
    labels = [
        Label(start=start, end=end, kind=Kind.BUYER_ACTION, **_PROVED)
        if place % 2
        else Label(start=start, end=end, kind=Kind.SELLER_OPINION)
        for place, (start, end) in enumerate(pieces[:20])
    ]
    for one in annotate(DealNote(written_on=_DAY, note=text), labels):
        assert one.quote == text[one.start : one.end]
    looks_english(text)
    escaped(text)


def _grounded(raw: bytes) -> None:
    text, _, quote = _text(raw).partition("\n")
    span = ground(text, quote or text[3:40], near=5)
    assert span is None or 0 <= span.start < span.end <= len(text)


def _redacted(raw: bytes) -> None:
    text = _text(raw)
    redactor = Redactor(("Dana Kessel", "Priya", text[:40]), [text])
    found = redactor.redact(text)
    assert found.span(0, len(found.text)) == Span(0, len(text))
    redactor.put_back(found.text)


def _talk(raw: bytes) -> None:
    text = _text(raw)
    said = turns(text)
    assert all(0 <= one.start <= one.end <= len(text) for one in said)
    speakers(said)
    find_manager(said, text)
    find_manager(said, text, manager="Ruth", rep="Anand")


def _cell(raw: bytes) -> None:
    text = raw.decode("utf-8", "replace")[:500]
    if not can_be_kept(text):
        return
    text = spaced(text)
    for order in (None, "day_first", "month_first", "year_first"):
        read_day(text, order, ZoneInfo("America/New_York"), len(text) % 2 == 0)
    shown = DecimalEvidence(), DateEvidence(), ShareEvidence()
    for one in shown:
        one.add(text)
    for mark in (None, "point", "comma"):
        amount, unit = amount_and_unit(text, mark)
        if not isinstance(amount, Code):
            kept_amount(amount)
        read_currency(unit)
    share = read_share(text)
    if not isinstance(share, Code):
        share_of(share, "percent")


TARGETS = (
    Target("text.untrusted", 40, _note, _untrusted),
    Target("text.read", 40, _note, _read),
    Target("text.grounded", 30, _note, _grounded),
    Target("text.redacted", 30, _note, _redacted),
    Target("text.talk", 30, lambda random: Mutator(random).one_of(seeds.TALKS), _talk),
    Target("cell", 80, lambda random: Mutator(random).one_of(seeds.CELLS), _cell),
)
