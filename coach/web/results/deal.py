"""A deal review as a message: the verdict, the four questions, the customer's words, what to ask, one focus."""

from __future__ import annotations

from collections.abc import Iterator

from coach.domain import Centre, DealReview, Question, Statement
from coach.web.packs.labels import DIRECTIONS, KINDS, STATUS_MARKS, verdict
from coach.web.results.closing import closing
from coach.web.results.parts import (
    Document,
    Part,
    Said,
    Section,
    Tone,
    Words,
    facts,
    faint,
    first,
    points,
    said,
    strong,
)

_MOST = 8
"""Quotes of each side."""
_TONES = {Centre.BUYER: Tone.BUYER, Centre.SELLER: Tone.SELLER}


def deal_document(review: DealReview) -> Document:
    """What a message says of a deal."""
    deal = review.deal
    about = [deal.amount, deal.stage, f"closes by {deal.close_date}" if deal.close_date else "no close date"]
    return Document(
        title=Words(deal.name or "Deal"),
        about=Words(" · ".join(filter(None, (*about, f"note of {review.written_on}")))),
        sections=(
            Section("Does it close by then?", tuple(_claim(review))),
            Section("What the customer has told us and done", facts(_coverage(review))),
            *_evidence(
                review, Centre.BUYER, "The customer, strongest first", "Nothing of the customer's stands there."
            ),
            *_evidence(review, Centre.SELLER, "Ours: shown, never proof", ""),
            Section("Ask", _questions(review)),
            Section(
                "One thing to work on",
                (said(strong(review.focus.title)), said(review.focus.why), said(review.focus.do)),
            ),
            *closing(review.notices, review.provenance),
        ),
    )


def quoted(statement: Statement) -> Said:
    """A statement's words, and what they are."""
    marks = [f"{KINDS[statement.kind]}{DIRECTIONS.get(statement.direction, '') if statement.direction else ''}"]
    marks += [f"grade {statement.grade}", statement.who or "", statement.when or ""]
    marks += ["not sure"] if statement.is_unsure else []
    return said(Words(statement.quote, _TONES[statement.centre]), faint(", ".join(filter(None, marks))))


def _claim(review: DealReview) -> Iterator[Part]:
    claim = review.claim
    yield said(strong(verdict(claim.verdict)), claim.explanation)
    yield from points(quoted(review.statements[index]) for index in claim.because)
    if claim.would_establish:
        yield said(faint("Would establish it:"))
        yield from points(said(one) for one in claim.would_establish)
    if claim.refuter:
        by = f" by {claim.refuter.by}" if claim.refuter.by else ""
        yield said(faint("Would refute it:"), f"{claim.refuter.act}{by}")
    yield said(faint(f"Statements: {review.balance.buyer} of the customer, {review.balance.seller} of ours"))


def _coverage(review: DealReview) -> Iterator[tuple[str, Said]]:
    for question in Question:
        status = review.coverage[question].status
        yield question.value, said(f"{STATUS_MARKS[status]} {status}")


def _evidence(review: DealReview, centre: Centre, title: str, none: str) -> Iterator[Section]:
    found = [one for one in review.statements if one.centre is centre]
    lines = [quoted(one) for one in sorted(found, key=lambda one: -one.grade)]
    if lines:
        yield Section(title, points(first(lines, _MOST, "quote")))
    elif none:
        yield Section(title, (said(none),))


def _questions(review: DealReview) -> tuple[Part, ...]:
    asked = points((said(one.ask) for one in review.questions), numbered=True)
    return asked or (said("Nothing: every question is answered."),)
