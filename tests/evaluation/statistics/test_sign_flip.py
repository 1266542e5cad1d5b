"""The sign-flip test against every pattern, against the exact test of whole cases, and against what it promises."""

from __future__ import annotations

import itertools
import math
import random

import pytest

from coach.evaluation.statistics import cluster_mcnemar
from coach.evaluation.statistics.sign_flip import sign_flip


def test_three_changes_by_hand() -> None:
    # Sums of +-0.5 +-0.3 +-0.1 at most -0.5 - 0.3 + 0.1 = -0.7: -0.9 and -0.7, of 8.
    assert sign_flip([-0.5, 0.1, -0.3]) == 0.25


@pytest.mark.parametrize("changes", [[], [0.0], [0.0] * 30, [0.1 + 0.2 - 0.3]])
def test_no_change_is_no_evidence(changes: list[float]) -> None:
    assert sign_flip(changes) == 1


def test_a_change_of_nought_says_nothing() -> None:
    assert sign_flip([-0.2, 0.1, -0.1]) == sign_flip([0.0] * 20 + [-0.2, 0.1, -0.1])


@pytest.mark.parametrize(("changed", "least"), [(1, 1 / 2), (12, 2**-12)])
def test_where_all_fell_only_one_pattern_is_as_bad(changed: int, least: float) -> None:
    assert least == sign_flip([-0.25] * changed)


def test_many_changes_that_all_fell_reach_the_least_p_value_drawing_allows() -> None:
    assert sign_flip([-0.25] * 50) == 1 / 4001


def test_patterns_that_only_rounding_tells_apart_are_alike() -> None:
    # 0.1 + 0.2 is not 0.3 in floats. Of the 8 sums of +-0.3 +-0.2 +-0.1, -0.6, -0.4, -0.2, 0 and 0 are at most 0.
    for order in itertools.permutations([-0.1, -0.2, 0.3]):
        assert sign_flip(order) == 0.625


def test_of_whole_cases_up_to_twelve_changes_it_is_the_exact_test() -> None:
    rng = random.Random(8)  # noqa: S311  statistics, not secrets
    for changed in range(13):
        changes = [rng.choice([-3, -2, -1, -1, 1, 1, 2]) for _ in range(changed)]
        assert cluster_mcnemar([-change for change in changes]) == sign_flip(changes)


@pytest.mark.parametrize(("worse", "better"), [(9, 4), (12, 10), (30, 16), (40, 40), (60, 80)])
def test_beyond_twelve_changes_it_is_near_the_exact_test(worse: int, better: int) -> None:
    exact = cluster_mcnemar([1] * worse + [-1] * better)
    # Three standard errors of a share of 4000 draws.
    near = 3 * math.sqrt(exact * (1 - exact) / 4000) + 1 / 4000
    assert exact == pytest.approx(sign_flip([-0.5] * worse + [0.5] * better), abs=near)


def test_the_seed_settles_what_is_drawn() -> None:
    rng = random.Random(9)  # noqa: S311  statistics, not secrets
    changes = [rng.gauss(-0.1, 0.3) for _ in range(30)]
    assert sign_flip(changes) == sign_flip(changes)
    assert sign_flip(changes) != sign_flip(changes, seed=8)


@pytest.mark.parametrize(
    ("clusters", "rounds", "most"),
    # Of Binomial(rounds, alpha), about three standard deviations above the mean, at 0.002, 0.01 and 0.05.
    [(8, 1000, (7, 20, 71)), (20, 700, (5, 15, 53)), (60, 150, (2, 6, 16))],
)
def test_false_alarms_keep_to_their_level_far_out_too(clusters: int, rounds: int, most: tuple[int, int, int]) -> None:
    rng = random.Random(clusters)  # noqa: S311  statistics, not secrets
    # A resampled mean, moved to centre on 0, says 0.01 or less 54 times with 8 such clusters and 0.002 or less 6 times
    # with 20: it knows too little of the tails.
    found = [sign_flip([rng.uniform(-1, 1) for _ in range(clusters)]) for _ in range(rounds)]
    for alpha, alarms in zip((0.002, 0.01, 0.05), most, strict=True):
        assert sum(p <= alpha for p in found) <= alarms
    # Nor is it asleep: half a dozen or more are expected at 0.05.
    assert sum(p <= 0.05 for p in found) >= 3
