"""Part 1, status: the rep's results beside the team's as a whole."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from coach.domain.base import Frozen
from coach.domain.money import Money


class Figures(Frozen):
    """What was won and lost in a period, by one rep or by a team as a whole; by the day of closing."""

    revenue: tuple[Money, ...] = ()
    """Of what was won and has an amount, one sum for each currency, the largest count of wins first."""
    wins: int = Field(ge=0)
    losses: int = Field(ge=0)
    wins_without_amount: int = Field(default=0, ge=0)
    """Won, but left out of revenue and average deal, since no amount is known."""
    win_rate: float | None = Field(default=None, ge=0, le=1)
    """Wins among what was won or lost; None where nothing was."""
    win_rate_low: float | None = None
    """Lower end of Wilson's 95 % interval."""
    win_rate_high: float | None = None
    cycle_days: float | None = None
    """Mean days from creation to winning, of wins whose day of creation is known; None where there are none."""
    cycle_of: int = Field(default=0, ge=0)
    """How many wins that mean is of."""
    average_deal: tuple[Money, ...] = ()
    """Mean amount of what was won and has an amount, for each currency, as in `revenue`."""


class PeriodResults(Frozen):
    """One of the three periods."""

    period: Literal["year_to_date", "previous_quarter", "previous_month"]
    first: date
    last: date
    """Both days count. Year to date is the fiscal year up to the day of the 1-on-1; the other two are whole."""
    rep: Figures
    team: Figures
    """The team's as a whole, the rep's own among it."""


class QuotaResult(Frozen):
    """A quota, what has been won towards it, and what is still to win."""

    first: date
    last: date
    quota: Money
    won: Money
    attainment: float | None = None
    """Won through quota; None for a quota of nothing."""


class Results(Frozen):
    """Part 1."""

    periods: tuple[PeriodResults, ...] = Field(min_length=3, max_length=3)
    team: str | None = None
    """Whose results stand beside the rep's; None where no team is known and everybody's do."""
    team_reps: int = Field(ge=0)
    """How many reps that is."""
    quotas: tuple[QuotaResult, ...] = ()
    """Those whose days take in the day of the 1-on-1."""
