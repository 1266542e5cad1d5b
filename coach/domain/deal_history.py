"""A deal over time: its notes, who there has been heard, what was claimed of it, and how the CRM had it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from coach.domain.base import Frozen
from coach.domain.evidence import Direction, Kind, Question
from coach.domain.judgement import Balance, Status, Verdict
from coach.domain.money import Money
from coach.domain.opportunity import DealState


class DealEntry(Frozen):
    """A deal in short; what neither its CRM nor a note says is null."""

    id: int
    """Its number here."""
    name: str
    """Its name, its account where it has none, its record where it has neither."""
    account: str | None = None
    rep: str | None = None
    """Whose it is now."""
    crm: str | None = None
    """Where its record is; null for one that is known from notes alone."""
    record: str | None = None
    state: DealState | None = None
    """By the latest snapshot; null where there is none."""
    stage: str | None = None
    amount: Money | None = None
    close_date: date | None = None
    """By the latest snapshot, else by the latest note."""
    closed_on: date | None = None
    as_of: date | None = None
    """The day of the latest snapshot."""
    notes: int = Field(ge=0)
    """How many of its notes have a review that is kept."""
    noted_on: date | None = None
    """The day of the latest of them."""
    verdict: Verdict | None = None
    """What the latest of them says of the close date that it had."""


class DealSaid(Frozen):
    """Something the customer did, promised or said, in the words of a note."""

    quote: str
    who: str | None = None
    kind: Kind
    direction: Direction
    grade: int = Field(ge=0, le=5)
    on: date | None = None
    """The day it speaks of."""


class DealNoted(Frozen):
    """A note of the deal, as its review has it."""

    review: str
    """The review's id."""
    written_on: date
    close_date: date | None = None
    """The day that the note says the deal closes by."""
    verdict: Verdict
    explanation: str
    coverage: dict[Question, Status]
    balance: Balance
    strongest: tuple[DealSaid, ...] = ()
    """What the customer did or said in it, the strongest first; three at most."""


class PersonHeard(Frozen):
    """Somebody at the customer's who did, promised or said something in a note."""

    who: str
    """By the fullest name that a note has, or by role."""
    role: str | None = None
    statements: int = Field(ge=1)
    first_on: date
    last_on: date
    """The day of the last note that has something of theirs."""
    quote: str
    """The strongest of it; of equals the latest."""


class PersonUnheard(Frozen):
    """Somebody at the customer's whom notes name, and of whom they have no act or word; `quote` tells of silence."""

    who: str
    role: str | None = None
    first_on: date
    last_on: date
    """The days of the first and the last note that names them."""
    quote: str | None = None
    """What the last note that tells of it says of their silence: no answer, a meeting that they did not come to, a task
    that they left undone."""


class DealClaim(Frozen):
    """A "closes by D" that was made or changed, and what came of it."""

    made_on: date
    close_date: date
    probability: float | None = None
    source: Literal["crm", "note"]
    verdict: Verdict | None = None
    """What the customer's acts said of it that day; null where no note was reviewed."""
    grade: int | None = None
    came_true: bool | None = None
    """Null while nobody can know."""


class DealSnapshot(Frozen):
    """The deal in its CRM on a day on which it was another than before."""

    as_of: date
    state: DealState
    stage: str | None = None
    amount: Money | None = None
    close_date: date | None = None
    probability: float | None = None
    pushed_days: int | None = None
    """By how many days the close date was pushed to a later day since the one before; null where it was not."""


class DealHistory(Frozen):
    """All that is kept of a deal, the latest first."""

    schema_: Literal["coach.deal_history/1"] = Field(default="coach.deal_history/1", alias="schema")
    deal: DealEntry
    notes: tuple[DealNoted, ...] = ()
    heard: tuple[PersonHeard, ...] = ()
    """Whoever was heard last first."""
    unheard: tuple[PersonUnheard, ...] = ()
    claims: tuple[DealClaim, ...] = ()
    snapshots: tuple[DealSnapshot, ...] = ()
    pushed_times: int = Field(default=0, ge=0)
    pushed_days: int = Field(default=0, ge=0)
    """By how many days in all its close date was pushed to a later day."""
    unreadable: int = Field(default=0, ge=0)
    """Reviews that another version wrote and that cannot be read; they are left out."""
    older: int = Field(default=0, ge=0)
    """Notes that are left out because there are more than are shown."""
