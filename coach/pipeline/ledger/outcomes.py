"""Which claims count on a day, and what is known of them then.

Rule: nothing from after that day is used: no claim made later, and no outcome that came later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from coach.domain.claims import MadeClaim
from coach.domain.opportunity import DealState


def known(claims: Iterable[MadeClaim], as_of: date) -> tuple[MadeClaim, ...]:
    """Give the claims made by a day, as they stood on it, the oldest first.

    A deal that closed after that day was open on it. A closed deal whose day of closing is unknown counts as closed.
    Of claims made on one day the one with the earlier close date comes first, then the one with the lower odds.
    """
    made = (_seen(claim, as_of) for claim in claims if claim.made_on <= as_of)
    return tuple(sorted(made, key=_order))


def deal(claim: MadeClaim) -> tuple[str, str]:
    """The opportunity that a claim is about."""
    return claim.crm, claim.record


def first_of_each_deal(claims: Sequence[MadeClaim]) -> tuple[MadeClaim, ...]:
    """Give the first claim of each deal.

    Args:
        claims: In the order of `known`.
    """
    firsts: dict[tuple[str, str], MadeClaim] = {}
    for claim in claims:
        firsts.setdefault(deal(claim), claim)
    return tuple(firsts.values())


def _order(claim: MadeClaim) -> tuple[date, date, float]:
    return claim.made_on, claim.close_date, claim.probability or 0.0


def _seen(claim: MadeClaim, as_of: date) -> MadeClaim:
    if claim.closed_on is not None and claim.closed_on > as_of:
        return replace(claim, outcome=DealState.OPEN, closed_on=None)
    return claim
