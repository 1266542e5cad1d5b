"""Made-up pipelines: the same for the same seed, in proportion to their size."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from coach.domain.opportunity import DealState, Opportunity, Quota, Rep

AS_OF = date(2026, 11, 16)
"""The day of every 1-on-1."""
CRM = "salesforce"
DEALS_OF_A_REP = 9_000 / 35
STAGES = ("Prospecting", "Qualification", "Value Proposition", "Proposal/Price Quote", "Negotiation/Review")
_SEED = 7
_YEARS_BACK = 730


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is."""

    opportunities: int
    team: int
    """Reps of a team."""
    snapshots: int
    """Monthly ones, the last of them at the day of the 1-on-1."""

    @property
    def reps(self) -> int:
        """Reps in proportion."""
        return max(1, round(self.opportunities / DEALS_OF_A_REP))

    @property
    def days(self) -> list[date]:
        """The days of the snapshots, in order."""
        months = [AS_OF.year * 12 + AS_OF.month - 1 - back for back in reversed(range(self.snapshots))]
        return [date(month // 12, month % 12 + 1, AS_OF.day) for month in months]


class Deal(NamedTuple):
    """What becomes of an opportunity."""

    number: int
    rep: int
    created_on: date
    closes_on: date
    is_won: bool
    amount: int
    slips: int
    """How many days its close date is too early at first, made good a part each month."""

    def state(self, day: date) -> DealState:
        """How it stands on a day."""
        if self.closes_on > day:
            return DealState.OPEN
        return DealState.WON if self.is_won else DealState.LOST

    def close_date(self, day: date) -> date:
        """When it is said to close, as of a day."""
        left = (self.closes_on - day).days
        return self.closes_on if left <= 0 else self.closes_on - timedelta(days=min(self.slips, left // 30 * 15))

    def stage(self, day: date) -> int:
        """The place of its stage on a day."""
        run = (day - self.created_on).days / max(1, (self.closes_on - self.created_on).days)
        return min(len(STAGES) - 1, int(run * len(STAGES)))


def deals(size: Size) -> Iterator[Deal]:
    """Every opportunity, spread evenly over the reps."""
    chance = random.Random(_SEED)  # noqa: S311  nothing secret
    for number in range(1, size.opportunities + 1):
        created = AS_OF - timedelta(days=int(chance.random() * _YEARS_BACK))
        cycle = 20 + int(chance.random() * 180)
        won, amount = chance.random() < 0.25, 1_000 + int(chance.random() * 90_000)
        slips = 45 * (chance.random() < 0.4)
        yield Deal(number, number % size.reps + 1, created, created + timedelta(days=cycle), won, amount, slips)


def known(every: Sequence[Deal], day: date) -> Iterator[Opportunity]:
    """The snapshot of a day."""
    for one in every:
        if one.created_on <= day:
            yield opportunity(one, day)


def opportunity(one: Deal, day: date) -> Opportunity:
    """A row of a snapshot."""
    state, stage = one.state(day), one.stage(day)
    is_open = state is DealState.OPEN
    return Opportunity(
        crm=CRM,
        record=record(one.number),
        as_of=day,
        name=f"Deal {one.number}",
        account=f"Account {one.number // 3}",
        rep=rep_name(one.rep),
        state=state,
        stage=STAGES[stage] if is_open else f"Closed {state.value.title()}",
        stage_rank=stage if is_open else None,
        amount=Decimal(one.amount),
        currency="EUR",
        probability=(stage + 1) * 0.15 if is_open else None,
        created_on=one.created_on,
        close_date=one.close_date(day),
        closed_on=None if is_open else one.closes_on,
        next_step="Call about the offer" if is_open else None,
        product=f"Product {one.number % 5}",
    )


def record(number: int) -> str:
    """A deal's id in the CRM."""
    return f"006{number:012d}"


def rep_name(number: int) -> str:
    """A rep by number, from 1."""
    return f"Rep {number:05d}"


def team_of(rep: int, size: Size) -> int:
    """The number of a rep's team, from 1."""
    return (rep - 1) // size.team + 1


def roster(size: Size) -> tuple[list[Rep], list[Quota]]:
    """Everybody, each with a quota for the year and the month."""
    reps = [
        Rep(name=rep_name(one), team=f"Team {team_of(one, size)}", manager=f"Manager {team_of(one, size)}")
        for one in range(1, size.reps + 1)
    ]
    spans = ((date(2026, 1, 1), date(2026, 12, 31), 2_000_000), (date(2026, 11, 1), date(2026, 11, 30), 170_000))
    quotas = [
        Quota(rep=one.name, first=first, last=last, amount=Decimal(amount), currency="EUR")
        for one in reps
        for first, last, amount in spans
    ]
    return reps, quotas
