"""A deal note becomes a deal review: the text layer makes it safe to read, the engine reads, the rules judge."""

from __future__ import annotations

import gc
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from coach.domain import (
    DealNote,
    DealReview,
    Direction,
    Judgement,
    Kind,
    Label,
    Notice,
    Question,
    Statement,
    Status,
)
from coach.engines.base import DealReading, Engine, Request
from coach.judgement import judge
from coach.observed import observed
from coach.rubrics import BuyerEvidence
from coach.service import noticing
from coach.service.days import check_day
from coach.service.made import depends_on, provenance, review_id
from coach.service.workers import Run, here
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
    fields_speak: bool
    """Whether a field of the deal, too, seems to speak to the reader; that is left out as well."""


async def review_deal(
    note: DealNote, *, engine: Engine, rubric: BuyerEvidence, fiscal_year_start: int = 1, run: Run = here
) -> DealReview:
    """Review a deal note.

    The review's id is a hash of everything it depends on, so the same input has the same id and the same answer.

    Args:
        note: The note.
        engine: Who reads it.
        rubric: What it is judged by.
        fiscal_year_start: First month of the fiscal year.
        run: Where the work on the text is done.

    Raises:
        InvalidInput: the note is empty, too long, binary, or dated outside 1990 to 2100.
        EngineError: the engine could not answer.
    """
    check_note(note)
    started = time.perf_counter()
    given = await run(seen, note)
    with observed("read", task="deal", engine=engine.name):
        reading = await engine.read_deal(given.note)
    duration_ms = (time.perf_counter() - started) * 1000
    with observed("judge", task="deal"):
        return await run(
            review_reading,
            note,
            given,
            reading,
            duration_ms=duration_ms,
            rubric=rubric,
            fiscal_year_start=fiscal_year_start,
        )


async def review_in_turn(
    note: DealNote, *, engines: Sequence[Engine], rubric: BuyerEvidence, fiscal_year_start: int = 1, run: Run = here
) -> AsyncIterator[DealReview]:
    """Review a note by each engine in turn, the quickest first; what an engine cannot say, the next may.

    Raises:
        InvalidInput: as for `review_deal`.
        EngineError: an engine could not answer; the reviews before it stand.
    """
    for engine in engines:
        yield await review_deal(note, engine=engine, rubric=rubric, fiscal_year_start=fiscal_year_start, run=run)


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
    seen_note, source, _ = given
    foreign = tuple(noticing.foreign(note.note, reading.engine, "note"))
    readable_labels = () if foreign else reading.labels
    statements, judgement = judge_labels(
        seen_note, readable_labels, rubric=rubric, fiscal_year_start=fiscal_year_start, opinion=reading.coverage
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
        notices=(*_notices(note, reading, given), *(foreign or _nothing_found(reading, source))),
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
    fields = {name: readable(value) for name in _FIELDS if (value := getattr(note.deal, name))}
    changed: dict[str, object] = {} if source.text == note.note else {"note": source.text}
    if any(getattr(note.deal, name) != field.text for name, field in fields.items()):
        changed["deal"] = note.deal.model_copy(update={name: field.text for name, field in fields.items()})
    speak = any(field.suspected for field in fields.values())
    return Seen(note.model_copy(update=changed) if changed else note, source, speak)


def warm_up(rubric: BuyerEvidence) -> None:
    """Load and make what a review needs, and spare the garbage collector from looking through it ever again."""
    note = DealNote(written_on=date(2000, 1, 1), note="Dana signed on Friday.")
    label = Label(
        start=0,
        end=21,
        kind=Kind.BUYER_ACTION,
        verifiable=True,
        direction=Direction.ADVANCES,
        informs=Question.ACTION,
    )
    reading = DealReading(engine="none", engine_version="0", request=Request(), labels=(label,))
    review_reading(note, seen(note), reading, rubric=rubric, duration_ms=0)
    _freeze()


@cache
def _freeze() -> None:
    """Once a process: what is alive later, and goes again, has to be found."""
    gc.collect()
    gc.freeze()


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


def _notices(note: DealNote, reading: DealReading, given: Seen) -> Iterator[Notice]:
    source = given.readable
    yield from reading.notices
    suspected = [*source.suspected, *(source.original(*span) for span in reading.suspected)]
    yield from noticing.suspected(note.note, suspected, "note", "of the deal")
    if given.fields_speak:
        yield Notice(
            code="suspected_instruction",
            text="Something in the deal's name, amount or stage seems to speak to whoever reads it. It was left out.",
        )
    yield from noticing.hidden("note", source)


def _nothing_found(reading: DealReading, source: Readable) -> Iterator[Notice]:
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
