"""Part 4: what is to close within 30 days, and whether the customer is on the way there."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from coach.domain.base import Frozen
from coach.domain.judgement import Coverage, Refuter, Verdict
from coach.domain.money import Money
from coach.domain.one_on_one.deals import BuyerAct, DealLine


class OpenStep(Frozen):
    """A step of the customer's that is not done yet."""

    what: str
    by: date | None = None
    """The day they named."""
    too_late: bool = False
    """That day lies after the close date."""
    overdue: bool = False
    """That day has gone by, and no later note says that it was done."""


class ClosingDeal(Frozen):
    """A deal that is said to close within 30 days, or should have closed already."""

    deal: DealLine
    days_left: int
    """To the close date; below 0 where it has gone by."""
    reason: str | None = None
    """Why the rep holds it for so likely: the rep's own words; None where there are none."""
    reason_from: str | None = Field(default=None, pattern=r"^(note|next_step)$")
    verdict: Verdict | None = None
    """None where no note was reviewed."""
    explanation: str
    evidence: tuple[BuyerAct, ...] = ()
    """The customer's acts, promises and words, the strongest first, then the latest."""
    coverage: Coverage | None = None
    open_steps: tuple[OpenStep, ...] = ()
    would_improve: tuple[str, ...] = ()
    """Acts of the customer's that would make it more likely."""
    refuter: Refuter | None = None
    questions: tuple[str, ...] = ()
    at_risk: Money | None = None
    """What the forecast counts on and the customer has not borne out: the amount times the rep's probability, or the
    whole amount where none is given; nothing where the claim is established. None without an amount."""
    noted_on: date | None = None
    """The day of the note that the verdict is from."""
