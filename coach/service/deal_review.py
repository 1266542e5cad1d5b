"""A deal note becomes a deal review: the text layer makes it safe to read, the engine reads, the rules judge."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from coach.domain import (
    DealNote,
    DealReview,
    Judgement,
    Label,
    Notice,
    Question,
    Statement,
    Status,
)
from coach.engines.base import DealReading, Engine, Request
from coach.judgement import judge
from coach.rubrics import BuyerEvidence
from coach.service import noticing
from coach.service.days import check_day
from coach.service.made import depends_on, provenance, review_id
from coach.text.annotate import annotate
from coach.text.documents import check_text
from coach.text.untrusted import Readable, readable

_FIELDS = ("name", "amount", "stage")
"""What of a deal is text that somebody typed."""


class Seen(NamedTuple):
    """A note as an engine is given it."""

    note: DealNote
    """Without what nobody can see, and without what seems to speak to the reader."""
    readable: Readable


async def review_deal(
    note: DealNote, *, engine: Engine, rubric: BuyerEvidence, fiscal_year_start: int = 1
) -> DealReview:
    """Review a deal note.

    The review's id is a hash of everything it depends on, so the same input has the same id and the same answer.

    Raises:
        InvalidInput: the note is empty, too long, binary, or dated outside 1990 to 2100.
        EngineError: the engine could not answer.
    """
    check_note(note)
    started = time.perf_counter()
    given = seen(note)
    reading = await engine.read_deal(given.note)
    duration_ms = (time.perf_counter() - started) * 1000
    return review_reading(
        note, given, reading, duration_ms=duration_ms, rubric=rubric, fiscal_year_start=fiscal_year_start
    )


async def review_in_turn(
    note: DealNote, *, engines: Sequence[Engine], rubric: BuyerEvidence, fiscal_year_start: int = 1
) -> AsyncIterator[DealReview]:
    """Review a note by each engine in turn, the quickest first; what an engine cannot say, the next may.

    Raises:
        InvalidInput: as for `review_deal`.
        EngineError: an engine could not answer; the reviews before it stand.
    """
    for engine in engines:
        yield await review_deal(note, engine=engine, rubric=rubric, fiscal_year_start=fiscal_year_start)


def review_reading(  # noqa: PLR0913  what a review is made of
    note: DealNote,
    given: Seen,
    reading: DealReading,
    *,
    rubric: BuyerEvidence,
    duration_ms: float,
    fiscal_year_start: int = 1,
) -> DealReview:
    """Judge what an engine read of a note, wherever it was read.

    Args:
        note: The note as it came.
        given: What `seen(note)` gives.
        reading: What was read of it.
        rubric: What it is judged by.
        duration_ms: How long the reading took, in milliseconds; judging is added.
        fiscal_year_start: First month of the fiscal year.
    """
    started = time.perf_counter()
    seen_note, source = given
    statements, judgement = judge_labels(
        seen_note, reading.labels, rubric=rubric, fiscal_year_start=fiscal_year_start, opinion=reading.coverage
    )
    # Attribute by attribute: every part is already valid, and validating it again would cost more than judging.
    parts = {name: getattr(judgement, name) for name in type(judgement).model_fields}
    made = _depends_on(note, rubric, fiscal_year_start, (reading.engine, reading.engine_version), reading.request)
    return DealReview(
        **parts,
        id=review_id("dr", made),
        deal=note.deal,
        written_on=note.written_on,
        statements=tuple(_restored(one, note.note, source) for one in statements),
        notices=tuple(_notices(note, reading, source)),
        provenance=provenance(reading, rubric, duration_ms + (time.perf_counter() - started) * 1000),
    )


def judge_labels(
    note: DealNote,
    labels: Sequence[Label],
    *,
    rubric: BuyerEvidence,
    fiscal_year_start: int = 1,
    opinion: Mapping[Question, Status] | None = None,
) -> tuple[tuple[Statement, ...], Judgement]:
    """Ground labels in their note and judge them; the labels may come from an engine or from an annotator.

    Args:
        note: The note.
        labels: Labels over it.
        rubric: What they are judged by.
        fiscal_year_start: First month of the fiscal year.
        opinion: How far the reader thinks each question is answered, where it says so.
    """
    statements = annotate(note, labels, fiscal_year_start=fiscal_year_start)
    judgement = judge(
        statements, note.deal, note.written_on, rubric, fiscal_year_start=fiscal_year_start, opinion=opinion
    )
    return statements, judgement


def seen(note: DealNote) -> Seen:
    """The note as an engine is given it, and the way back to the note as it came."""
    source = readable(note.note)
    fields = {name: readable(value).text for name in _FIELDS if (value := getattr(note.deal, name))}
    changed: dict[str, object] = {} if source.text == note.note else {"note": source.text}
    if any(getattr(note.deal, name) != text for name, text in fields.items()):
        changed["deal"] = note.deal.model_copy(update=fields)
    return Seen(note.model_copy(update=changed) if changed else note, source)


def check_note(note: DealNote) -> None:
    """Refuse what cannot be reviewed.

    Raises:
        InvalidInput: the note is empty, too long, binary, or dated outside 1990 to 2100.
    """
    check_text(note.note)
    check_day("written_on", note.written_on)
    check_day("close_date", note.deal.close_date)


def review_depends_on(
    note: DealNote, *, engine: Engine, rubric: BuyerEvidence, fiscal_year_start: int = 1
) -> dict[str, Any]:
    """Everything that a review depends on, known before it is made: the same here means the same review."""
    return _depends_on(note, rubric, fiscal_year_start, (engine.name, engine.version_of("deal")), engine.request())


def _restored(statement: Statement, note: str, source: Readable) -> Statement:
    """A statement as it stands in the note as it came."""
    start, end = source.original(statement.start, statement.end)
    if (start, end) == (statement.start, statement.end) and note[start:end] == statement.quote:
        return statement
    return statement.model_copy(update={"start": start, "end": end, "quote": note[start:end]})


def _notices(note: DealNote, reading: DealReading, source: Readable) -> Iterator[Notice]:
    yield from reading.notices
    suspected = [*source.suspected, *(source.original(*span) for span in reading.suspected)]
    yield from noticing.suspected(note.note, suspected, "note", "of the deal")
    if any(readable(value).suspected for name in _FIELDS if (value := getattr(note.deal, name))):
        yield Notice(
            code="suspected_instruction",
            text="Something in the deal's name, amount or stage seems to speak to whoever reads it. It was left out.",
        )
    yield from noticing.hidden("note", source)
    yield from noticing.foreign(note.note, reading.engine, "note")
    if not reading.labels and source.text.strip():
        yield Notice(
            code="nothing_found", text="Nothing in this note bears on whether, why, how or when the customer buys."
        )


def _depends_on(
    note: DealNote, rubric: BuyerEvidence, fiscal_year_start: int, engine: tuple[str, str], request: Request
) -> dict[str, Any]:
    return {
        **depends_on(note, rubric, engine, request),
        "fiscal_year_start": fiscal_year_start,
    }
