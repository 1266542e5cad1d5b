"""Every number of the claim ledger but the drawn ones, against pandas on generated claims."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.claims import MadeClaim
from coach.domain.judgement import Verdict
from coach.domain.one_on_one import Frequency, Hits
from coach.domain.opportunity import DealState
from coach.pipeline.ledger import read_ledger
from tests.pipeline.ledger import oracle
from tests.pipeline.ledger.claims import both

AS_OF = date(2026, 3, 1)
_DAYS = st.integers(-60, 60).map(lambda days: AS_OF + timedelta(days=days))
_ODDS = st.none() | st.sampled_from([0.0, 0.1, 0.2, 0.4, 0.55, 0.6, 0.8, 0.9, 1.0]) | st.floats(0, 1)


@st.composite
def _claims(draw: st.DrawFn, fewest: int = 0) -> list[MadeClaim]:
    """Up to 30 deals with up to four claims each; the outcome is the deal's, the rest the claim's own."""
    claims = []
    for number in range(draw(st.integers(fewest, 30))):
        crm = ("hubspot", "pipedrive")[number % 2]
        outcome = draw(st.sampled_from(DealState))
        closed_on = draw(st.none() | _DAYS) if outcome is not DealState.OPEN else None
        days = draw(st.lists(st.tuples(_DAYS, _DAYS), min_size=1, max_size=4))
        for made_on, close_date in days:
            noted = draw(st.booleans())
            claims.append(
                MadeClaim(
                    crm=crm,
                    # Two CRMs use one id for two deals.
                    record=str(number // 2),
                    rep="Ilse Brandt",
                    made_on=made_on,
                    close_date=close_date,
                    probability=draw(_ODDS),
                    verdict=draw(st.sampled_from(Verdict)) if noted else None,
                    grade=draw(st.integers(0, 5)) if noted else None,
                    outcome=outcome,
                    closed_on=closed_on,
                )
            )
    return draw(st.permutations(claims))


def _near(expected: Any, actual: Any) -> None:
    assert pytest.approx(expected, abs=1e-9) == actual


def _near_each(expected: list[dict[str, Any]], actual: list[dict[str, Any]]) -> None:
    assert len(expected) == len(actual)
    for numbers, others in zip(expected, actual, strict=True):
        _near(numbers, others)


def _numbers(hits: Frequency) -> dict[str, Any]:
    return hits.model_dump()


def _check_groups(expected: dict[Any, dict[str, Any]], groups: tuple[Hits, ...], by: str) -> None:
    actual = {getattr(group, by): _numbers(group.hits) for group in groups}
    assert set(expected) == set(actual)
    assert all(group.without_note is (getattr(group, by) is None) for group in groups)
    for key, numbers in expected.items():
        _near(numbers, actual[key])


@given(_claims())
@settings(max_examples=250, deadline=None)
def test_every_count_share_and_interval_is_what_pandas_finds(claims: list[MadeClaim]) -> None:
    ledger = read_ledger("Ilse Brandt", claims, [], AS_OF)
    frame = oracle.table([asdict(one) for one in claims], AS_OF)
    assert (len(frame), int(frame["true"].notna().sum())) == (ledger.claims, ledger.settled)
    _near(oracle.frequency(frame), _numbers(ledger.all))
    _check_groups(oracle.grouped(frame, "verdict"), ledger.by_verdict, "verdict")
    _check_groups(oracle.grouped(frame, "grade"), ledger.by_grade, "grade")


@given(_claims())
@settings(max_examples=150, deadline=None)
def test_the_odds_and_the_curve_are_what_pandas_finds(claims: list[MadeClaim]) -> None:
    odds = read_ledger("Ilse Brandt", claims, [], AS_OF).optimism
    frame = oracle.table([asdict(one) for one in claims], AS_OF)
    expected = oracle.odds(frame)
    _near(expected, odds.model_dump(include=set(expected)))
    curve = oracle.curve(frame)
    _near_each(curve, [{"low": one.low, "stated": one.stated, **_numbers(one.hits)} for one in odds.curve])


@given(_claims(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_claims_changes_nothing(claims: list[MadeClaim], rng: Any) -> None:
    shuffled = list(claims)
    rng.shuffle(shuffled)
    assert read_ledger("Ilse Brandt", claims, [], AS_OF) == read_ledger("Ilse Brandt", shuffled, [], AS_OF)


@given(_claims(fewest=25))
@settings(max_examples=60, deadline=None)
def test_the_drawn_intervals_are_there_from_ten_deals_and_hold_the_means(claims: list[MadeClaim]) -> None:
    odds = read_ledger("Ilse Brandt", claims, [], AS_OF).optimism
    ends = (odds.brier_low, odds.brier_high, odds.bias_low, odds.bias_high, odds.leaning)
    if odds.too_few:
        assert (None,) * 5 == ends
        return
    brier, bias = both(odds.brier_low, odds.brier_high), both(odds.bias_low, odds.bias_high)
    assert sorted((*brier, odds.brier)) == pytest.approx([brier[0], odds.brier, brier[1]], abs=1e-8)
    assert sorted((*bias, odds.bias)) == pytest.approx([bias[0], odds.bias, bias[1]], abs=1e-8)


@given(st.lists(st.tuples(_DAYS, st.integers(0, 20), st.integers(0, 20)), max_size=40))
@settings(max_examples=100, deadline=None)
def test_shares_by_month_are_what_pandas_finds(notes: list[tuple[date, int, int]]) -> None:
    months = read_ledger("Ilse Brandt", [], notes, AS_OF).evidence
    _near_each(oracle.shares(notes, AS_OF), [month.model_dump() for month in months])
