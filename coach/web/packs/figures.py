"""Part 1 and the counts of part 3 as rows of words, the same in every face.

Rule: the rep's figure stands first and the team's as a whole beside it, for each of the three periods.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from coach.domain.one_on_one import Figures, Movements, Results
from coach.web.packs.amounts import counted, days, interval, monies, percent

PERIODS = {"year_to_date": "Year to date", "previous_quarter": "Previous quarter", "previous_month": "Previous month"}


class Row(NamedTuple):
    """A figure over the three periods."""

    name: str
    cells: tuple[str, ...]
    """Of each period the rep's and the team's, six in all."""


class Count(NamedTuple):
    """How many of the old opportunities did something."""

    name: str
    number: int


def team_name(results: Results) -> str:
    """Whose results stand beside the rep's: `Team North (7 reps)`, `Everybody (35 reps)`."""
    return f"{results.team or 'Everybody'} ({counted(results.team_reps, 'rep')})"


def result_rows(results: Results) -> Iterator[Row]:
    """The figures, row by row."""
    for name, said in _FIGURES.items():
        yield Row(name, tuple(said(who) for one in results.periods for who in (one.rep, one.team)))


def without_amount(results: Results) -> str:
    """What revenue and average deal leave out; nothing where they are whole."""
    said = [
        f"{PERIODS[one.period].lower()} {who} {counted(figures.wins_without_amount, 'win')}"
        for one in results.periods
        for who, figures in (("rep", one.rep), ("team", one.team))
        if figures.wins_without_amount
    ]
    return f"Without a known amount, so in neither revenue nor average deal: {', '.join(said)}." if said else ""


def movement_counts(moves: Movements) -> tuple[Count, ...]:
    """By stage: what became of the opportunities that were open at the last review.

    How many changed to a stage whose place is not known is said only where some did.
    """
    counts = (
        Count("moved forward", moves.forward),
        Count("stood still", moves.still),
        Count("went back", moves.back),
        Count("changed stage", moves.changed),
        Count("won", moves.won),
        Count("lost", moves.lost),
        Count("slipped", moves.slipped),
    )
    return tuple(one for one in counts if one.number or one.name != "changed stage")


def customer_counts(moves: Movements) -> tuple[Count, ...]:
    """By what the customer did."""
    return (
        Count("customer moved it on", moves.customer_advanced),
        Count("customer stalled", moves.customer_stalled),
        Count("no note", moves.no_note),
    )


def _revenue(one: Figures) -> str:
    return monies(one.revenue) if one.wins else "nothing won"


def _win_rate(one: Figures) -> str:
    if one.win_rate is None:
        return "nothing closed"
    between = interval(one.win_rate_low, one.win_rate_high)
    return f"{percent(one.win_rate)} ({between})" if between else percent(one.win_rate)


def _cycle(one: Figures) -> str:
    of = f" ({one.cycle_of} of {one.wins})" if one.cycle_days is not None and one.cycle_of < one.wins else ""
    return days(one.cycle_days) + of


_FIGURES: dict[str, Callable[[Figures], str]] = {
    "Won revenue": _revenue,
    "Won, lost": lambda one: f"{one.wins:,}, {one.losses:,}",
    "Win rate (95 % interval)": _win_rate,
    "Sales cycle": _cycle,
    "Average deal": lambda one: monies(one.average_deal),
}
