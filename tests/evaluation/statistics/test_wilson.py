"""The design effect, and the interval of clustered outcomes, against arithmetic by hand."""

from __future__ import annotations

import random

import pytest

from coach.evaluation.statistics import Z95, Interval, clustered_wilson, design_effect, tango, wilson


def test_cases_of_one_cluster_that_score_alike_count_as_one() -> None:
    # Mean 1/2; residual sums per cluster +1, -1: 2. Squared residuals of cases: 4 * 1/4 = 1.
    # 2 / 1 * (2 clusters / 1) * (3 / 4 cases) = 3.
    assert pytest.approx(3) == design_effect([1, 1, 0, 0], ["a", "a", "b", "b"])


def test_many_clusters_of_uneven_size_by_hand() -> None:
    # Ten times the clusters aa, bb, c with 1 1, 1 0 and 0: mean 3/5. Residual sums: a 1 + 1 - 2 * 3/5 = 4/5; b 1 + 0 -
    # 6/5 = -1/5; c -3/5: squares 26/25. Cases: 3 * 4/25 + 2 * 9/25 = 30/25. 26/30 * 30/29 * 49/50 = 0.879 makes 1, and
    # with c wrong as before, b all wrong: mean 2/5; a 6/5, b -4/5, c -2/5: 56/25; cases 2 * 9/25 + 3 * 4/25 = 30/25.
    clusters = [f"{name}{i}" for i in range(10) for name in "aabbc"]
    assert design_effect([1, 1, 1, 0, 0] * 10, clusters) == 1
    assert pytest.approx(56 / 30 * 30 / 29 * 49 / 50) == design_effect([1, 1, 0, 0, 0] * 10, clusters)


@pytest.mark.parametrize(
    ("values", "clusters", "expected", "why"),
    [
        ([0] * 100, ["a"] * 100, 100, "one cluster is worth one case"),
        ([1, 0, 1], ["a"] * 3, 3, "one cluster is worth one case, even if it varies"),
        ([0.1, 0.1, 0.1], ["a", "a", "b"], 3 / 2, "nothing varies: three cases in two clusters"),
        ([0] * 120, [str(i % 30) for i in range(120)], 4, "nothing varies, in however many clusters"),
        ([1, 0, 1, 0], ["a", "a", "b", "b"], 2, "two clusters that do not differ are too few to say so"),
        ([1, 0] * 19, [str(i // 2) for i in range(38)], 2, "so are nineteen"),
        ([1, 0] * 20, [str(i // 2) for i in range(40)], 1, "twenty are enough"),
    ],
)
def test_cases_count_as_their_clusters_where_clusters_cannot_be_compared(
    values: list[float], clusters: list[str], expected: float, why: str
) -> None:
    assert expected == design_effect(values, clusters), why


@pytest.mark.parametrize(
    ("values", "clusters", "why"),
    [
        ([1, 0, 1, 1], ["a", "b", "c", "d"], "every cluster is one case"),
        ([0, 0, 0, 0], ["a", "b", "c", "d"], "every cluster is one case and nothing varies"),
        ([], [], "there is no case"),
    ],
)
def test_the_design_effect_is_one_where(values: list[float], clusters: list[str], why: str) -> None:
    assert design_effect(values, clusters) == 1, why


def test_many_clusters_of_five_alike_have_an_effect_near_five() -> None:
    rng = random.Random(3)  # noqa: S311  statistics, not secrets
    draws = [float(rng.random() < 0.7) for _ in range(400)]
    effect = design_effect([draw for draw in draws for _ in range(5)], [str(i) for i in range(400) for _ in range(5)])
    assert pytest.approx(5, rel=0.01) == effect


def test_values_without_their_clusters_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        design_effect([1, 0], ["a"])
    with pytest.raises(ValueError, match="shorter"):
        clustered_wilson([1, 0], ["a"])
    with pytest.raises(ValueError, match="shorter"):
        clustered_wilson([1, 0], ["a", "b"], wholes=[1])


@pytest.mark.parametrize("groups", [3, 6, 10, 25, 40, 60])
def test_a_drop_by_whole_clusters_is_seldom_ruled_out(groups: int) -> None:
    # Each cluster of 20 falls altogether in one of ten. A 95 % limit should put the drop below 10 points in 5 % of
    # suites; with cases that count in full where nothing changed it did in 0.9 to the `groups`: 73 % of 3 clusters.
    rng = random.Random(groups)  # noqa: S311  statistics, not secrets
    clusters = [str(i) for i in range(groups) for _ in range(20)]
    ruled_out = 0
    for _ in range(100):
        changes = [-float(rng.random() < 0.1) for _ in range(groups)]
        effect = design_effect([change for change in changes for _ in range(20)], clusters)
        ruled_out += tango(-20 * sum(changes) / effect, 0, len(clusters) / effect, z=1.644854).high < 0.1
    # Binomial(100, 0.05) has mean 5 and standard deviation 2.2; 0.9^25 is 7 %.
    assert ruled_out <= 10


def test_the_interval_of_clusters_is_wilsons_of_fewer_cases() -> None:
    # The design effect of the cases by hand above is 3.
    assert pytest.approx(wilson(2 / 3, 4 / 3)) == clustered_wilson([1, 1, 0, 0], ["a", "a", "b", "b"])


def test_cases_of_their_own_cluster_have_wilsons_interval() -> None:
    assert wilson(2, 3) == clustered_wilson([True, False, True], ["a", "b", "c"])


def test_where_nothing_varies_cases_count_in_full() -> None:
    assert pytest.approx((20 / (20 + Z95**2), 1)) == clustered_wilson([1] * 20, [str(i % 4) for i in range(20)])


def test_the_effect_has_the_floor_it_is_given() -> None:
    assert wilson(2 / 5, 3 / 5) == clustered_wilson([1, 0, 1], ["a", "b", "c"], at_least=5)
    # The clusters' own effect of 3 is more than 2.
    clusters = ["a", "a", "b", "b"]
    assert clustered_wilson([1, 1, 0, 0], clusters) == clustered_wilson([1, 1, 0, 0], clusters, at_least=2)


@pytest.mark.parametrize("groups", [1, 30])
def test_counts_have_the_interval_of_the_outcomes_they_count(groups: int) -> None:
    rng = random.Random(groups)  # noqa: S311  statistics, not secrets
    wholes = [rng.randrange(6) for _ in range(60)]
    parts = [rng.randint(0, whole) for whole in wholes]
    clusters = [str(i % groups) for i in range(60)]
    outcomes = [float(place < part) for part, whole in zip(parts, wholes, strict=True) for place in range(whole)]
    members = [cluster for cluster, whole in zip(clusters, wholes, strict=True) for _ in range(whole)]
    effect = design_effect(outcomes, members)
    expected = wilson(sum(outcomes) / effect, len(outcomes) / effect)
    assert expected == pytest.approx(clustered_wilson(parts, clusters, wholes=wholes))
    assert expected == pytest.approx(clustered_wilson(outcomes, members))


def test_a_cluster_without_an_outcome_is_none() -> None:
    # Two clusters of two, as by hand above; that of `c` is not one of fewer than three cases in three.
    counts = clustered_wilson([2, 0, 0], ["a", "b", "c"], wholes=[2, 2, 0])
    assert pytest.approx(wilson(2 / 3, 4 / 3)) == counts


def test_of_no_outcome_nothing_is_known() -> None:
    assert Interval(0.0, 1.0) == clustered_wilson([], []) == clustered_wilson([0], ["a"], wholes=[0])
