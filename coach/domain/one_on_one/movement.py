"""Parts 2 and 3: what is new since the last review, and which old opportunities moved, by stage and by the customer."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from coach.domain.base import Frozen
from coach.domain.money import Money
from coach.domain.one_on_one.deals import BuyerAct, DealLine, LeftOut


class NewDeals(Frozen):
    """Part 2: opportunities created since the last review, the largest first."""

    deals: tuple[DealLine, ...] = ()
    count: int = Field(default=0, ge=0)
    amounts: tuple[Money, ...] = ()
    """Of all of them, for each currency."""
    without_amount: int = Field(default=0, ge=0)
    left_out: LeftOut = LeftOut()


class StageMove(StrEnum):
    """What became of a deal's stage since the last review."""

    FORWARD = "forward"
    STILL = "still"
    BACK = "back"
    CHANGED = "changed"
    """Another stage, and the order of the two is not known."""
    WON = "won"
    LOST = "lost"

    @property
    def is_end(self) -> bool:
        """Whether the deal is won or lost."""
        return self in {StageMove.WON, StageMove.LOST}


class CustomerMove(StrEnum):
    """What the customer did since the last review, as the notes have it."""

    ADVANCED = "advanced"
    STALLED = "stalled"
    BOTH = "both"
    NOTHING = "nothing"
    """There are notes, and nothing in them moved the purchase."""
    NO_NOTE = "no_note"

    @property
    def holds_up(self) -> bool:
        """Whether they held the purchase up, whatever else they did."""
        return self in {CustomerMove.STALLED, CustomerMove.BOTH}


class Slip(Frozen):
    """How often and how far the close date was pushed to a later day."""

    times: int = Field(ge=0)
    """Since the last review, counted between snapshots."""
    days: int = Field(ge=0)
    """By how many days in all, since the last review."""
    times_ever: int = Field(ge=0)
    days_ever: int = Field(ge=0)


class MovedDeal(Frozen):
    """An opportunity that was open at the last review."""

    deal: DealLine
    stage: StageMove
    stage_before: str | None = None
    close_date_before: date | None = None
    slip: Slip
    customer: CustomerMove
    acts: tuple[BuyerAct, ...] = ()
    """What the customer did since, the strongest first, then the latest."""
    question: str | None = None
    """What to ask about it."""


class Movements(Frozen):
    """Part 3; a deal that moved on and slipped counts in both."""

    known: bool
    """Whether there is a snapshot of the last review to hold today's against."""
    forward: int = Field(default=0, ge=0)
    still: int = Field(default=0, ge=0)
    back: int = Field(default=0, ge=0)
    changed: int = Field(default=0, ge=0)
    won: int = Field(default=0, ge=0)
    lost: int = Field(default=0, ge=0)
    slipped: int = Field(default=0, ge=0)
    customer_advanced: int = Field(default=0, ge=0)
    """Deals in which the customer moved the purchase on, whatever the stage says; `both` among them."""
    customer_stalled: int = Field(default=0, ge=0)
    no_note: int = Field(default=0, ge=0)
    deals: tuple[MovedDeal, ...] = ()
    """All of them, those with the most to talk about first."""
    left_out: LeftOut = LeftOut()
