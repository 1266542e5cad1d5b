"""Thirty minutes for the five parts of the 1-on-1, more where more is at risk.

Rule: whole minutes that add up to thirty; each part keeps its floor, and a deal is talked about in one part only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction

from coach.domain.money import Money
from coach.domain.one_on_one.closing import ClosingDeal
from coach.domain.one_on_one.deals import DealLine
from coach.domain.one_on_one.movement import MovedDeal, Movements, NewDeals, StageMove
from coach.domain.one_on_one.pack import AgendaItem, ClosingDeals
from coach.pipeline.closing import counted_on
from coach.pipeline.closing_wording import TITLES

MINUTES = 30
FLOORS = (3, 2, 2, 2, 5)
"""What each part has at least; status has no more than that, since its figures can be read beforehand."""
MOST_NAMED = 3
"""Deals named for a part."""


def agenda(closing: ClosingDeals, movements: Movements, added: NewDeals) -> tuple[AgendaItem, ...]:
    """Share out thirty minutes: the floors of the five parts first, then the other sixteen.

    - New opportunities have their share by count: new ones among all that are to be talked about, at most a half.
    - Closing and pre-existing deals have the rest, by the value at risk. Of a closing deal that is `at_risk`. A
      pre-existing one is at risk where it is open and slipped, went back or stood still, or where the customer stalled
      it; its value is the amount times the rep's probability, or all of it where none is given. One that closes within
      30 days is talked about there.
    - Currencies are not added up: the two parts' shares are taken in each currency, and each currency counts by its
      deals. Deals without an amount are one more currency, in which each is worth 1. Where no deal has anything at
      risk, the parts share by count.
    - With nothing in those two parts, new opportunities have three quarters and next steps one; with no deals at all,
      a new hire's first month, they have a half each.

    Parts of a minute are rounded by largest remainder; of equals the earlier part gains.

    Args:
        closing: Part 4, whole: before anything is cut from it.
        movements: Part 3, whole.
        added: Part 2, whole.
    """
    closing_keys = {_key(one.deal) for one in closing.deals}
    moved = [one for one in movements.deals if _is_at_risk(one) and _key(one.deal) not in closing_keys]
    weights = _weights(closing.deals, moved, added.count)
    minutes = [floor + more for floor, more in zip(FLOORS, _rounded(weights, MINUTES - sum(FLOORS)), strict=True)]
    named = ((), added.deals, [one.deal for one in moved], [one.deal for one in closing.deals], ())
    return tuple(
        AgendaItem(part=part, title=title, minutes=share, deals=tuple(deal.name for deal in deals[:MOST_NAMED]))
        for part, (title, share, deals) in enumerate(zip(TITLES, minutes, named, strict=True), start=1)
    )


def _key(deal: DealLine) -> tuple[str, str]:
    return deal.crm, deal.record


def _is_at_risk(moved: MovedDeal) -> bool:
    if moved.stage.is_end:
        return False
    held_up = moved.stage in {StageMove.STILL, StageMove.BACK} or moved.slip.times > 0
    return held_up or moved.customer.holds_up


def _weights(closing: Sequence[ClosingDeal], moved: Sequence[MovedDeal], added: int) -> tuple[Fraction, ...]:
    """The five parts' shares of what is above the floors; they add up to 1."""
    nothing, half = Fraction(0), Fraction(1, 2)
    if not closing and not moved:
        new = Fraction(3, 4) if added else half
        return nothing, new, nothing, nothing, 1 - new
    new = min(Fraction(added, added + len(closing) + len(moved)), half)
    nearer = _share_at_risk([one.at_risk for one in closing], [counted_on(one.deal) for one in moved])
    return nothing, new, (1 - new) * (1 - nearer), (1 - new) * nearer, nothing


def _share_at_risk(closing: Sequence[Money | None], moved: Sequence[Money | None]) -> Fraction:
    """Part 4's share of the value at risk in parts 3 and 4, 0 to 1."""
    near, far = _values(closing), _values(moved)
    counts: defaultdict[tuple[str | None, bool], int] = defaultdict(int)
    for value in (*closing, *moved):
        counts[_unit(value)] += 1
    shares = [
        (near[unit] / (near[unit] + far[unit]), count) for unit, count in counts.items() if near[unit] + far[unit]
    ]
    if not shares:
        return Fraction(len(closing), len(closing) + len(moved))
    return sum((share * count for share, count in shares), Fraction(0)) / sum(count for _, count in shares)


def _unit(value: Money | None) -> tuple[str | None, bool]:
    """What a value is measured in: a currency, or deals; an amount may have no currency, too."""
    return (value.currency if value else None), value is not None


def _values(values: Iterable[Money | None]) -> defaultdict[tuple[str | None, bool], Fraction]:
    """The sum in each unit; an amount below 0 is no value at risk."""
    sums: defaultdict[tuple[str | None, bool], Fraction] = defaultdict(Fraction)
    for value in values:
        sums[_unit(value)] += max(Fraction(value.amount), Fraction(0)) if value else 1
    return sums


def _rounded(weights: Sequence[Fraction], minutes: int) -> list[int]:
    """Whole minutes by largest remainder, also called Hamilton's method."""
    exact = [weight * minutes for weight in weights]
    whole = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda part: (whole[part] - exact[part], part))
    for part in by_remainder[: minutes - sum(whole)]:
        whole[part] += 1
    return whole
