"""A rep's odds against what came true: by hand, and the intervals on simulated reps."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from coach.domain.claims import MadeClaim
from coach.domain.one_on_one import Optimism
from coach.domain.opportunity import DealState
from coach.pipeline.ledger import read_ledger
from tests.pipeline.ledger.claims import AS_OF, DUE, MADE, both, claim, kept, missed

DAY = timedelta(days=1)


def _odds(claims: list[MadeClaim]) -> Optimism:
    return read_ledger("Ilse", claims, [], AS_OF).optimism


def _of(wins: int, losses: int, probability: float) -> Optimism:
    claims = [kept(f"k{n}", probability) for n in range(wins)] + [missed(f"m{n}", probability) for n in range(losses)]
    return _odds(claims)


def test_brier_and_bias_by_hand() -> None:
    # Won at 0.9 and 0.5, missed at 0.8 and, one deal, at 0.6: squares 0.01 + 0.25 + 0.64 + 0.36 = 1.26, through 4;
    # odds 2.8 less 2 that came true, through 4.
    odds = _odds([kept("a", 0.9), kept("b", 0.5), missed("c", 0.8), claim("c", made_on=MADE + DAY, probability=0.6)])
    assert (4, 3, True) == (odds.claims, odds.deals, odds.too_few)
    assert pytest.approx((0.315, 0.2)) == (odds.brier, odds.bias)
    assert (None,) * 5 == (odds.brier_low, odds.brier_high, odds.bias_low, odds.bias_high, odds.leaning)


def test_claims_without_odds_and_open_ones_are_left_out() -> None:
    odds = _odds([kept("a", 0.5), kept("b"), claim("c", close_date=AS_OF, probability=0.9)])
    assert (1, 1, 0.25, -0.5) == (odds.claims, odds.deals, odds.brier, odds.bias)


def test_without_settled_odds_there_is_nothing_but_zeros() -> None:
    odds = _odds([kept("a")])
    assert (0, 0, None, None, True, ()) == (
        odds.claims,
        odds.deals,
        odds.brier,
        odds.bias,
        odds.too_few,
        odds.curve,
    )


def test_odds_far_above_what_came_true_are_optimistic() -> None:
    # 5 of 20 at 0.8: 0.55 too high.
    odds = _of(5, 15, 0.8)
    assert pytest.approx(0.55) == odds.bias
    low, high = both(odds.bias_low, odds.bias_high)
    assert 0 < low < 0.55 < high
    assert "optimistic" == odds.leaning


def test_odds_far_below_what_came_true_are_sandbagging() -> None:
    # 15 of 20 at 0.2: 0.55 too low.
    odds = _of(15, 5, 0.2)
    assert pytest.approx(-0.55) == odds.bias
    low, high = both(odds.bias_low, odds.bias_high)
    assert low < -0.55 < high < 0
    assert "sandbagging" == odds.leaning


def test_odds_as_often_as_not_that_came_true_half_the_time_lean_neither_way() -> None:
    odds = _of(10, 10, 0.5)
    assert (0.25, 0.25, 0.25) == (odds.brier, odds.brier_low, odds.brier_high)
    assert 0 == odds.bias
    assert "neither" == odds.leaning


def test_nine_deals_show_no_leaning_however_far_off() -> None:
    assert (True, None) == (_of(0, 9, 1.0).too_few, _of(0, 9, 1.0).leaning)
    assert (False, "optimistic") == (_of(0, 10, 1.0).too_few, _of(0, 10, 1.0).leaning)


def test_ten_deals_at_nine_in_ten_that_were_all_won_prove_nothing() -> None:
    # Up to 1 - 0.025 ** (1 / 10) = 0.3085 of such deals may be lost without one among ten. The bias is then
    # -0.1 + 0.3085, the Brier score 0.01 + 0.3085 * (0.81 - 0.01).
    odds = _of(10, 0, 0.9)
    assert pytest.approx((-0.1, -0.1, 0.2085), abs=1e-4) == (odds.bias, odds.bias_low, odds.bias_high)
    assert pytest.approx((0.01, 0.01, 0.2568), abs=1e-4) == (odds.brier, odds.brier_low, odds.brier_high)
    assert "neither" == odds.leaning


def test_ten_deals_at_one_in_ten_that_were_all_missed_prove_nothing() -> None:
    odds = _of(0, 10, 0.1)
    assert pytest.approx((0.1, -0.2085, 0.1), abs=1e-4) == (odds.bias, odds.bias_low, odds.bias_high)
    assert "neither" == odds.leaning


def test_odds_that_were_certain_and_right_lean_neither_way() -> None:
    sure, sure_not = _of(10, 0, 1.0), _of(0, 10, 0.0)
    assert (0.0, 0.0, "neither") == (sure.bias, sure.bias_low, sure.leaning)
    assert (0.0, 0.0, "neither") == (sure_not.bias, sure_not.bias_high, sure_not.leaning)


def test_the_curve_puts_an_edge_into_the_upper_bin_and_certainty_into_the_last() -> None:
    # In [0.6, 0.8) odds of 0.6 and 0.7 with one of two won; in [0.8, 1] of 0.8 and 1.0 with both.
    odds = _odds([kept("a", 0.6), missed("b", 0.7), kept("c", 0.8), kept("d", 1.0), missed("e", 0.0)])
    assert [(0.0, 0.2, 0.0, 0, 1), (0.6, 0.8, 0.65, 1, 2), (0.8, 1.0, 0.9, 2, 2)] == [
        (one.low, one.high, pytest.approx(one.stated), one.hits.true, one.hits.of) for one in odds.curve
    ]


def test_the_curve_counts_a_deal_once_in_a_bin() -> None:
    claims = [claim("a", made_on=MADE + n * DAY, probability=0.9 - n / 100) for n in range(5)]
    (only,) = _odds(claims).curve
    assert (0.9, 0, 1) == (only.stated, only.hits.true, only.hits.of)


@pytest.mark.parametrize(("days", "early"), [(30, 0), (31, 1)])
def test_won_early_is_more_than_thirty_days_before_the_day_first_claimed(days: int, early: int) -> None:
    won = {"outcome": DealState.WON, "closed_on": DUE - days * DAY}
    # The day was brought forward later, which changes nothing.
    claims = [claim("a", **won), claim("a", made_on=MADE + DAY, close_date=DUE - days * DAY, **won)]
    assert early == _odds(claims).won_early


def test_a_deal_lost_early_or_won_later_than_the_day_of_reading_was_not_won_early() -> None:
    lost = claim("a", outcome=DealState.LOST, closed_on=DUE - 40 * DAY)
    later = claim("b", close_date=AS_OF + 90 * DAY, outcome=DealState.WON, closed_on=AS_OF + DAY)
    assert 0 == _odds([lost, later]).won_early


def _simulated(rng: random.Random, shift: float) -> list[MadeClaim]:
    """Thirty deals of one to four claims, whose odds are too high by `shift`."""
    claims = []
    for number in range(30):
        chance = rng.uniform(0.1, 0.7)
        make = kept if rng.random() < chance else missed
        claims += [make(str(number), chance + shift)] * rng.randint(1, 4)
    return claims


def test_the_interval_of_the_bias_holds_the_true_one_for_nearly_all_of_two_hundred_reps() -> None:
    rng = random.Random(1)  # noqa: S311  statistics, not secrets
    held = 0
    for _ in range(200):
        odds = _odds(_simulated(rng, 0.2))
        low, high = both(odds.bias_low, odds.bias_high)
        held += low <= 0.2 <= high
    assert 180 <= held <= 198


def test_reps_with_honest_odds_on_few_sure_deals_are_seldom_said_to_lean() -> None:
    # Drawn again without regard to what ten deals cannot show, 36 % of them would be.
    rng = random.Random(2)  # noqa: S311  statistics, not secrets
    leaning = sum("neither" != _of(wins, 10 - wins, 0.9).leaning for wins in _won(rng, 200))
    assert leaning <= 20


def _won(rng: random.Random, reps: int) -> list[int]:
    return [sum(rng.random() < 0.9 for _ in range(10)) for _ in range(reps)]


def test_the_interval_of_the_brier_score_holds_the_true_one_for_nearly_all_of_two_hundred_reps() -> None:
    # At 0.7, true at 0.7, the Brier score is 0.7 * 0.09 + 0.3 * 0.49 = 0.21.
    rng = random.Random(3)  # noqa: S311  statistics, not secrets
    held = 0
    for _ in range(200):
        wins = sum(rng.random() < 0.7 for _ in range(30))
        odds = _of(wins, 30 - wins, 0.7)
        low, high = both(odds.brier_low, odds.brier_high)
        held += low <= 0.21 <= high
    assert 180 <= held <= 198
