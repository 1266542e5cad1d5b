"""Every "closes by D, with p" that was made, what it stood on, and what came of it: the claim ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coach.domain.judgement import Verdict
from coach.domain.opportunity import DealState


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeClaim:
    """A rep's claim on one day, with the outcome where it is known. Made anew where the date or the odds change."""

    crm: str
    record: str
    rep: str | None
    made_on: date
    close_date: date
    """The day the deal was said to close by."""
    probability: float | None = None
    """0 to 1; None where none was given."""
    source: str = "crm"
    """`crm`, a snapshot, or `note`, a note that was reviewed."""
    verdict: Verdict | None = None
    """What the customer's acts said of it that day; None where no note was reviewed."""
    grade: int | None = None
    """The highest grade of a customer's statement that advanced the deal, 0 where there was none; None without a
    note."""
    outcome: DealState = DealState.OPEN
    """As known on the day the ledger is read."""
    closed_on: date | None = None

    def came_true(self, as_of: date) -> bool | None:
        """Whether the deal was won by the day claimed; None while nobody can know.

        One that is still open when the day has gone by did not; of one that was won on an unknown day nobody can know.
        """
        if self.outcome is DealState.WON:
            return None if self.closed_on is None else self.closed_on <= self.close_date
        if self.outcome is DealState.LOST or as_of > self.close_date:
            return False
        return None
