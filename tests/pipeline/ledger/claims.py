"""Claims to try the ledger with."""

from __future__ import annotations

from datetime import date, timedelta

from coach.domain.claims import MadeClaim
from coach.domain.judgement import Verdict
from coach.domain.opportunity import DealState

AS_OF = date(2026, 7, 31)
DUE = date(2026, 6, 30)
MADE = date(2026, 4, 1)


def claim(
    record: str,
    *,
    made_on: date = MADE,
    close_date: date = DUE,
    probability: float | None = None,
    verdict: Verdict | None = None,
    grade: int | None = None,
    outcome: DealState = DealState.OPEN,
    closed_on: date | None = None,
) -> MadeClaim:
    return MadeClaim(
        crm="hubspot",
        record=record,
        rep="Ilse Brandt",
        made_on=made_on,
        close_date=close_date,
        probability=probability,
        verdict=verdict,
        grade=grade,
        outcome=outcome,
        closed_on=closed_on,
    )


def kept(record: str, probability: float | None = None, verdict: Verdict | None = None) -> MadeClaim:
    """A claim that came true, five days early."""
    won_on = DUE - timedelta(days=5)
    return claim(record, probability=probability, verdict=verdict, outcome=DealState.WON, closed_on=won_on)


def missed(record: str, probability: float | None = None, verdict: Verdict | None = None) -> MadeClaim:
    """A claim of a deal that is still open after its day."""
    return claim(record, probability=probability, verdict=verdict)


def both(low: float | None, high: float | None) -> tuple[float, float]:
    """The ends of an interval that must be there."""
    assert low is not None
    assert high is not None
    return low, high
