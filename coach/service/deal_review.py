"""A deal note becomes a deal review: the engine reads, the text layer grounds, the rules judge."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from datetime import date
from typing import Any

from coach.domain import DealNote, DealReview, Judgement, Label, Notice, Provenance, RubricRef, Statement
from coach.engines.base import DealReading, Engine
from coach.errors import InvalidInput
from coach.judgement import judge
from coach.rubrics import BuyerEvidence
from coach.text.annotate import annotate
from coach.text.documents import check_text
from coach.text.language import looks_english

_FIRST_DAY = date(1990, 1, 1)
_LAST_DAY = date(2100, 12, 31)


async def review_deal(
    note: DealNote, *, engine: Engine, rubric: BuyerEvidence, fiscal_year_start: int = 1
) -> DealReview:
    """Review a deal note.

    The review's id is a hash of everything it depends on, so the same input has the same id and the same answer.

    Raises:
        InvalidInput: the note is empty, too long, binary, or dated outside 1990 to 2100.
        EngineError: the engine could not answer.
    """
    _check(note)
    started = time.perf_counter()
    reading = await engine.read_deal(note)
    statements, judgement = judge_labels(note, reading.labels, rubric=rubric, fiscal_year_start=fiscal_year_start)
    # Attribute by attribute: every part is already valid, and validating it again would cost more than judging.
    parts = {name: getattr(judgement, name) for name in type(judgement).model_fields}
    return DealReview(
        **parts,
        id=_review_id(review_depends_on(note, engine=engine, rubric=rubric, fiscal_year_start=fiscal_year_start)),
        deal=note.deal,
        written_on=note.written_on,
        statements=statements,
        notices=_notices(note, reading),
        provenance=Provenance(
            engine=engine.name,
            engine_version=engine.version,
            model=reading.model,
            rubric=RubricRef(id=rubric.id, version=rubric.version, sha256=rubric.sha256),
            prompt_sha256=reading.prompt_sha256,
            usage=reading.usage,
            cost_usd=reading.cost_usd,
            duration_ms=round((time.perf_counter() - started) * 1000, 3),
        ),
    )


def judge_labels(
    note: DealNote, labels: Sequence[Label], *, rubric: BuyerEvidence, fiscal_year_start: int = 1
) -> tuple[tuple[Statement, ...], Judgement]:
    """Ground labels in their note and judge them; the labels may come from an engine or from an annotator."""
    statements = annotate(note, labels, fiscal_year_start=fiscal_year_start)
    return statements, judge(statements, note.deal, note.written_on, rubric, fiscal_year_start=fiscal_year_start)


def _check(note: DealNote) -> None:
    check_text(note.note)
    for name, day in (("written_on", note.written_on), ("close_date", note.deal.close_date)):
        if day is not None and not _FIRST_DAY <= day <= _LAST_DAY:
            raise InvalidInput(f"{name}: {day.isoformat()} is not between {_FIRST_DAY.year} and {_LAST_DAY.year}")


def _notices(note: DealNote, reading: DealReading) -> tuple[Notice, ...]:
    notices = list(reading.notices)
    if not looks_english(note.note):
        notices.append(
            Notice(
                code="not_english", text="This note does not read as English; the embedded engine reads English only."
            )
        )
    if not reading.labels:
        notices.append(
            Notice(
                code="nothing_found", text="Nothing in this note bears on whether, why, how or when the customer buys."
            )
        )
    return tuple(notices)


def review_depends_on(
    note: DealNote, *, engine: Engine, rubric: BuyerEvidence, fiscal_year_start: int = 1
) -> dict[str, Any]:
    """Everything that a review depends on, known before it is made: the same here means the same review."""
    return {
        "input": note.model_dump(mode="json"),
        "fiscal_year_start": fiscal_year_start,
        "rubric": [rubric.id, rubric.version, rubric.sha256],
        "engine": [engine.name, engine.version],
        "request": engine.request(note).model_dump(),
    }


def _review_id(depends_on: dict[str, Any]) -> str:
    canonical = json.dumps(depends_on, sort_keys=True, separators=(",", ":"))
    return "dr_" + hashlib.sha256(canonical.encode()).hexdigest()[:24]
