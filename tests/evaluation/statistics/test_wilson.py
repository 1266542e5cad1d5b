"""Wilson's interval against scipy; the design effect against arithmetic by hand."""

from __future__ import annotations

import math
import random

import pytest
from scipy.stats import binomtest

from coach.evaluation.statistics import Interval, design_effect, wilson

Z = 1.959964


@pytest.mark.parametrize("n", [1, 2, 7, 10, 130, 5000])
@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.97, 1])
def test_the_interval_is_the_one_scipy_gives(n: int, share: float) -> None:
    right = round(share * n)
    expected = binomtest(right, n).proportion_ci(confidence_level=0.95, method="wilson")
    assert (expected.low, expected.high) == pytest.approx(wilson(right, n), abs=1e-7)


def test_one_right_of_two_by_hand() -> None:
    # z = 2: centre (1 + 2) / (2 + 4) = 1/2, half width 2 / 6 * sqrt(1 * 1 / 2 + 1) = 0.4082.
    assert pytest.approx((0.5 - math.sqrt(1.5) / 3, 0.5 + math.sqrt(1.5) / 3)) == wilson(1, 2, z=2)


def test_every_case_right_still_leaves_room_below() -> None:
    # The lower end is n / (n + z^2) = 12 / (12 + 4).
    assert Interval(0.75, 1.0) == wilson(12, 12, z=2)


def test_no_case_right_is_the_mirror_of_every_case_right() -> None:
    assert Interval(0.0, 0.25) == wilson(0, 12, z=2)


def test_without_cases_nothing_is_known() -> None:
    assert Interval(0.0, 1.0) == wilson(0, 0)


def test_at_the_ends_of_effective_counts_the_score_statistic_is_z() -> None:
    right, n = 20.5, 33.25
    statistics = [abs(right / n - end) / math.sqrt(end * (1 - end) / n) for end in wilson(right, n)]
    assert [Z, Z] == pytest.approx(statistics)


def test_an_interval_of_fewer_effective_cases_is_wider() -> None:
    assert wilson(40, 100).low > wilson(20, 50).low
    assert wilson(40, 100).high < wilson(20, 50).high


def test_cases_of_one_cluster_that_score_alike_count_as_one() -> None:
    # Mean 1/2; residual sums per cluster +1, -1: 2. Squared residuals of cases: 4 * 1/4 = 1.
    # 2 / 1 * (2 clusters / 1) * (3 / 4 cases) = 3.
    assert pytest.approx(3) == design_effect([1, 1, 0, 0], ["a", "a", "b", "b"])


def test_clusters_of_uneven_size_by_hand() -> None:
    # Mean 3/5. Residual sums: a 1 + 1 - 2 * 3/5 = 4/5; b 1 + 0 - 6/5 = -1/5; c -3/5: squares 26/25.
    # Cases: 3 * 4/25 + 2 * 9/25 = 30/25. 26/30 * 3/2 * 4/5 = 1.04.
    assert pytest.approx(1.04) == design_effect([1, 1, 1, 0, 0], ["a", "a", "b", "b", "c"])


@pytest.mark.parametrize(
    ("values", "clusters", "why"),
    [
        ([1, 0, 1, 1], ["a", "b", "c", "d"], "every cluster is one case"),
        ([0.1, 0.1, 0.1], ["a", "a", "b"], "nothing varies"),
        ([1, 0, 1, 0], ["a", "a", "b", "b"], "clusters differ less than chance would have them"),
        ([], [], "there is no case"),
    ],
)
def test_the_design_effect_is_one_where(values: list[float], clusters: list[str], why: str) -> None:
    assert design_effect(values, clusters) == 1, why


def test_one_cluster_is_worth_one_case() -> None:
    assert design_effect([1, 0, 1], ["a", "a", "a"]) == 3


def test_many_clusters_of_five_alike_have_an_effect_near_five() -> None:
    rng = random.Random(3)  # noqa: S311  statistics, not secrets
    draws = [float(rng.random() < 0.7) for _ in range(400)]
    effect = design_effect([draw for draw in draws for _ in range(5)], [str(i) for i in range(400) for _ in range(5)])
    assert pytest.approx(5, rel=0.01) == effect


def test_values_without_their_clusters_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        design_effect([1, 0], ["a"])
