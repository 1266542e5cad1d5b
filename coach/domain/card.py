"""What a sidebar of a CRM shows of a deal: the verdict, the strongest words of the customer's, what is missing."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from coach.domain.base import Frozen
from coach.domain.evidence import Centre, Direction, Kind, Question, Statement
from coach.domain.judgement import Status, Verdict
from coach.domain.review import DealReview


class CardState(StrEnum):
    """Whether there is anything to show of a deal that the CRM knows."""

    REVIEWED = "reviewed"
    NOT_REVIEWED = "not_reviewed"


class CardQuote(Frozen):
    """What the customer did or said, in the note's own words."""

    quote: str
    who: str | None
    """A name or role as the note has it."""
    on: date | None
    """The day that it speaks of; null where it gives none."""
    kind: Kind
    direction: Direction
    """What `stalls` counts against the deal, however strong it is."""
    grade: int = Field(ge=2, le=5)
    """Strength as evidence (codebook, end of section 1)."""


class CardGap(Frozen):
    """One of the four buyer questions that is not answered."""

    question: Question
    status: Literal[Status.PARTIAL, Status.MISSING]


class Card(Frozen):
    """A deal at a glance, from the latest review that is kept of it; what is not known is null."""

    schema_: Literal["coach.card/1"] = Field(default="coach.card/1", alias="schema")
    crm: str
    record: str
    """The deal's id in the CRM."""
    deal: int
    """Its number in Coach, as the page of a deal has it."""
    name: str | None
    state: CardState
    says: str
    """In one sentence: why the verdict is what it is or, where no note was reviewed yet, what to do about that."""
    verdict: Verdict | None
    close_date: date | None
    """The day that the verdict is about; where no note was reviewed yet, the day that the CRM has."""
    crm_close_date: date | None
    """The day that the CRM has now; where it is another, the verdict is not about it."""
    written_on: date | None
    """The day of the note that was reviewed."""
    quote: CardQuote | None
    """The strongest of the customer's acts and words in that note, of equally strong ones the latest."""
    missing: tuple[CardGap, ...] = Field(max_length=4)
    """In the order in which they are asked."""
    would_establish: str | None
    """The first of the customer's acts that are still missing."""
    ask: str | None
    """The first question to put to the rep."""
    review: str | None
    """The id of the review."""


def strongest(review: DealReview) -> Statement | None:
    """The customer's statement of the highest grade, of several the latest; what its reader is unsure of is none."""
    theirs = [one for one in review.statements if one.kind.centre is Centre.BUYER and not one.is_unsure]
    written = review.written_on.isoformat()
    return max(theirs, key=lambda one: (one.grade, one.when or written, one.start), default=None)
