"""Parts 2 and 3 of the 1-on-1: what is new since the last review, and what became of the deals that were open then.

Rule: a deal is held against its own snapshots alone; without one of the last review nothing is said of movement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from coach.domain.one_on_one.deals import BuyerAct
from coach.domain.one_on_one.movement import CustomerMove, MovedDeal, Movements, NewDeals, Slip, StageMove
from coach.domain.opportunity import DealState, Opportunity, folded
from coach.pipeline.customer import acts_since, customer_move
from coach.pipeline.lines import line
from coach.pipeline.sums import amounts, largest_first, total
from coach.pipeline.wording import question

Key = tuple[str, str]
"""CRM and record: what makes it the same opportunity in another snapshot."""


def new_deals(now: Sequence[Opportunity], since: date, before: Mapping[Key, Opportunity] | None) -> NewDeals:
    """List what was created after the day of the last review, be it open, won or lost by now.

    Args:
        now: The latest snapshot of each of the rep's deals.
        since: The day of the last review; what was created that day is not new.
        before: How each deal stood on that day, whoever had it; None where there is no snapshot of then. It
            decides where the source does not say when a deal was created: one that was not there is new.

    Returns:
        All of them, in the order of `largest_first`.
    """
    new = largest_first(one for one in now if _is_new(one, since, before))
    known = amounts(new)
    return NewDeals(
        deals=tuple(line(one) for one in new),
        count=len(new),
        amounts=total(known),
        without_amount=len(new) - len(known),
    )


def movements(
    now: Sequence[Opportunity],
    before: Mapping[Key, Opportunity] | None,
    history: Mapping[Key, Sequence[Opportunity]],
    since: date,
    acts: Mapping[Key, Sequence[BuyerAct] | None],
) -> Movements:
    """Say what became of each deal that was open at the last review.

    Args:
        now: The latest snapshot of each of the rep's deals.
        before: How each deal stood at the last review, by the latest snapshot on or before `since`; None where
            there is none, and then movement is not known.
        history: All snapshots of each deal up to now, in order of day.
        since: The day of the last review.
        acts: What the notes have of the customer, for each deal; None, or no entry, where no note was reviewed.

    Returns:
        The deals with the most to talk about first. Open ones that slipped, went back or were held up by the customer;
        then those whose stage stood still or changed; then those that moved on; then won and lost ones. Among these
        by `largest_first`.
    """
    if before is None:
        return Movements(known=False)
    old = (one for one in now if one.key in before and before[one.key].state is DealState.OPEN)
    moved = [
        _moved(one, before[one.key], history.get(one.key) or (before[one.key], one), since, acts.get(one.key))
        for one in largest_first(old)
    ]
    moved.sort(key=_talk)
    stages = Counter(one.stage for one in moved)
    customers = Counter(one.customer for one in moved)
    return Movements(
        known=True,
        forward=stages[StageMove.FORWARD],
        still=stages[StageMove.STILL],
        back=stages[StageMove.BACK],
        changed=stages[StageMove.CHANGED],
        won=stages[StageMove.WON],
        lost=stages[StageMove.LOST],
        slipped=sum(one.slip.times > 0 for one in moved),
        customer_advanced=customers[CustomerMove.ADVANCED] + customers[CustomerMove.BOTH],
        customer_stalled=customers[CustomerMove.STALLED] + customers[CustomerMove.BOTH],
        no_note=customers[CustomerMove.NO_NOTE],
        deals=tuple(moved),
    )


def stage_move(before: Opportunity, now: Opportunity) -> StageMove:
    """Say what became of the stage: the end first, then the order of the stages, then their names.

    Names are the same in any case. Two unknown stages are the same: nothing shows that it moved.
    """
    if now.state is not DealState.OPEN:
        return StageMove.WON if now.state is DealState.WON else StageMove.LOST
    if before.stage_rank is not None and now.stage_rank is not None:
        if before.stage_rank == now.stage_rank:
            return StageMove.STILL
        return StageMove.FORWARD if now.stage_rank > before.stage_rank else StageMove.BACK
    return StageMove.STILL if folded(before.stage or "") == folded(now.stage or "") else StageMove.CHANGED


def slip(history: Sequence[Opportunity], since: date) -> Slip:
    """Count how often, and by how many days in all, a close date was pushed to a later day.

    A push is held against the close date last known before it, while the deal was open all along: a snapshot without
    one says nothing, and one that is won or lost ends the count until the deal is opened anew. Pulls to an earlier day
    are not taken off. A push counts on the day of the snapshot that first shows it.

    Args:
        history: All snapshots of the deal, in order of day.
        since: The day of the last review; pushes after it are counted by themselves, too.
    """
    every = list(pushes(history))
    late = [days for day, days in every if day > since]
    return Slip(times=len(late), days=sum(late), times_ever=len(every), days_ever=sum(days for _, days in every))


def pushes(history: Sequence[Opportunity]) -> Iterator[tuple[date, int]]:
    """The day and the length in days of each push of a close date to a later day, as `slip` counts them."""
    last: date | None = None
    for one in history:
        if one.state is not DealState.OPEN:
            last = None
        elif one.close_date is not None:
            if last is not None and one.close_date > last:
                yield one.as_of, (one.close_date - last).days
            last = one.close_date


def _is_new(one: Opportunity, since: date, before: Mapping[Key, Opportunity] | None) -> bool:
    if one.created_on is not None:
        return one.created_on > since
    return before is not None and one.key not in before


def _moved(
    now: Opportunity,
    before: Opportunity,
    history: Sequence[Opportunity],
    since: date,
    acts: Sequence[BuyerAct] | None,
) -> MovedDeal:
    stage, pushed, customer = stage_move(before, now), slip(history, since), customer_move(acts, since)
    return MovedDeal(
        deal=line(now),
        stage=stage,
        stage_before=before.stage,
        close_date_before=before.close_date,
        slip=pushed,
        customer=customer,
        acts=acts_since(acts, since),
        question=question(stage, pushed, customer),
    )


def _talk(moved: MovedDeal) -> int:
    """How early a deal is to be talked about; below is earlier."""
    if moved.stage.is_end:
        return 3
    if moved.slip.times or moved.stage is StageMove.BACK or moved.customer.holds_up:
        return 0
    return 2 if moved.stage is StageMove.FORWARD else 1
