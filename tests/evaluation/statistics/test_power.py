"""Power against every outcome summed by scipy, and against a table of simulations."""

from __future__ import annotations

import pytest
from scipy.stats import multinomial

from coach.evaluation.statistics import cluster_mcnemar, smallest_detectable_drop
from coach.evaluation.statistics.power import _thresholds, detection_power


def mcnemar(worse: int, better: int) -> float:
    return cluster_mcnemar([1] * worse + [-1] * better)


@pytest.mark.parametrize("alpha", [0.05, 0.01, 0.2, 0.5, 2**-5])
def test_a_threshold_is_the_fewest_worse_cases_that_fire(alpha: float) -> None:
    for turned, threshold in enumerate(_thresholds(80, alpha)):
        assert threshold > turned or mcnemar(threshold, turned - threshold) <= alpha
        assert mcnemar(threshold - 1, turned - threshold + 1) > alpha


@pytest.mark.parametrize(
    ("n", "drop", "noise", "alpha"),
    [
        (1, 0.5, 0.1, 0.05),
        (8, 0.3, 0.05, 0.05),
        (30, 0.1, 0.03, 0.05),
        (30, 0.0, 0.2, 0.05),
        (60, 0.15, 0.0, 0.01),
        (25, 0.4, 0.3, 0.2),
    ],
)
def test_power_is_the_sum_over_every_outcome(n: int, drop: float, noise: float, alpha: float) -> None:
    outcomes = [(worse, better) for worse in range(n + 1) for better in range(n + 1 - worse)]
    shares = [noise + drop, noise, 1 - 2 * noise - drop]
    expected = sum(
        multinomial.pmf([worse, better, n - worse - better], n, shares)
        for worse, better in outcomes
        if mcnemar(worse, better) <= alpha
    )
    assert expected == pytest.approx(detection_power(n, drop, noise, alpha), abs=1e-12)


def test_five_cases_without_noise_by_hand() -> None:
    # One-sided 5 % needs five worse of five, 2^-5 = 0.031: all five must fall, 0.8^5.
    assert pytest.approx(0.8**5) == detection_power(5, 0.8, 0)


@pytest.mark.parametrize(
    ("n", "drop", "fires"),
    # Shares of 1500 simulated pairs of runs, 3 % of cases turning each way: two standard errors are up to 0.026.
    [
        (100, 0, 0.02), (100, 0.05, 0.32), (200, 0, 0.03), (200, 0.05, 0.63), (200, 0.10, 0.98),
        (500, 0, 0.04), (500, 0.02, 0.42), (500, 0.05, 0.95), (1000, 0, 0.03), (1000, 0.02, 0.68),
    ],
)  # fmt: skip
def test_power_agrees_with_simulation(n: int, drop: float, fires: float) -> None:
    assert fires == pytest.approx(detection_power(n, drop, 0.03), abs=0.031)


@pytest.mark.parametrize("n", [10, 130, 1000, 3000])
def test_false_alarms_keep_to_their_level(n: int) -> None:
    assert 0 < detection_power(n, 0, 0.05) <= 0.05


def test_nothing_turns_nothing_fires() -> None:
    assert detection_power(100, 0, 0) == 0


@pytest.mark.parametrize(("drop", "noise"), [(1.0, 0.0), (0.4, 0.3), (0.3, 0.35)])
def test_every_case_may_turn(drop: float, noise: float) -> None:
    assert 0.95 < detection_power(200, drop, noise) <= 1


def test_shares_above_one_are_refused() -> None:
    with pytest.raises(ValueError, match=r"2 \* noise \+ drop is 1.100"):
        detection_power(10, 0.9, 0.1)


@pytest.mark.parametrize(("n", "noise"), [(5, 0.0), (40, 0.01), (130, 0.03), (500, 0.03), (1000, 0.1)])
def test_the_smallest_drop_is_seen_and_the_next_smaller_is_not(n: int, noise: float) -> None:
    drop = smallest_detectable_drop(n, noise)
    assert drop is not None
    assert detection_power(n, drop, noise) >= 0.9 > detection_power(n, drop - 0.001, noise)


def test_five_cases_see_only_a_fall_of_nearly_all() -> None:
    # drop^5 >= 0.9 from 0.9^(1/5) = 0.9791 on.
    assert smallest_detectable_drop(5, 0) == 0.98


@pytest.mark.parametrize(("n", "noise"), [(1, 0.0), (4, 0.0), (5, 0.03), (1000, 0.5)])
def test_too_few_cases_or_too_much_noise_see_no_drop(n: int, noise: float) -> None:
    assert smallest_detectable_drop(n, noise) is None


def test_asking_for_more_costs_more() -> None:
    usual = smallest_detectable_drop(200, 0.03)
    surer = smallest_detectable_drop(200, 0.03, power=0.99)
    stricter = smallest_detectable_drop(200, 0.03, alpha=0.01)
    assert usual is not None
    assert surer is not None
    assert stricter is not None
    assert usual < min(surer, stricter)
