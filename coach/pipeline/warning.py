"""What stands above the five parts of the 1-on-1 whenever it holds: codebook, section 6.

Rule: a warning says the figures it rests on and what they leave out; what cannot be known is not warned of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from coach.domain.money import Money
from coach.domain.one_on_one.movement import CustomerMove, Movements, StageMove
from coach.domain.one_on_one.pack import Warned
from coach.domain.one_on_one.results import Figures, QuotaResult, Results
from coach.domain.opportunity import DealState, Opportunity
from coach.pipeline import closing_wording as wording

ENOUGH_CLOSED = 5
"""Deals won or lost that a win rate must rest on to count with."""
ENOUGH_DEALS = 3
"""Open pre-existing deals from which on a pipeline can be said to stand."""
FRESH_DAYS = 7
"""How many days old a snapshot may be."""


def warnings(
    now: Sequence[Opportunity], results: Results, movements: Movements, as_of: date, snapshot: date | None
) -> tuple[Warned, ...]:
    """Gather the warnings that hold: too thin a pipeline, then one that stands still, then old data.

    Args:
        now: The rep's opportunities as they stand.
        results: Part 1, whole; the year to date gives the win rate.
        movements: Part 3, whole: before anything is cut from it.
        as_of: The day of the 1-on-1.
        snapshot: The day of the data; None where there are none, and then nothing holds.
    """
    if snapshot is None:
        return ()
    pipeline = [one for one in now if one.state is DealState.OPEN]
    # Where the source has no stages, nothing shows that they stand still.
    standing = _standing(movements) if any(one.stage for one in pipeline) else None
    found = (*_thin(pipeline, results, as_of), standing, _old(as_of, snapshot))
    return tuple(one for one in found if one)


class _Rate(NamedTuple):
    """A win rate to count with: exact, and in words."""

    rate: Fraction
    words: str


def _thin(pipeline: Sequence[Opportunity], results: Results, as_of: date) -> Iterator[Warned]:
    """One warning for each quota that the pipeline is too thin for, the nearest first."""
    rate = _win_rate(results)
    for quota in sorted(results.quotas, key=lambda one: (one.last, one.first)):
        if text := _short_of(quota, pipeline, rate, as_of):
            yield Warned(code="thin_pipeline", text=text)
    if not results.quotas and not pipeline:
        yield Warned(
            code="thin_pipeline", text="There is no open deal at all. No target is known to hold the pipeline against."
        )


def _win_rate(results: Results) -> _Rate | None:
    """The rep's own win rate of the year to date; the team's where that rests on too few; None where both do."""
    year = next(one for one in results.periods if one.period == "year_to_date")
    own, team = _closed(year.rep), _closed(year.team)
    if own >= ENOUGH_CLOSED:
        return _Rate(Fraction(year.rep.wins, own), f"the rep's own win rate of {_share(year.rep.wins, own)}")
    if team >= ENOUGH_CLOSED:
        few = f"since the rep has closed only {own} this year" if own else "since the rep has closed none this year"
        return _Rate(Fraction(year.team.wins, team), f"the team's win rate of {_share(year.team.wins, team)}, {few},")
    return None


def _closed(figures: Figures) -> int:
    return figures.wins + figures.losses


def _share(wins: int, closed: int) -> str:
    return f"{_percent(Fraction(wins, closed))} ({wins} of {closed})"


def _percent(share: Fraction) -> str:
    """Whole percent, half to even."""
    return f"{round(share * 100)} %"


def _short_of(quota: QuotaResult, pipeline: Sequence[Opportunity], rate: _Rate | None, as_of: date) -> str | None:
    """What is to be won in a quota's days against what is open by then; None where that is enough.

    Open by then is what has a close date within the quota's days, also one that has gone by, and an amount in the
    quota's currency. Where no win rate is known, all of it counts as if it were won.
    """
    currency = quota.quota.currency
    left = quota.quota.amount - quota.won.amount
    due = [one for one in pipeline if one.close_date and quota.first <= one.close_date <= quota.last]
    counted = [one.amount for one in due if one.amount is not None and one.currency == currency]
    opened = sum(counted, Decimal(0))
    expected = Fraction(opened) * (rate.rate if rate else 1)
    if left <= 0 or expected >= left:
        return None
    money = wording.said_money
    text = (
        f"Still to win by {wording.said_day(quota.last, as_of)}: {money(Money(amount=left, currency=currency))}. "
        f"Open by then: {money(Money(amount=opened, currency=currency)) if counted else 'nothing'}"
    )
    if counted and rate:
        likely = Money(amount=Decimal(expected.numerator) / expected.denominator, currency=currency)
        text += f"; at {rate.words} that is {money(likely)}, {_part(expected / Fraction(left))}"
    elif counted:
        text += f", {_part(expected / Fraction(left))} even if all of it is won; too few have closed for a win rate"
    undated = sum(one.close_date is None for one in pipeline)
    return f"{text}.{_not_counted(len(due) - len(counted), undated)}"


def _part(share: Fraction) -> str:
    """How much of the need that is: rounded down, so that it never seems to be enough."""
    return f"{int(share * 100)} % of what is needed"


def _not_counted(without_amount: int, undated: int) -> str:
    """The open deals that may be due by then and could not be counted."""
    lacks = [
        f"{wording.counted(number, 'open deal')} {lack}"
        for number, lack in ((without_amount, "without an amount in this currency"), (undated, "without a close date"))
        if number
    ]
    return f" Not counted: {' and '.join(lacks)}." if lacks else ""


def _standing(movements: Movements) -> Warned | None:
    """At least half of the open pre-existing deals stood still in stage, and nothing shows that the customer acted."""
    held = [one for one in movements.deals if not one.stage.is_end]
    idle = (CustomerMove.NOTHING, CustomerMove.NO_NOTE)
    still = [one for one in held if one.stage is StageMove.STILL and one.customer in idle]
    if not movements.known or len(held) < ENOUGH_DEALS or 2 * len(still) < len(held):
        return None
    unnoted = sum(one.customer is CustomerMove.NO_NOTE for one in still)
    no_note = f" Of {unnoted} of them no note was reviewed." if unnoted else ""
    return Warned(
        code="standing_pipeline",
        text=f"{len(still)} of {len(held)} open deals have not moved since the last review: the stage is the same, and "
        f"nothing shows that the customer did anything.{no_note}",
    )


def _old(as_of: date, snapshot: date) -> Warned | None:
    days = (as_of - snapshot).days
    if days <= FRESH_DAYS:
        return None
    text = f"The data are {wording.counted(days, 'day')} old: they stand as of {wording.said_day(snapshot, as_of)}."
    return Warned(code="old_snapshot", text=text)
