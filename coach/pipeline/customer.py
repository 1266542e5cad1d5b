"""What the customer did about a deal since the last review, and which way it moved the purchase.

Rule: an act or a promise of theirs moves it (codebook, section 1); what they only said does not, nor what we did.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from coach.domain.evidence import Centre, Direction, Kind
from coach.domain.one_on_one.deals import BuyerAct
from coach.domain.one_on_one.movement import CustomerMove

_ACT = 4
"""The least grade of an act that advances or stalls; a neutral one has less."""


def acts_since(acts: Sequence[BuyerAct] | None, since: date) -> tuple[BuyerAct, ...]:
    """What the customer did, promised or said after a day: the strongest first, then the latest, then by its words."""
    late = (act for act in acts or () if act.kind.centre is Centre.BUYER and act.day > since)
    return tuple(sorted(late, key=lambda act: (-act.grade, -act.day.toordinal(), act.quote)))


def customer_move(acts: Sequence[BuyerAct] | None, since: date) -> CustomerMove:
    """Say which way the customer moved the purchase after a day.

    Args:
        acts: What the notes have of the customer, of any time; None where no note was reviewed.
        since: The day of the last review.
    """
    if acts is None:
        return CustomerMove.NO_NOTE
    moved = {act.direction for act in acts_since(acts, since) if _moves(act)}
    if {Direction.ADVANCES, Direction.STALLS} <= moved:
        return CustomerMove.BOTH
    if Direction.ADVANCES in moved:
        return CustomerMove.ADVANCED
    return CustomerMove.STALLED if Direction.STALLS in moved else CustomerMove.NOTHING


def _moves(act: BuyerAct) -> bool:
    return act.kind is Kind.BUYER_COMMITMENT or (act.kind is Kind.BUYER_ACTION and act.grade >= _ACT)
