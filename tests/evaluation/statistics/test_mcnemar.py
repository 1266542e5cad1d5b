"""McNemar's test for clusters: against scipy where each is one case, and against every sign pattern, one by one."""

from __future__ import annotations

import itertools
import random

import pytest
from scipy.stats import binomtest

from coach.evaluation.statistics import cluster_mcnemar


@pytest.mark.parametrize(("worse", "better"), [(0, 1), (1, 0), (5, 0), (7, 2), (30, 30), (41, 48), (400, 350)])
def test_of_single_cases_the_p_value_is_the_upper_tail_of_fair_tosses(worse: int, better: int) -> None:
    net = [1] * worse + [-1] * better + [0] * 3
    random.Random(5).shuffle(net)  # noqa: S311  statistics, not secrets
    expected = binomtest(worse, worse + better, 0.5, alternative="greater").pvalue
    assert expected == pytest.approx(cluster_mcnemar(net), rel=1e-9)


def test_three_worse_and_one_better_by_hand() -> None:
    # (C(4,3) + C(4,4)) / 2^4 = 5 / 16.
    assert cluster_mcnemar([1, 1, 1, -1]) == 0.3125


def test_no_change_is_no_evidence() -> None:
    assert cluster_mcnemar([]) == cluster_mcnemar([0, 0]) == 1


def test_more_changes_than_a_float_has_powers_of_two_do_not_overflow() -> None:
    assert 0 < cluster_mcnemar([1] * 600 + [-1] * 500) < 0.01


def test_clusters_of_any_size_agree_with_every_sign_pattern() -> None:
    rng = random.Random(6)  # noqa: S311  statistics, not secrets
    for _ in range(60):
        net = [rng.randint(-6, 6) for _ in range(rng.randrange(1, 10))]
        patterns = list(itertools.product([1, -1], repeat=len(net)))
        as_bad = [sum(s * abs(one) for s, one in zip(signs, net, strict=True)) >= sum(net) for signs in patterns]
        assert sum(as_bad) / len(patterns) == cluster_mcnemar(net)


def test_one_cluster_that_falls_is_one_observation() -> None:
    # Twenty cases of one note got worse: were they apart, 2^-20, but it happened once.
    assert cluster_mcnemar([20]) == 0.5


def test_a_large_cluster_that_rose_outweighs_small_ones_that_fell() -> None:
    # Sums of +-1 +-1 +-3 at least 1 + 1 - 3 = -1: all four with +3, and +1 +1 -3: 5 of 8.
    assert cluster_mcnemar([1, 1, -3]) == 0.625
