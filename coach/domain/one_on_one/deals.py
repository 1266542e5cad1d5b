"""What every part says of a deal: what the CRM has, and what the customer did."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from coach.domain.base import Frozen
from coach.domain.evidence import Direction, Kind
from coach.domain.money import Money
from coach.domain.opportunity import DealState


class DealLine(Frozen):
    """An opportunity in short, as it stands on the day of the 1-on-1."""

    crm: str
    record: str
    name: str
    """Its name, its account where it has none, its record where it has neither."""
    account: str | None = None
    state: DealState = DealState.OPEN
    """How it stands: a list of new deals has won and lost ones, too."""
    stage: str | None = None
    amount: Money | None = None
    close_date: date | None = None
    closed_on: date | None = None
    """The day a won or lost one closed."""
    probability: float | None = Field(default=None, ge=0, le=1)
    forecast_category: str | None = None
    created_on: date | None = None


class BuyerAct(Frozen):
    """Something the customer did, promised or said, in the words of a note."""

    quote: str
    kind: Kind
    direction: Direction
    grade: int = Field(ge=0, le=5)
    on: date | None = None
    """The day it speaks of; None where the note gives none."""
    noted_on: date
    """The day the note was written."""
    review: str
    """The id of the review that has it."""

    @property
    def day(self) -> date:
        """When it counts: the day it speaks of, at the latest that of the note."""
        return min(self.on or self.noted_on, self.noted_on)


class LeftOut(Frozen):
    """What a ranked list does not show."""

    count: int = Field(default=0, ge=0)
    amounts: tuple[Money, ...] = ()
