"""A rep says what a review has missed: it is made again with that, and what has changed is told.

Rule: what the rep says is read as any note is, on the day that it was said; the first note stays as it is, and so does
the first review.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from pydantic import ValidationError

from coach.domain import DealNote, DealReview, Notice, Question, RepDiagnosis, RepPacket, Statement
from coach.domain.difference import (
    Balances,
    DiagnosisDifference,
    Moved,
    Point,
    ReviewDifference,
    Titles,
    Told,
    Verdicts,
)
from coach.engines.base import Engine
from coach.errors import InvalidInput
from coach.judgement import judge
from coach.rubrics import BuyerEvidence
from coach.service.deal_review import review_deal
from coach.service.made import review_id

_BETWEEN = "\n\n[Reply of {day}]\n"
"""What stands between the first note and what the rep said to its review."""


class Again(NamedTuple):
    """A review that was made again."""

    text: str
    """The first note and the reply, in which its quotes stand."""
    review: DealReview


async def review_again(  # noqa: PLR0913  what it is made of
    first: DealReview,
    note: str,
    reply: str,
    day: date,
    *,
    engine: Engine,
    rubric: BuyerEvidence,
    fiscal_year_start: int = 1,
    people: Sequence[str] = (),
) -> Again:
    """Make a deal review again with what the rep said to it.

    Args:
        first: The review.
        note: The note that it is of, or note and earlier replies.
        reply: What the rep said.
        day: When.
        engine: Who reads the reply.
        rubric: What all of it is judged by.
        fiscal_year_start: First month of the fiscal year.
        people: Whose names a model is not shown.

    Raises:
        InvalidInput: the reply is empty, too long, binary, or dated outside 1990 to 2100.
        EngineError: the engine could not answer.
    """
    said = DealNote(deal=first.deal, written_on=day, note=reply, people=tuple(people))
    read = await review_deal(said, engine=engine, rubric=rubric, fiscal_year_start=fiscal_year_start)
    before = note + _BETWEEN.format(day=day)
    known = {(one.quote.casefold(), one.kind) for one in first.statements}
    moved = [
        one.model_copy(update={"start": one.start + len(before), "end": one.end + len(before)})
        for one in read.statements
        # What is said again proves no more than it did.
        if (one.quote.casefold(), one.kind) not in known
    ]
    statements = (*first.statements, *moved)
    judgement = await asyncio.to_thread(
        judge, statements, first.deal, max(day, first.written_on), rubric, fiscal_year_start=fiscal_year_start
    )
    parts = {name: getattr(judgement, name) for name in type(judgement).model_fields}
    told = Notice(code="with_reply", text=f"Made with the rep's reply of {day}; without it, it is review {first.id}.")
    earlier = [one for one in first.notices if one.code != told.code]
    review = DealReview(
        **parts,
        id=review_id("dr", {"first": first.id, "reply": read.id, "day": day.isoformat()}),
        deal=first.deal,
        written_on=max(day, first.written_on),
        statements=statements,
        notices=(told, *dict.fromkeys((*earlier, *read.notices))),
        provenance=read.provenance,
    )
    return Again(before + reply, review)


def with_reply(packet: str, reply: str) -> RepPacket:
    """A rep's material with what the rep said to its diagnosis: words of their own, as their self-assessment is.

    Raises:
        InvalidInput: another version of Coach kept the material.
    """
    try:
        given = RepPacket.model_validate_json(packet)
    except ValidationError:
        raise InvalidInput("the material of this diagnosis was kept by another version, and cannot be read") from None
    own = given.self_assessment
    text = f"{own.text}\n\n{reply}".strip()
    return given.model_copy(update={"self_assessment": own.model_copy(update={"text": text})})


def difference(first: DealReview, second: DealReview) -> ReviewDifference:
    """What has changed from one deal review to the next."""
    return ReviewDifference(
        before=first.id,
        after=second.id,
        claim=Verdicts(
            before=first.claim.verdict,
            after=second.claim.verdict,
            why_before=first.claim.explanation,
            why_after=second.claim.explanation,
        ),
        coverage=tuple(
            Moved(question=one, before=first.coverage[one].status, after=second.coverage[one].status)
            for one in Question
            if first.coverage[one].status is not second.coverage[one].status
        ),
        added=_only(second.statements, first.statements),
        gone=_only(first.statements, second.statements),
        focus=Titles(before=first.focus.title, after=second.focus.title),
        balance=Balances(before=first.balance, after=second.balance),
    )


def diagnosis_difference(first: RepDiagnosis, second: RepDiagnosis) -> DiagnosisDifference:
    """What has changed from one diagnosis to the next."""
    before, after = ({one.competency: one for one in (found.primary, *found.others)} for found in (first, second))
    changed = tuple(
        (Told(competency=name, gap=one.gap), Told(competency=name, gap=after[name].gap))
        for name, one in before.items()
        if name in after and after[name].gap is not one.gap
    )
    quotes = [tuple(one.quote for one in found.signals) for found in (first, second)]
    return DiagnosisDifference(
        before=first.id,
        after=second.id,
        primary_before=Told(competency=first.primary.competency, gap=first.primary.gap),
        primary_after=Told(competency=second.primary.competency, gap=second.primary.gap),
        changed=changed,
        added=tuple(one for one in quotes[1] if one not in quotes[0]),
        gone=tuple(one for one in quotes[0] if one not in quotes[1]),
        prescription=Titles(before=first.prescription.title, after=second.prescription.title),
    )


def _only(these: Sequence[Statement], those: Sequence[Statement]) -> tuple[Point, ...]:
    known = {(one.quote, one.kind) for one in those}
    return tuple(
        Point(quote=one.quote, kind=one.kind, grade=one.grade) for one in these if (one.quote, one.kind) not in known
    )
