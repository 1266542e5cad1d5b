"""Part 1 by hand: which deals count in a period, each figure, quotas, and the bars beside the team's."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from coach.domain.money import Money
from coach.domain.one_on_one import Charted, Figures, QuotaResult, Results
from coach.domain.opportunity import DealState, Opportunity, Quota
from coach.pipeline.results import charts, figures, results
from tests.pipeline.pipelines import deal, lost, won

FIRST, LAST = date(2026, 4, 1), date(2026, 6, 30)
AS_OF = date(2026, 7, 15)


def money(amount: str, currency: str | None = "EUR") -> Money:
    return Money(amount=Decimal(amount), currency=currency)


def part_1(rep: list[Opportunity], team: list[Opportunity] | None = None, *quotas: Quota, reps: int = 2) -> Results:
    return results(
        rep,
        rep if team is None else team,
        as_of=AS_OF,
        fiscal_year_start=1,
        quotas=quotas,
        team_name="North",
        team_reps=reps,
    )


def test_a_quarter_by_hand() -> None:
    deals = [
        won("1", date(2026, 4, 1), "100", created_on=date(2026, 3, 2)),  # 30 days
        won("2", date(2026, 6, 30), "50.01", created_on=date(2026, 6, 30)),  # 0 days
        won("3", date(2026, 5, 5), "900", "USD"),
        won("4", date(2026, 5, 5), created_on=date(2026, 4, 30)),  # 5 days, no amount
        lost("5", date(2026, 6, 30), amount=Decimal(7), currency="EUR"),
    ]
    expected = Figures(
        revenue=(money("150.01"), money("900", "USD")),
        wins=4,
        losses=1,
        wins_without_amount=1,
        win_rate=4 / 5,
        # Wilson by hand: z² = 3.841459; centre (4 + 1.920729) / 8.841459 = 0.669655; half width
        # 1.959964 / 8.841459 * sqrt(4 * 1 / 5 + 3.841459 / 4) = 0.221679 * 1.326787 = 0.294121.
        win_rate_low=0.375534,
        win_rate_high=0.963776,
        cycle_days=35 / 3,
        cycle_of=3,
        average_deal=(money("75.00"), money("900", "USD")),  # 75.005 to the even cent
    )
    found = figures(deals, FIRST, LAST)
    ends = {"win_rate_low", "win_rate_high"}
    assert expected.model_dump(exclude=ends) == found.model_dump(exclude=ends)
    assert pytest.approx((expected.win_rate_low, expected.win_rate_high), abs=1e-6) == (
        found.win_rate_low,
        found.win_rate_high,
    )


@pytest.mark.parametrize(
    ("closed_on", "wins"),
    [(date(2026, 3, 31), 0), (date(2026, 4, 1), 1), (date(2026, 6, 30), 1), (date(2026, 7, 1), 0)],
)
def test_both_ends_of_a_period_count(closed_on: date, wins: int) -> None:
    assert wins == figures([won("1", closed_on, "1")], FIRST, LAST).wins
    assert wins == figures([lost("1", closed_on)], FIRST, LAST).losses


def test_what_is_open_or_closed_on_an_unknown_day_counts_for_nothing() -> None:
    deals = [
        deal("1", closed_on=date(2026, 5, 5), amount=Decimal(5)),
        deal("2", state=DealState.WON, amount=Decimal(5)),
        deal("3", state=DealState.LOST),
    ]
    assert Figures(wins=0, losses=0) == figures(deals, FIRST, LAST)


def test_a_win_that_closed_before_it_was_created_is_left_out_of_the_cycle() -> None:
    deals = [
        won("1", date(2026, 5, 5), "1", created_on=date(2026, 5, 6)),
        won("2", date(2026, 5, 5), "1", created_on=date(2026, 5, 1)),
    ]
    found = figures(deals, FIRST, LAST)
    assert (2, 4.0, 1) == (found.wins, found.cycle_days, found.cycle_of)


def test_only_losses_give_a_rate_of_0_and_no_mean() -> None:
    found = figures([lost("1", date(2026, 5, 5), created_on=date(2026, 5, 1))], FIRST, LAST)
    assert (0.0, 0.0, None, 0, ()) == (
        found.win_rate,
        found.win_rate_low,
        found.cycle_days,
        found.cycle_of,
        found.average_deal,
    )


def test_a_rep_without_deals_has_counts_of_0_and_no_rates_beside_the_team() -> None:
    found = part_1([], [won("1", date(2026, 6, 1), "10")])
    assert [Figures(wins=0, losses=0)] * 3 == [period.rep for period in found.periods]
    assert [1, 1, 1] == [period.team.wins for period in found.periods]


def test_the_three_periods_are_named_and_in_order() -> None:
    found = part_1([])
    assert [
        ("year_to_date", date(2026, 1, 1), date(2026, 7, 15)),
        ("previous_quarter", date(2026, 4, 1), date(2026, 6, 30)),
        ("previous_month", date(2026, 6, 1), date(2026, 6, 30)),
    ] == [(period.period, period.first, period.last) for period in found.periods]
    assert ("North", 2) == (found.team, found.team_reps)


def test_what_closes_after_the_day_of_the_review_is_not_of_this_year_yet() -> None:
    deals = [won("1", date(2026, 7, 15), "1"), won("2", date(2026, 7, 16), "1")]
    assert 1 == part_1(deals).periods[0].rep.wins


def quota(first: date, last: date, amount: str = "100", currency: str | None = "EUR") -> Quota:
    return Quota(rep="Ana", first=first, last=last, amount=Decimal(amount), currency=currency)


def test_a_quota_is_answered_by_what_was_won_in_its_days_up_to_the_review_in_its_currency() -> None:
    deals = [
        won("before", date(2026, 6, 30), "1"),
        won("first", date(2026, 7, 1), "20"),
        won("today", date(2026, 7, 15), "5.50"),
        won("tomorrow", date(2026, 7, 16), "7"),
        won("dollars", date(2026, 7, 2), "900", "USD"),
        won("nameless", date(2026, 7, 2), "800", None),
        won("unknown", date(2026, 7, 2)),
        lost("lost", date(2026, 7, 2), amount=Decimal(3), currency="EUR"),
    ]
    july = quota(date(2026, 7, 1), date(2026, 7, 31))
    nameless = quota(date(2026, 7, 1), date(2026, 7, 31), "1600", None)
    assert (
        QuotaResult(first=july.first, last=july.last, quota=money("100"), won=money("25.50"), attainment=0.255),
        QuotaResult(
            first=july.first, last=july.last, quota=money("1600", None), won=money("800", None), attainment=0.5
        ),
    ) == tuple(sorted(part_1(deals, None, july, nameless).quotas, key=lambda one: one.quota.amount))


@pytest.mark.parametrize(
    ("first", "last", "answered"),
    [
        (date(2026, 7, 15), date(2026, 7, 31), True),
        (date(2026, 7, 1), date(2026, 7, 15), True),
        (date(2026, 7, 16), date(2026, 7, 31), False),
        (date(2026, 7, 1), date(2026, 7, 14), False),
    ],
)
def test_a_quota_is_answered_when_its_days_take_in_the_review(first: date, last: date, answered: bool) -> None:
    assert answered == bool(part_1([], None, quota(first, last)).quotas)


def test_of_a_quota_nothing_may_be_won_and_a_quota_of_nothing_has_no_attainment() -> None:
    year = date(2026, 1, 1), date(2026, 12, 31)
    month = date(2026, 7, 1), date(2026, 7, 31)
    found = part_1([], None, quota(*month, "0"), quota(*year))
    assert [(money("0"), 0.0), (money("0"), None)] == [(one.won, one.attainment) for one in found.quotas]


def test_the_bars_hold_the_rep_against_the_average_rep_of_the_team() -> None:
    rep = [
        won("1", date(2026, 2, 1), "100", created_on=date(2026, 1, 1)),  # 31 days
        lost("2", date(2026, 2, 1)),
    ]
    others = [
        won("3", date(2026, 2, 1), "50", created_on=date(2026, 1, 22)),  # 10 days
        won("4", date(2026, 2, 1), "60"),
        won("5", date(2026, 2, 1), "1", "USD"),
    ]
    assert (
        # (100 + 50 + 60) / 4 reps; 4 of 5 won; (31 + 10) / 2 days; (100 + 50 + 60) / 3 deals.
        Charted(label="Won, year to date", unit="EUR", rep=100.0, team=52.5),
        Charted(label="Win rate", unit="%", rep=50.0, team=80.0),
        Charted(label="Days from creation to winning", unit="days", rep=31.0, team=20.5),
        Charted(label="Average deal", unit="EUR", rep=100.0, team=70.0),
    ) == charts(part_1(rep, [*rep, *others], reps=4))


def test_a_rep_who_won_nothing_is_held_against_the_team_in_its_commonest_currency() -> None:
    team = [won("1", date(2026, 2, 1), "10", "USD"), won("2", date(2026, 2, 1), "20", "USD")]
    assert [("USD", 0.0, 15.0), ("%", None, 100.0), ("days", None, None), ("USD", None, 15.0)] == [
        (bar.unit, bar.rep, bar.team) for bar in charts(part_1([], team))
    ]


def test_the_bars_are_in_the_currency_that_the_rep_sells_in() -> None:
    rep = [won("1", date(2026, 2, 1), "10", "GBP")]
    team = [*rep, won("2", date(2026, 2, 1), "20"), won("3", date(2026, 2, 1), "20")]
    revenue = charts(part_1(rep, team))[0]
    assert ("GBP", 10.0, 5.0) == (revenue.unit, revenue.rep, revenue.team)


def test_won_without_a_known_amount_is_not_won_for_nothing() -> None:
    found = charts(part_1([won("1", date(2026, 2, 1))]))
    assert [("", None, None), ("", None, None)] == [(bar.unit, bar.rep, bar.team) for bar in (found[0], found[3])]


def test_without_reps_there_is_no_average_rep() -> None:
    assert None is charts(part_1([], [], reps=0))[0].team
