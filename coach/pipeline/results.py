"""Part 1 of the 1-on-1: what was won and lost, by a rep and by the team as a whole, and what there is of a quota.

Rule: a deal counts on the day it closed; nothing is converted into another currency; a mean or a rate of nothing is
None, never 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from coach.domain.money import Money
from coach.domain.one_on_one.pack import Charted
from coach.domain.one_on_one.results import Figures, PeriodResults, QuotaResult, Results
from coach.domain.opportunity import DealState, Opportunity, Quota
from coach.pipeline import wording
from coach.pipeline.intervals import wilson
from coach.pipeline.periods import previous_month, previous_quarter, year_to_date
from coach.pipeline.sums import amount_in, amounts, means, total


def figures(opportunities: Iterable[Opportunity], first: date, last: date) -> Figures:
    """Figure what was won and lost from `first` to `last`, both days among them.

    Args:
        opportunities: The latest snapshot of each deal, of one rep or of many; those still open, and those of which
            nobody knows when they closed, count for nothing.
        first: First day of the period.
        last: Last day of the period.

    Returns:
        Sums are exact; average deals are rounded to two places, half to even. A win that closed before it was created
        is left out of the cycle: one of the two days is wrong.
    """
    closed = [one for one in opportunities if one.closed_on is not None and first <= one.closed_on <= last]
    won = [one for one in closed if one.state is DealState.WON]
    losses = sum(one.state is DealState.LOST for one in closed)
    known = amounts(won)
    cycles = [days for one in won if (days := _cycle(one)) is not None]
    of = len(won) + losses
    low, high = wilson(len(won), of) if of else (None, None)
    return Figures(
        revenue=total(known),
        wins=len(won),
        losses=losses,
        wins_without_amount=len(won) - len(known),
        win_rate=len(won) / of if of else None,
        win_rate_low=low,
        win_rate_high=high,
        cycle_days=sum(cycles) / len(cycles) if cycles else None,
        cycle_of=len(cycles),
        average_deal=means(known),
    )


def results(  # noqa: PLR0913  each is a fact of its own
    rep: Sequence[Opportunity],
    team: Sequence[Opportunity],
    *,
    as_of: date,
    fiscal_year_start: int,
    quotas: Iterable[Quota] = (),
    team_name: str | None = None,
    team_reps: int,
) -> Results:
    """Figure part 1 for a rep.

    Args:
        rep: The latest snapshot of each of the rep's deals.
        team: The same of the whole team's, the rep's among them.
        as_of: The day of the 1-on-1.
        fiscal_year_start: The month that the fiscal year starts in, 1 to 12.
        quotas: The rep's, of any time; those whose days take in `as_of` are answered, the earliest first.
        team_name: Whose results stand beside the rep's; None where they are everybody's.
        team_reps: How many reps the team has, 0 or more.

    Raises:
        ValueError: there is no such month, or `as_of` lies at the end of the calendar.
    """
    spans = (
        ("year_to_date", year_to_date(as_of, fiscal_year_start)),
        ("previous_quarter", previous_quarter(as_of, fiscal_year_start)),
        ("previous_month", previous_month(as_of)),
    )
    return Results(
        periods=tuple(
            PeriodResults(
                period=name, first=first, last=last, rep=figures(rep, first, last), team=figures(team, first, last)
            )
            for name, (first, last) in spans
        ),
        team=team_name,
        team_reps=team_reps,
        quotas=tuple(
            _towards(quota, rep, as_of)
            for quota in sorted(quotas, key=lambda quota: (quota.first, quota.last, quota.currency or ""))
            if quota.first <= as_of <= quota.last
        ),
    )


def charts(results: Results) -> tuple[Charted, ...]:
    """Give the four bars: won revenue, win rate in percent, cycle in days, average deal.

    The team's revenue is divided by its reps; its rate, cycle and average deal are those of all its deals, as in the
    table. The currency is the rep's commonest, the team's where the rep has none.
    """
    year = results.periods[0]
    rep, team = year.rep, year.team
    currency = next((money.currency for money in (*rep.revenue, *team.revenue)), None)
    unit = currency or ""
    shared = _revenue(team, currency)
    return (
        Charted(
            label=wording.REVENUE,
            unit=unit,
            rep=_revenue(rep, currency),
            team=shared / results.team_reps if shared is not None and results.team_reps else None,
        ),
        Charted(label=wording.WIN_RATE, unit=wording.PERCENT, rep=_percent(rep), team=_percent(team)),
        Charted(label=wording.CYCLE, unit=wording.DAYS, rep=rep.cycle_days, team=team.cycle_days),
        Charted(
            label=wording.AVERAGE_DEAL,
            unit=unit,
            rep=_named(rep.average_deal, currency),
            team=_named(team.average_deal, currency),
        ),
    )


def _towards(quota: Quota, rep: Iterable[Opportunity], as_of: date) -> QuotaResult:
    """What was won in a quota's days up to `as_of`, in its own currency alone: nothing is converted."""
    won = (
        one
        for one in rep
        if one.state is DealState.WON and one.closed_on is not None and quota.first <= one.closed_on <= as_of
    )
    amount = amount_in(amounts(won), quota.currency)
    return QuotaResult(
        first=quota.first,
        last=quota.last,
        quota=Money(amount=quota.amount, currency=quota.currency),
        won=Money(amount=amount, currency=quota.currency),
        attainment=float(amount / quota.amount) if quota.amount > Decimal(0) else None,
    )


def _cycle(won: Opportunity) -> int | None:
    """Days from creation to winning; None where one of the days is unknown, or they cannot both be right."""
    if won.created_on is None or won.closed_on is None:
        return None
    days = (won.closed_on - won.created_on).days
    return days if days >= 0 else None


def _revenue(figures: Figures, currency: str | None) -> float | None:
    """What was won in a currency: 0 where nothing was, None where there are wins and not one amount."""
    if figures.wins and figures.wins == figures.wins_without_amount:
        return None
    return float(amount_in(figures.revenue, currency))


def _percent(figures: Figures) -> float | None:
    return None if figures.win_rate is None else 100 * figures.win_rate


def _named(monies: tuple[Money, ...], currency: str | None) -> float | None:
    return next((float(money.amount) for money in monies if money.currency == currency), None)
