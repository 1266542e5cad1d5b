"""A deal note becomes a deal review: the text layer makes it safe to read, the engine reads, the rules judge."""

from __future__ import annotations

import gc
import hashlib
import json
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from coach.domain import (
    DealNote,
    DealReview,
    Direction,
    Judgement,
    Kind,
    Label,
    Notice,
    Provenance,
    Question,
    RubricRef,
    Statement,
    Status,
)
from coach.engines.base import DealReading, Engine, Request
from coach.errors import InvalidInput
from coach.judgement import judge
from coach.rubrics import BuyerEvidence
from coach.service.workers import Run, here
from coach.text.annotate import annotate
from coach.text.documents import check_text
from coach.text.language import looks_english
from coach.text.span import Span
from coach.text.untrusted import Readable, readable

_FIRST_DAY = date(1990, 1, 1)
_LAST_DAY = date(2100, 12, 31)
_FIELDS = ("name", "amount", "stage")
"""What of a deal is text that somebody typed."""
_MANY = 5
"""Invisible or look-alike characters that are worth a word; editors leave one or two."""


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
    reading = await engine.read_deal(given.note)
    duration_ms = (time.perf_counter() - started) * 1000
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
    statements, judgement = judge_labels(
        seen_note, reading.labels, rubric=rubric, fiscal_year_start=fiscal_year_start, opinion=reading.coverage
    )
    # Attribute by attribute: every part is already valid, and validating it again would cost more than judging.
    parts = {name: getattr(judgement, name) for name in type(judgement).model_fields}
    request = reading.request
    made = _depends_on(note, rubric, fiscal_year_start, (reading.engine, reading.engine_version), request)
    return DealReview(
        **parts,
        id=_review_id(made),
        deal=note.deal,
        written_on=note.written_on,
        statements=tuple(_restored(one, note.note, source) for one in statements),
        notices=tuple(_notices(note, reading, given)),
        provenance=Provenance(
            engine=reading.engine,
            engine_version=reading.engine_version,
            model=request.model,
            rubric=RubricRef(id=rubric.id, version=rubric.version, sha256=rubric.sha256),
            prompt_sha256=request.prompt.sha256 if request.prompt else None,
            prompt=request.prompt,
            parameters=reading.parameters,
            dropped=reading.dropped,
            usage=reading.usage,
            cost_usd=reading.cost_usd,
            duration_ms=round(duration_ms + (time.perf_counter() - started) * 1000, 3),
            cached=reading.cached,
        ),
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
    gc.collect()
    gc.freeze()


def check_note(note: DealNote) -> None:
    """Refuse what cannot be reviewed.

    Raises:
        InvalidInput: the note is empty, too long, binary, or dated outside 1990 to 2100.
    """
    check_text(note.note)
    for name, day in (("written_on", note.written_on), ("close_date", note.deal.close_date)):
        if day is not None and not _FIRST_DAY <= day <= _LAST_DAY:
            raise InvalidInput(f"{name}: {day.isoformat()} is not between {_FIRST_DAY.year} and {_LAST_DAY.year}")


def review_depends_on(
    note: DealNote, *, engine: Engine, rubric: BuyerEvidence, fiscal_year_start: int = 1
) -> dict[str, Any]:
    """Everything that a review depends on, known before it is made: the same here means the same review."""
    return _depends_on(note, rubric, fiscal_year_start, (engine.name, engine.version), engine.request())


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
    if suspected:
        yield Notice(code="suspected_instruction", text=_suspicion(note.note, suspected))
    if given.fields_speak:
        yield Notice(
            code="suspected_instruction",
            text="Something in the deal's name, amount or stage seems to speak to whoever reads it. It was left out.",
        )
    if source.hidden >= _MANY or source.lookalikes >= _MANY:
        yield Notice(
            code="hidden_characters",
            text=f"This note holds {source.hidden} invisible characters, and {source.lookalikes} letters of other "
            "alphabets that look like Latin ones; it was read without them.",
        )
    if reading.engine == "local" and not looks_english(note.note):
        yield Notice(
            code="not_english", text="This note does not read as English; the embedded engine reads English only."
        )
    if not reading.labels and source.text.strip():
        yield Notice(
            code="nothing_found", text="Nothing in this note bears on whether, why, how or when the customer buys."
        )


def _suspicion(note: str, suspected: Sequence[Span]) -> str:
    lines = sorted({line for span in suspected for line in _lines(note, span)})
    where = f"line {lines[0]}" if len(lines) == 1 else f"lines {', '.join(map(str, lines[:-1]))} and {lines[-1]}"
    return (
        f"Something in this note ({where}) seems to speak to whoever reads it, rather than of the deal. It was left "
        "out of the reading; look at it yourself."
    )


def _lines(note: str, span: Span) -> range:
    """The numbers of the lines that a span's words stand in."""
    words = note[span.start : span.end]
    first, last = span.end - len(words.lstrip()), span.start + len(words.rstrip())
    return range(note.count("\n", 0, first) + 1, note.count("\n", 0, last) + 2)


def _depends_on(
    note: DealNote, rubric: BuyerEvidence, fiscal_year_start: int, engine: tuple[str, str], request: Request
) -> dict[str, Any]:
    return {
        "input": note.model_dump(mode="json"),
        "fiscal_year_start": fiscal_year_start,
        "rubric": [rubric.id, rubric.version, rubric.sha256],
        "engine": list(engine),
        "request": request.model_dump(),
    }


def _review_id(depends_on: dict[str, Any]) -> str:
    canonical = json.dumps(depends_on, sort_keys=True, separators=(",", ":"))
    return "dr_" + hashlib.sha256(canonical.encode()).hexdigest()[:24]
