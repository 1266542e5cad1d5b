"""The warnings: each figure worked by hand, at the edge from both sides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from coach.domain.one_on_one import (
    CustomerMove,
    Figures,
    MovedDeal,
    Movements,
    PeriodResults,
    QuotaResult,
    Results,
    StageMove,
)
from coach.domain.opportunity import DealState, Opportunity
from coach.pipeline.warning import warnings
from tests.pipeline.made import TODAY, day, deal, eur, moved

STILL = Movements(known=False)


def results(
    rep: tuple[int, int] = (9, 20), team: tuple[int, int] = (90, 110), quotas: tuple[QuotaResult, ...] = ()
) -> Results:
    """Wins and losses of the year to date, of the rep and of the team."""
    spans = (
        ("year_to_date", date(2026, 1, 1), TODAY),
        ("previous_quarter", date(2026, 7, 1), date(2026, 9, 30)),
        ("previous_month", date(2026, 10, 1), date(2026, 10, 31)),
    )
    periods = tuple(
        PeriodResults(
            period=period,
            first=first,
            last=last,
            rep=Figures(wins=rep[0], losses=rep[1]),
            team=Figures(wins=team[0], losses=team[1]),
        )
        for period, first, last in spans
    )
    return Results(periods=periods, team_reps=5, quotas=quotas)


def quota(amount: str | int | None, won: int, currency: str = "EUR", last: date = date(2026, 12, 31)) -> QuotaResult:
    first = date(2026, 10, 1)
    return QuotaResult(first=first, last=last, quota=eur(amount, currency), won=eur(won, currency))


def texts(
    now: Sequence[Opportunity], result: Results, movements: Movements = STILL, snapshot: date | None = TODAY
) -> list[str]:
    return [one.text for one in warnings(now, result, movements, TODAY, snapshot)]


NEEDED = (quota(300_000, 180_000),)


def test_a_thin_pipeline_is_said_with_its_figures() -> None:
    found = warnings([deal("1", 31, 150_000), deal("2", 1, 50_000)], results(quotas=NEEDED), STILL, TODAY, TODAY)

    # 200,000 x 9 / 29 is 62,068.97, and that over 120,000 is 51.7 %.
    assert ["thin_pipeline"] == [one.code for one in found]
    assert (
        "Still to win by 31 December: EUR 120,000. Open by then: EUR 200,000; at the rep's own win rate of 31 % "
        "(9 of 29) that is EUR 62,069, 51 % of what is needed."
    ) == found[0].text


@pytest.mark.parametrize(("amount", "expected"), [(400, 0), (399, 1)])
def test_a_pipeline_that_just_does_is_not_thin(amount: str | int | None, expected: int) -> None:
    # At 1 in 4, 400 is worth the 100 that are needed, and 399 is not.
    found = texts([deal("1", 1, amount)], results(rep=(2, 6), quotas=(quota(100, 0),)))

    assert expected == len(found)


def test_a_share_that_falls_short_is_never_rounded_to_all() -> None:
    assert "99 % of what is needed" in texts([deal("1", 1, "399")], results(rep=(2, 6), quotas=(quota(100, 0),)))[0]


def test_with_fewer_than_five_closed_the_teams_rate_counts_and_that_is_said() -> None:
    (text,) = texts([deal("1", 1, 1000)], results(rep=(4, 0), team=(20, 30), quotas=(quota(1000, 0),)))

    assert (
        "Still to win by 31 December: EUR 1,000. Open by then: EUR 1,000; at the team's win rate of 40 % (20 of 50), "
        "since the rep has closed only 4 this year, that is EUR 400, 40 % of what is needed."
    ) == text
    assert [] == texts([deal("1", 1, 1000)], results(rep=(5, 0), team=(20, 30), quotas=(quota(1000, 0),)))


def test_where_no_win_rate_is_known_all_of_it_must_do() -> None:
    few = results(rep=(0, 0), team=(2, 2), quotas=(quota(1000, 0),))

    assert [] == texts([deal("1", 1, 1000)], few)
    assert [
        "Still to win by 31 December: EUR 1,000. Open by then: EUR 250, 25 % of what is needed even if all of it is "
        "won; too few have closed for a win rate."
    ] == texts([deal("1", 1, 250)], few)


def test_what_cannot_be_counted_is_said() -> None:
    now = [
        deal("1", 1, None),
        deal("2", 1, 500_000, currency="USD"),
        deal("3", None, 500_000),
        deal("4", 32, 500_000),
        deal("5", 1, 500_000, state=DealState.LOST),
    ]

    # The fourth closes on 1 January.
    assert [
        "Still to win by 31 December: EUR 120,000. Open by then: nothing. Not counted: 2 open deals without an amount "
        "in this currency and 1 open deal without a close date."
    ] == texts(now, results(quotas=NEEDED))


@pytest.mark.parametrize(("close", "expected"), [(date(2026, 10, 1), 0), (date(2026, 9, 30), 1)])
def test_an_open_deal_whose_day_went_by_in_the_quotas_days_counts(close: date, expected: int) -> None:
    now = [deal("1", None, 1_000_000, close_date=close)]

    assert expected == len(texts(now, results(quotas=NEEDED)))


def test_a_quota_that_is_reached_needs_no_pipeline() -> None:
    assert [] == texts([], results(quotas=(quota(100, 100), quota(100, 250))))


def test_each_quota_is_held_against_its_own_days_and_the_nearest_comes_first() -> None:
    year = quota(90_000, 0, last=date(2027, 3, 31))

    found = texts([deal("1", 60, 10)], results(quotas=(year, quota(50_000, 0))))

    assert [
        "Still to win by 31 December: EUR 50,000. Open by then: nothing.",
        "Still to win by 31 March 2027: EUR 90,000. Open by then: EUR 10; at the rep's own win rate of 31 % (9 of 29) "
        "that is EUR 3, 0 % of what is needed.",
    ] == found


def test_without_a_quota_only_an_empty_pipeline_is_warned_of() -> None:
    assert [] == texts([deal("1", None, None)], results())
    assert ["There is no open deal at all. No target is known to hold the pipeline against."] == texts([], results())


def test_without_a_snapshot_nothing_is_known_to_hold() -> None:
    assert [] == texts([], results(quotas=NEEDED), snapshot=None)


def moves(*deals: MovedDeal) -> Movements:
    return Movements(known=True, deals=deals)


def test_half_of_three_or_more_open_deals_without_a_move_is_a_standing_pipeline() -> None:
    forward = moved("f", stage=StageMove.FORWARD)
    quiet = moved("q", customer=CustomerMove.NOTHING)

    assert [
        "2 of 4 open deals have not moved since the last review: the stage is the same, and nothing shows that the "
        "customer did anything. Of 1 of them no note was reviewed."
    ] == texts([deal("1", stage="Demo")], results(), moves(moved("1"), quiet, forward, forward))
    assert [] == texts([deal("1", stage="Demo")], results(), moves(moved("1"), quiet, forward, forward, forward))


def test_without_stages_nothing_shows_that_a_pipeline_stands() -> None:
    assert [] == texts([deal("1")], results(), moves(moved("1"), moved("2"), moved("3")))


@pytest.mark.parametrize("last", [moved("w", stage=StageMove.WON), moved("l", stage=StageMove.LOST)])
def test_two_open_deals_are_too_few_to_stand(last: MovedDeal) -> None:
    assert [] == texts([deal("1", stage="Demo")], results(), moves(moved("1"), moved("2"), last))


@pytest.mark.parametrize("customer", [CustomerMove.ADVANCED, CustomerMove.STALLED, CustomerMove.BOTH])
def test_a_deal_in_which_the_customer_acted_does_not_stand(customer: CustomerMove) -> None:
    acted = [moved(record, customer=customer) for record in "123"]

    assert [] == texts([deal("1", stage="Demo")], results(), moves(*acted))


def test_where_movement_is_not_known_nothing_stands() -> None:
    unknown = Movements(known=False, deals=(moved("1"), moved("2"), moved("3")))

    assert [] == texts([deal("1")], results(), unknown)


def test_data_older_than_a_week_are_old() -> None:
    assert [] == texts([deal("1")], results(), snapshot=day(-7))
    assert ["The data are 8 days old: they stand as of 22 November."] == texts([deal("1")], results(), snapshot=day(-8))


def test_the_warnings_come_in_their_order() -> None:
    moved_none = moves(moved("1"), moved("2"), moved("3"))
    found = warnings([deal("1", None, 1, stage="Demo")], results(quotas=NEEDED), moved_none, TODAY, day(-19))

    assert ["thin_pipeline", "standing_pipeline", "old_snapshot"] == [one.code for one in found]
