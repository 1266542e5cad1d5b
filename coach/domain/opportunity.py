"""What a CRM says of an opportunity on one day, and of the people who work on it; what it does not say is None."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class DealState(StrEnum):
    """How an opportunity stands."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity:
    """One opportunity as it stood on one day: a row of a snapshot. Not validated: readers of rows make valid ones."""

    crm: str
    """`hubspot`, `salesforce`, `pipedrive`, `dynamics`, or the name in a mapping file."""
    record: str
    """The opportunity's id there."""
    as_of: date
    """The day of the snapshot."""
    name: str | None = None
    account: str | None = None
    rep: str | None = None
    """Who owns it, by name as the source has it."""
    state: DealState = DealState.OPEN
    stage: str | None = None
    stage_rank: int | None = None
    """The stage's place in the order of stages, from 0; None where the order is not known."""
    amount: Decimal | None = None
    currency: str | None = None
    """ISO 4217 code."""
    probability: float | None = None
    """0 to 1, as the rep or the CRM has it."""
    forecast_category: str | None = None
    created_on: date | None = None
    close_date: date | None = None
    """The day an open one is said to close by."""
    closed_on: date | None = None
    """The day a won or lost one closed."""
    next_step: str | None = None
    product: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same opportunity in another snapshot."""
        return self.crm, self.record


@dataclass(frozen=True, slots=True, kw_only=True)
class Rep:
    """A rep, as a roster has them; people are known by name, in any case."""

    name: str
    team: str | None = None
    manager: str | None = None
    started_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """What a rep is to win in a stretch of time."""

    rep: str
    first: date
    last: date
    amount: Decimal
    currency: str | None = None


def folded(name: str) -> str:
    """A name without regard to case and spaces: what people and deals are found by."""
    return " ".join(name.split()).casefold()
