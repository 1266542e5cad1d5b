"""The pack for one 1-on-1: five parts, what stands above them, and thirty minutes to go through them."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from coach.domain.base import Frozen
from coach.domain.commitment import Commitment, Owner
from coach.domain.money import Money
from coach.domain.one_on_one.closing import ClosingDeal
from coach.domain.one_on_one.deals import LeftOut
from coach.domain.one_on_one.ledger import ClaimLedger
from coach.domain.one_on_one.movement import Movements, NewDeals
from coach.domain.one_on_one.results import Results
from coach.domain.review import Notice


class Since(Frozen):
    """The day that "since the last review" counts from."""

    day: date
    by: Literal["one_on_one", "month"]
    """The last 1-on-1 that was held, or, where none was, the same day a month earlier."""
    snapshot: date | None = None
    """The last snapshot on or before that day; None where there is none, and movement is not known."""


class Warned(Frozen):
    """What stands above the five parts because it holds."""

    code: Literal["thin_pipeline", "standing_pipeline", "old_snapshot"]
    text: str


class Charted(Frozen):
    """A number to compare at a glance: one bar for the rep, one for the team's average rep."""

    label: str
    unit: str
    rep: float | None = None
    team: float | None = None


class AgendaItem(Frozen):
    """Minutes for a part."""

    part: int = Field(ge=1, le=5)
    title: str
    minutes: int = Field(ge=1)
    deals: tuple[str, ...] = ()
    """Those the minutes are for, the most first."""


class ClosingDeals(Frozen):
    """Part 4, the most at risk first."""

    deals: tuple[ClosingDeal, ...] = ()
    count: int = Field(default=0, ge=0)
    amounts: tuple[Money, ...] = ()
    at_risk: tuple[Money, ...] = ()
    left_out: LeftOut = LeftOut()


class ProposedStep(Frozen):
    """A next step to agree on, or not."""

    what: str
    owner: Owner
    due_on: date
    deal: str | None = None
    why: str


class NextSteps(Frozen):
    """Part 5."""

    carried: tuple[Commitment, ...] = ()
    """Agreed at earlier 1-on-1s, and still open, or settled since the last one."""
    agreed: tuple[Commitment, ...] = ()
    """Agreed at this one."""
    proposed: tuple[ProposedStep, ...] = ()
    left_out: int = Field(default=0, ge=0)


class OneOnOne(Frozen):
    """What a manager needs for thirty minutes with a rep."""

    schema_: Literal["coach.one_on_one/1"] = Field(default="coach.one_on_one/1", alias="schema")
    id: str
    """A hash of all that the pack says."""
    rep: str
    manager: str | None = None
    team: str | None = None
    as_of: date
    since: Since
    snapshot: date | None = None
    """The day of the latest snapshot that it rests on; None where there is none."""
    next_on: date
    """When the next 1-on-1 is due."""
    warnings: tuple[Warned, ...] = ()
    agenda: tuple[AgendaItem, ...]
    """Thirty minutes in all."""
    results: Results
    charts: tuple[Charted, ...] = ()
    added: NewDeals
    pre_existing: Movements
    closing: ClosingDeals
    next_steps: NextSteps
    ledger: ClaimLedger
    missing: tuple[str, ...] = ()
    """What the source does not have: quota, probability, stage history, …"""
    notices: tuple[Notice, ...] = ()
