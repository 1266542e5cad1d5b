"""Parts 2 and 3 by hand: what is new, and for each rule of movement a deal that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from coach.domain.evidence import Direction, Kind
from coach.domain.money import Money
from coach.domain.one_on_one import BuyerAct, CustomerMove, MovedDeal, Movements, NewDeals, Slip, StageMove
from coach.domain.opportunity import DealState, Opportunity
from coach.pipeline.movement import movements, new_deals, slip, stage_move
from tests.pipeline.pipelines import Key, act, deal, won

SINCE = date(2026, 6, 15)
THEN, NOW = date(2026, 6, 14), date(2026, 7, 14)
MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


def moved(
    *pairs: tuple[Opportunity, Opportunity],
    acts: dict[Key, Sequence[BuyerAct] | None] | None = None,
    history: dict[Key, Sequence[Opportunity]] | None = None,
) -> Movements:
    """Movement from the first to the second of each pair."""
    before = {then.key: then for then, _ in pairs}
    return movements([now for _, now in pairs], before, history or {}, SINCE, acts or {})


def pair(record: str, then: dict[str, Any], now: dict[str, Any], **both: Any) -> tuple[Opportunity, Opportunity]:
    return deal(record, as_of=THEN, **both, **then), deal(record, as_of=NOW, **both, **now)


@pytest.mark.parametrize(("created_on", "new"), [(date(2026, 6, 14), 0), (SINCE, 0), (date(2026, 6, 16), 1)])
def test_new_is_what_was_created_after_the_day_of_the_last_review(created_on: date, new: int) -> None:
    assert new == new_deals([deal(created_on=created_on)], SINCE, None).count


def test_the_day_of_creation_decides_before_the_snapshot_does() -> None:
    before = {("hubspot", "there"): deal("there")}
    now = [deal("there", created_on=date(2026, 6, 16)), deal("absent", created_on=date(2026, 6, 1))]
    assert ["there"] == [one.record for one in new_deals(now, SINCE, before).deals]


def test_without_a_day_of_creation_new_is_what_the_last_snapshot_does_not_have() -> None:
    now = [deal("there"), deal("absent")]
    assert ["absent"] == [one.record for one in new_deals(now, SINCE, {("hubspot", "there"): deal("there")}).deals]
    assert NewDeals() == new_deals(now, SINCE, None)
    assert ["absent", "there"] == sorted(one.record for one in new_deals(now, SINCE, {}).deals)


def test_new_deals_are_counted_open_won_or_lost_and_the_largest_comes_first() -> None:
    day = date(2026, 7, 1)
    now = [
        won("small", day, "10", created_on=day),
        deal("unknown", created_on=day),
        deal("large", created_on=day, amount=Decimal(30), currency="EUR", state=DealState.LOST),
        deal("dollars", created_on=day, amount=Decimal(99), currency="USD"),
    ]
    found = new_deals(now, SINCE, None)
    assert ["large", "small", "dollars", "unknown"] == [one.record for one in found.deals]
    assert [DealState.LOST, DealState.WON, DealState.OPEN, DealState.OPEN] == [one.state for one in found.deals]
    euros, dollars = Money(amount=Decimal(40), currency="EUR"), Money(amount=Decimal(99), currency="USD")
    assert (4, (euros, dollars), 1) == (found.count, found.amounts, found.without_amount)


@pytest.mark.parametrize(
    ("then", "now", "move"),
    [
        ({"stage_rank": 1}, {"stage_rank": 2}, StageMove.FORWARD),
        ({"stage_rank": 2}, {"stage_rank": 0}, StageMove.BACK),
        ({"stage_rank": 0, "stage": "Demo"}, {"stage_rank": 0, "stage": "Show"}, StageMove.STILL),
        ({"stage_rank": 1, "stage": "Demo"}, {"stage": "Offer"}, StageMove.CHANGED),
        ({"stage": "Demo"}, {"stage": " DEMO"}, StageMove.STILL),
        ({"stage": "Demo"}, {}, StageMove.CHANGED),
        ({}, {}, StageMove.STILL),
        ({"stage_rank": 2}, {"stage_rank": 1, "state": DealState.WON}, StageMove.WON),
        ({"stage_rank": 1}, {"stage_rank": 2, "state": DealState.LOST}, StageMove.LOST),
    ],
)
def test_a_stage_moves_by_its_rank_or_else_by_its_name(
    then: dict[str, Any], now: dict[str, Any], move: StageMove
) -> None:
    assert move is stage_move(deal(**then), deal(**now))


def test_only_what_was_open_at_the_last_review_is_pre_existing() -> None:
    found = moved(
        pair("open", {}, {"state": DealState.LOST}),
        pair("won", {"state": DealState.WON}, {"state": DealState.WON}),
        pair("again", {"state": DealState.LOST}, {}),
    )
    assert ["open"] == [one.deal.record for one in found.deals]
    assert (True, 1, 0) == (found.known, found.lost, found.won)
    newer = movements([deal("newer")], {("hubspot", "open"): deal("open")}, {}, SINCE, {})
    assert Movements(known=True) == newer


def test_without_a_snapshot_of_the_last_review_movement_is_not_known() -> None:
    assert Movements(known=False) == movements([deal()], None, {}, SINCE, {})


def test_a_snapshot_without_a_deal_of_the_reps_shows_that_nothing_was_there_to_move() -> None:
    assert Movements(known=True) == movements([deal()], {}, {}, SINCE, {})


def track(*snapshots: tuple[date, date | None] | tuple[date, date | None, DealState]) -> list[Opportunity]:
    """Snapshots of one deal: the day, its close date, and its state where it is not open."""
    return [
        deal(as_of=day, close_date=closes, state=state[0] if state else DealState.OPEN)
        for day, closes, *state in snapshots
    ]


@pytest.mark.parametrize(
    ("history", "times", "days"),
    [
        (track((MARCH, APRIL)), 0, 0),
        (track((MARCH, APRIL), (APRIL, MAY)), 1, 30),
        (track((MARCH, APRIL), (APRIL, APRIL)), 0, 0),
        # Pulled forward by 31 days and pushed by 61: the pull is not taken off.
        (track((MARCH, APRIL), (APRIL, MARCH), (MAY, MAY)), 1, 61),
        (track((MARCH, MARCH), (APRIL, APRIL), (MAY, MAY)), 2, 61),
        # A snapshot without a close date says nothing of it.
        (track((MARCH, APRIL), (APRIL, None), (MAY, MAY)), 1, 30),
        (track((MARCH, None), (APRIL, MAY)), 0, 0),
        # The day that a deal was won on is no push, nor is the close date of a row that is won or lost.
        (track((MARCH, APRIL), (MAY, MAY, DealState.WON)), 0, 0),
        # Opened anew: nothing was promised in between.
        (track((MARCH, MARCH), (APRIL, APRIL, DealState.LOST), (MAY, MAY)), 0, 0),
        ([], 0, 0),
    ],
)
def test_a_push_is_a_close_date_moved_to_a_later_day_while_the_deal_is_open(
    history: list[Opportunity], times: int, days: int
) -> None:
    assert Slip(times=0, days=0, times_ever=times, days_ever=days) == slip(history, SINCE)


def test_pushes_since_the_last_review_are_those_that_a_later_snapshot_shows_first() -> None:
    history = track((MARCH, MARCH), (APRIL, APRIL), (SINCE, MAY), (date(2026, 6, 16), date(2026, 5, 11)))
    # 31 and 30 days up to the review's own day, 10 after it.
    assert Slip(times=1, days=10, times_ever=3, days_ever=71) == slip(history, SINCE)


def test_without_a_history_the_two_snapshots_are_one() -> None:
    found = moved(pair("1", {"close_date": APRIL}, {"close_date": MAY}))
    assert (1, Slip(times=1, days=30, times_ever=1, days_ever=30)) == (found.slipped, found.deals[0].slip)


STALL = {"direction": Direction.STALLS}


@pytest.mark.parametrize(
    ("acts", "move"),
    [
        (None, CustomerMove.NO_NOTE),
        ([], CustomerMove.NOTHING),
        ([act(NOW)], CustomerMove.ADVANCED),
        ([act(NOW, grade=4)], CustomerMove.ADVANCED),
        ([act(NOW, **STALL)], CustomerMove.STALLED),
        ([act(NOW, **STALL), act(NOW)], CustomerMove.BOTH),
        ([act(NOW, kind=Kind.BUYER_COMMITMENT, grade=2)], CustomerMove.ADVANCED),
        ([act(NOW, kind=Kind.BUYER_COMMITMENT, grade=3, **STALL)], CustomerMove.STALLED),
        ([act(NOW, kind=Kind.BUYER_STATEMENT, grade=2)], CustomerMove.NOTHING),
        ([act(NOW, kind=Kind.SELLER_ACTION, grade=1)], CustomerMove.NOTHING),
        ([act(NOW, grade=2, direction=Direction.NEUTRAL)], CustomerMove.NOTHING),
        ([act(SINCE)], CustomerMove.NOTHING),
        ([act(date(2026, 6, 16))], CustomerMove.ADVANCED),
        # Written after the review of something before it.
        ([act(NOW, on=SINCE)], CustomerMove.NOTHING),
        # Written before it of a day after it.
        ([act(THEN, on=NOW)], CustomerMove.NOTHING),
    ],
)
def test_the_customer_moves_a_deal_by_acts_and_promises_after_the_last_review(
    acts: list[BuyerAct] | None, move: CustomerMove
) -> None:
    found = moved(pair("1", {}, {}), acts={("hubspot", "1"): acts})
    assert move is found.deals[0].customer
    assert (
        move in {CustomerMove.ADVANCED, CustomerMove.BOTH},
        move in {CustomerMove.STALLED, CustomerMove.BOTH},
        move is CustomerMove.NO_NOTE,
    ) == (found.customer_advanced, found.customer_stalled, found.no_note)


def test_the_acts_shown_are_the_customers_since_the_review_the_strongest_first_then_the_latest() -> None:
    acts = [
        act(date(2026, 6, 20), quote="old act"),
        act(date(2026, 7, 2), quote="said", kind=Kind.BUYER_STATEMENT, grade=2),
        act(date(2026, 7, 1), quote="new act"),
        act(SINCE, quote="before"),
        act(date(2026, 7, 3), quote="ours", kind=Kind.SELLER_ACTION, grade=1),
    ]
    found = moved(pair("1", {}, {}), acts={("hubspot", "1"): acts})
    assert ["new act", "old act", "said"] == [one.quote for one in found.deals[0].acts]


def test_a_deal_that_moved_on_and_slipped_counts_in_both_and_says_where_it_comes_from() -> None:
    found = moved(
        pair(
            "1",
            {"stage": "Demo", "stage_rank": 0, "close_date": APRIL},
            {"stage": "Offer", "stage_rank": 1, "close_date": MAY},
        )
    )
    assert (1, 1, 0) == (found.forward, found.slipped, found.still)
    only = found.deals[0]
    assert ("Demo", "Offer", APRIL, MAY) == (
        only.stage_before,
        only.deal.stage,
        only.close_date_before,
        only.deal.close_date,
    )


def euros(amount: int) -> dict[str, Any]:
    return {"amount": Decimal(amount), "currency": "EUR"}


def test_the_deals_with_the_most_to_talk_about_come_first() -> None:
    up, down = ({"stage_rank": 1}, {"stage_rank": 2}), ({"stage_rank": 2}, {"stage_rank": 1})
    later = {"close_date": APRIL}, {"close_date": MAY}
    found = moved(
        pair("won", {}, {"state": DealState.WON}, **euros(900)),
        pair("forward", *up, **euros(800)),
        pair("still", {}, {}, **euros(700)),
        pair("changed", {"stage": "Demo"}, {"stage": "Offer"}, **euros(750)),
        pair("held up", *up, **euros(3)),
        pair("slipped", *later, **euros(1)),
        pair("back", *down, **euros(2)),
        pair("back, no amount", *down),
        acts={("hubspot", "held up"): [act(NOW, **STALL)]},
    )
    assert ["held up", "back", "slipped", "back, no amount", "changed", "still", "forward", "won"] == [
        one.deal.record for one in found.deals
    ]


def only(found: Movements) -> MovedDeal:
    assert 1 == len(found.deals)
    return found.deals[0]


def test_a_deal_that_slipped_is_asked_about_with_all_its_pushes() -> None:
    then, now = pair("1", {"close_date": APRIL}, {"close_date": MAY})
    first = deal("1", as_of=date(2026, 5, 1), close_date=MARCH)
    asked = only(moved((then, now), history={now.key: [first, then, now]})).question
    assert (
        "The close date has moved twice, by 61 days in all. What has the customer said that fits the new one?" == asked
    )


def test_a_deal_that_is_won_or_lost_is_not_asked_about() -> None:
    ended = moved(pair("1", {}, {"state": DealState.WON}), pair("2", {}, {"state": DealState.LOST}))
    assert [None, None] == [one.question for one in ended.deals]
    assert only(moved(pair("1", {}, {}))).question
