"""Every number of parts 1 to 3 against an independent computation in pandas, on generated pipelines."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.domain.one_on_one import Figures
from coach.pipeline.movement import movements, new_deals
from coach.pipeline.periods import previous_month, previous_quarter, year_to_date
from coach.pipeline.results import charts, figures, results
from coach.pipeline.rows.dates import read_day
from tests.pipeline import oracle
from tests.pipeline.pipelines import Pipeline, exact, pipelines, won

REP = "Ana"
many = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def flat(found: Figures) -> dict[str, Any]:
    """Figures with money as fractions."""
    return {
        **{name: getattr(found, name) for name in Figures.model_fields},
        "revenue": exact(found.revenue),
        "average_deal": exact(found.average_deal),
    }


def approximate(expected: dict[str, Any]) -> dict[str, Any]:
    """Only what is a float may be off, by rounding."""
    return {
        name: pytest.approx(value, rel=1e-9, abs=1e-9) if isinstance(value, float) else value
        for name, value in expected.items()
    }


@settings(max_examples=400, deadline=None)
@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.integers(1, 12))
def test_the_three_periods_are_those_of_pandas(as_of: date, start: int) -> None:
    ours = [year_to_date(as_of, start), previous_quarter(as_of, start), previous_month(as_of)]
    assert oracle.periods(as_of, start) == ours


@settings(max_examples=200, deadline=None)
@given(
    st.dates(date(2023, 1, 1), date(2026, 12, 31)),
    st.sampled_from([-1, 0, 1]),
    st.sampled_from(
        ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Pacific/Kiritimati"]
    ),
)
def test_a_moment_near_midnight_counts_in_the_month_that_it_is_in_the_zone(day: date, seconds: int, zone: str) -> None:
    # The first second of the month there, the one before it, and the one after it, as a CRM writes them in UTC.
    turn = pd.Timestamp(day.year, day.month, 1, tz=zone)
    written = (turn + pd.Timedelta(seconds=seconds)).tz_convert("UTC")
    closed_on = read_day(written.strftime("%Y-%m-%dT%H:%M:%SZ"), None, ZoneInfo(zone), utc=True)
    assert isinstance(closed_on, date)
    month = pd.Period(turn.date(), freq="M")
    found = figures([won("1", closed_on, "1")], month.start_time.date(), month.end_time.date())
    assert int(written.tz_convert(zone).tz_localize(None).to_period("M") == month) == found.wins


@many
@given(pipelines())
def test_every_number_of_part_1_is_that_of_pandas(pipeline: Pipeline) -> None:
    now = list(pipeline.on(pipeline.as_of).values())
    table = oracle.latest(oracle.frame(asdict(row) for row in pipeline.rows), pipeline.as_of)
    mine = table[table["rep"] == REP]
    found = results(
        [one for one in now if one.rep == REP],
        now,
        as_of=pipeline.as_of,
        fiscal_year_start=pipeline.fiscal_year_start,
        quotas=pipeline.quotas,
        team_reps=3,
    )
    spans = oracle.periods(pipeline.as_of, pipeline.fiscal_year_start)
    assert spans == [(period.first, period.last) for period in found.periods]
    for period, (first, last) in zip(found.periods, spans, strict=True):
        assert approximate(oracle.figures(mine, first, last)) == flat(period.rep)
        assert approximate(oracle.figures(table, first, last)) == flat(period.team)
    wanted = [
        {"first": one.first, "last": one.last, "currency": one.currency, "amount": one.amount}
        for one in sorted(pipeline.quotas, key=lambda one: (one.first, one.last, one.currency or ""))
    ]
    assert [approximate(answer) for answer in oracle.quotas(mine, wanted, pipeline.as_of)] == [
        {
            "first": one.first,
            "last": one.last,
            "currency": one.quota.currency,
            "amount": one.quota.amount,
            "won": Fraction(one.won.amount),
            "attainment": one.attainment,
        }
        for one in found.quotas
    ]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pipelines())
def test_every_bar_is_that_of_pandas(pipeline: Pipeline) -> None:
    now = list(pipeline.on(pipeline.as_of).values())
    table = oracle.latest(oracle.frame(asdict(row) for row in pipeline.rows), pipeline.as_of)
    first, last = oracle.periods(pipeline.as_of, pipeline.fiscal_year_start)[0]
    rep = oracle.figures(table[table["rep"] == REP], first, last)
    team = oracle.figures(table, first, last)
    named = [*rep["revenue"], *team["revenue"]]
    currency = named[0][0] if named else None
    found = charts(
        results(
            [one for one in now if one.rep == REP],
            now,
            as_of=pipeline.as_of,
            fiscal_year_start=pipeline.fiscal_year_start,
            team_reps=3,
        )
    )

    def revenue(part: dict[str, Any]) -> float | None:
        if part["wins"] and part["wins"] == part["wins_without_amount"]:
            return None
        return float(dict(part["revenue"]).get(currency, 0))

    def average(part: dict[str, Any]) -> float | None:
        amount = dict(part["average_deal"]).get(currency)
        return None if amount is None else float(amount)

    shared, rates = revenue(team), [None if one["win_rate"] is None else one["win_rate"] * 100 for one in (rep, team)]
    expected = [
        (currency or "", revenue(rep), None if shared is None else shared / 3),
        ("%", *rates),
        ("days", rep["cycle_days"], team["cycle_days"]),
        (currency or "", average(rep), average(team)),
    ]
    assert [pytest.approx(bar) if None not in bar else bar for bar in map(numbers, expected)] == [
        (bar.rep, bar.team) for bar in found
    ]
    assert [unit for unit, *_ in expected] == [bar.unit for bar in found]


def numbers(bar: tuple[str, float | None, float | None]) -> tuple[float | None, float | None]:
    return bar[1], bar[2]


@many
@given(pipelines())
def test_every_number_of_parts_2_and_3_is_that_of_pandas(pipeline: Pipeline) -> None:
    now, before = pipeline.on(pipeline.as_of), pipeline.on(pipeline.since) or None
    table = oracle.frame(asdict(row) for row in pipeline.rows)

    added = new_deals(list(now.values()), pipeline.since, before)
    assert oracle.new_deals(table, pipeline.since, pipeline.as_of) == {
        "deals": [(one.crm, one.record) for one in added.deals],
        "count": added.count,
        "amounts": exact(added.amounts),
        "without_amount": added.without_amount,
    }

    moved = movements(list(now.values()), before, pipeline.history(), pipeline.since, dict(pipeline.acts))
    acts = [
        {"crm": crm, "record": record, **act.model_dump()}
        for (crm, record), listed in pipeline.acts.items()
        for act in listed
    ]
    expected = oracle.movements(table, acts, pipeline.acts, pipeline.since, pipeline.as_of)
    assert (expected is not None) == moved.known
    if expected is not None:
        deals = [
            (
                one.deal.crm,
                one.deal.record,
                one.stage.value,
                one.slip.times,
                one.slip.days,
                one.slip.times_ever,
                one.slip.days_ever,
                one.customer.value,
            )
            for one in moved.deals
        ]
        assert expected == {name: getattr(moved, name) for name in expected} | {"deals": deals}
