"""The packed bootstrap against a plain one, scipy's, and its own promises."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Mapping

import numpy as np
import pytest
from scipy.stats import bootstrap

from coach.evaluation.statistics import Interval, cluster_bootstrap, paired_bootstrap, total
from coach.evaluation.statistics.bootstrap import TIMES_DRAWN
from coach.evaluation.statistics.sign_flip import sign_flip


def figures(counts: Mapping[str, int]) -> dict[str, float]:
    found, given, asked = counts["found"], counts["given"], counts["asked"]
    return {
        "precision": found / given if given else math.nan,
        "recall": found / asked if asked else math.nan,
        "never": math.nan,
    }


def cases(n: int, seed: int = 1) -> list[Counter[str]]:
    rng = random.Random(seed)  # noqa: S311  statistics, not secrets
    counted = []
    for _ in range(n):
        asked = rng.randrange(5)
        found = rng.randint(0, asked)
        counted.append(+Counter(asked=asked, found=found, given=found + rng.randrange(3)))
    return counted


def test_tallies_add_key_by_key() -> None:
    assert Counter(a=3, b=1) == total([{"a": 1}, {"a": 2, "b": 1}, {}])


def test_the_intervals_are_those_of_a_plain_bootstrap() -> None:
    tallies, clusters = cases(60), [f"{i % 20:02}" for i in range(60)]
    sums = [total(tallies[i::20]) for i in range(20)]
    rng = random.Random(7)  # noqa: S311  statistics, not secrets
    times = [[TIMES_DRAWN[byte] for byte in rng.randbytes(200)] for _ in sums]
    drawn = [[one for one, often in zip(sums, times, strict=True) for _ in range(often[i])] for i in range(200)]
    samples = [figures(total(one)) for one in drawn]
    intervals = cluster_bootstrap(tallies, clusters, figures, resamples=200)
    for name in ("precision", "recall"):
        expected = np.quantile([sample[name] for sample in samples], [0.025, 0.975])
        assert tuple(expected) == pytest.approx(intervals[name])


def test_with_cases_of_their_own_cluster_the_interval_is_near_scipys() -> None:
    tallies = cases(200, seed=2)
    found, asked = ([tally[key] for tally in tallies] for key in ("found", "asked"))
    expected = bootstrap(
        (found, asked),
        lambda f, a, axis: np.sum(f, axis=axis) / np.sum(a, axis=axis),
        paired=True,
        method="percentile",
        rng=np.random.default_rng(1),
    ).confidence_interval
    recall = cluster_bootstrap(tallies, [str(i) for i in range(200)], figures, resamples=4000)["recall"]
    assert (expected.low, expected.high) == pytest.approx(recall, abs=0.005)


def test_cases_that_come_in_clusters_widen_the_interval() -> None:
    tallies = [tally for tally in cases(40) for _ in range(5)]
    alone = cluster_bootstrap(tallies, [str(i) for i in range(200)], figures)["recall"]
    together = cluster_bootstrap(tallies, [str(i // 5) for i in range(200)], figures)["recall"]
    assert alone is not None
    assert together is not None
    # Five copies of each case say no more than one: the width grows by sqrt(5) = 2.24.
    assert math.sqrt(5) == pytest.approx((together.high - together.low) / (alone.high - alone.low), rel=0.15)


def test_the_order_of_the_cases_changes_nothing() -> None:
    tallies, clusters = cases(30), [str(i % 7) for i in range(30)]
    forwards = cluster_bootstrap(tallies, clusters, figures)
    backwards = cluster_bootstrap(tallies[::-1], clusters[::-1], figures)
    assert forwards == backwards


def test_another_seed_draws_otherwise() -> None:
    tallies, clusters = cases(30), [str(i) for i in range(30)]
    assert cluster_bootstrap(tallies, clusters, figures) != cluster_bootstrap(tallies, clusters, figures, seed=8)


@pytest.mark.parametrize("clusters", [[], ["a"], ["a", "a", "a"]])
def test_fewer_than_two_clusters_have_no_interval(clusters: list[str]) -> None:
    tallies = cases(len(clusters))
    assert {"precision": None, "recall": None, "never": None} == cluster_bootstrap(tallies, clusters, figures)


def test_a_figure_that_is_never_known_has_no_interval() -> None:
    intervals = cluster_bootstrap(cases(10), [str(i) for i in range(10)], figures)
    assert intervals["never"] is None
    assert intervals["recall"] is not None


def test_resamples_in_which_a_figure_is_unknown_are_left_out() -> None:
    # Two clusters in four hold all the answers; neither is in (95/256)^2 = 14 % of the resamples.
    tallies = [{"found": 1, "asked": 2}, {"found": 2, "asked": 2}, {}, {}]
    assert Interval(0.5, 1.0) == cluster_bootstrap(tallies, list("abcd"), figures)["recall"]


def test_resamples_that_all_agree_show_no_interval() -> None:
    assert cluster_bootstrap([{"found": 1, "asked": 1}] * 20, [str(i) for i in range(20)], figures)["recall"] is None


def test_cases_without_a_single_count_are_no_error() -> None:
    assert cluster_bootstrap([{}, {}], ["a", "b"], figures)["recall"] is None


@pytest.mark.parametrize("count", [1, 127, 128, 255, 2**15, 2**16, 2**31, 2**32, 2**58])
def test_no_count_spills_into_its_neighbour(count: int) -> None:
    tallies = [{"first": count, "second": count}, {"first": count, "third": 1}]
    sums: list[tuple[int, ...]] = []

    def watch(counts: Mapping[str, int]) -> dict[str, float]:
        sums.append(tuple(counts[key] for key in ("first", "second", "third", "missing")))
        return {}

    cluster_bootstrap(tallies, ["a", "b"], watch)
    # Each is what both clusters add up to, drawn `one` and `other` times.
    seen = {(second // count, third) for _, second, third, _ in sums}
    assert {((one + other) * count, one * count, other, 0) for one, other in seen} == set(sums)
    assert set(range(5)) <= {one for one, _ in seen}


def test_a_cluster_is_drawn_a_poisson_number_of_times() -> None:
    shares = [TIMES_DRAWN.count(times) / 256 for times in range(6)]
    assert len(TIMES_DRAWN) == 256 == sum(TIMES_DRAWN)
    assert [math.exp(-1) / math.factorial(times) for times in range(6)] == pytest.approx(shares, abs=0.005)


@pytest.mark.parametrize("count", [-1, 2**62])
def test_counts_that_cannot_be_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match=r"negative|cannot be resampled"):
        cluster_bootstrap([{"found": count}, {"found": 1}], ["a", "b"], figures)


def test_tallies_without_their_clusters_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        cluster_bootstrap(cases(2), ["a"], figures)
    with pytest.raises(ValueError, match="shorter"):
        paired_bootstrap([0, 1], ["a"])


@pytest.mark.parametrize(("groups", "share"), [(2, 0.776393), (6, 0.393038), (59, 0.049508), (500, 0.005974)])
def test_no_case_moved_still_leaves_room_for_a_drop(groups: int, share: float) -> None:
    # If that share of all clusters fell, none of them would be among those seen in one of twenty suites.
    assert 0.05 == pytest.approx((1 - share) ** groups, rel=1e-3)
    clusters = [str(i % groups) for i in range(2 * groups)]
    assert pytest.approx((0, 0, 0, share, 1), abs=1e-6) == paired_bootstrap([0] * 2 * groups, clusters)


def test_a_fall_shared_by_all_has_no_width_and_the_least_p_value_signs_allow() -> None:
    # Twelve clusters all fell: 2^-12 of all sign patterns; 1 - 0.05^(1/12) is 0.221, below the fall of 0.25.
    assert pytest.approx((-0.25, -0.25, -0.25, 0.25, 2**-12)) == paired_bootstrap([-0.25] * 12, list("abcdefghijkl"))


@pytest.mark.parametrize(("differences", "mean"), [([], math.nan), ([-1.0], -1), ([-1.0, -0.5], -0.75)])
def test_fewer_than_two_clusters_prove_nothing(differences: list[float], mean: float) -> None:
    actual = paired_bootstrap(differences, ["a"] * len(differences))
    assert (mean, math.nan, math.nan, math.nan, 1) == pytest.approx(actual, nan_ok=True)


def test_the_mean_is_over_cases_and_not_over_clusters() -> None:
    # (-1 - 1 - 1 + 1) / 4, though one cluster fell and one rose.
    assert paired_bootstrap([-1, -1, -1, 1], ["a", "a", "a", "b"]).mean == -0.5


def test_the_interval_is_that_of_the_plain_ratio_of_sums() -> None:
    rng = random.Random(4)  # noqa: S311  statistics, not secrets
    differences = [rng.gauss(-0.05, 0.2) for _ in range(90)]
    groups = [differences[i::30] if i % 2 else differences[i::30][:1] for i in range(30)]
    flat = [(value, f"{i:02}") for i, group in enumerate(groups) for value in group]
    rng = random.Random(7)  # noqa: S311  statistics, not secrets
    means = []
    for _ in range(2000):
        drawn = [value for group in rng.choices(groups, k=30) for value in group]
        means.append(math.fsum(drawn) / len(drawn))
    actual = paired_bootstrap([value for value, _ in flat], [cluster for _, cluster in flat])
    expected = np.quantile(means, [0.025, 0.975, 0.05])
    assert tuple(expected) == pytest.approx((actual.low, actual.high, -actual.upper_drop))


def test_the_test_is_of_the_sums_of_clusters() -> None:
    # -2 and +1 have the sums -3, -1, 1 and 3; two of four are at most -1. Case by case it would be 4 of 8.
    actual = paired_bootstrap([-1, -1, 1, 0.5, -0.5], ["a", "a", "b", "c", "c"])
    assert actual.p_drop == sign_flip([-2, 1]) == 0.5


def test_a_rise_is_no_evidence_of_a_fall_nor_does_it_rule_out_every_drop() -> None:
    actual = paired_bootstrap([0.2, 0.3, 0.1, 0.25, 0.2], list("abcde"))
    assert actual.p_drop == 1
    assert pytest.approx(1 - 0.05 ** (1 / 5)) == actual.upper_drop


def test_false_alarms_keep_near_their_level() -> None:
    rng = random.Random(9)  # noqa: S311  statistics, not secrets
    clusters = [str(i // 2) for i in range(80)]
    alarms = 0
    for _ in range(400):
        shared = [rng.gauss(0, 1) for _ in range(40)]
        differences = [shared[i // 2] + rng.gauss(0, 0.5) for i in range(80)]
        alarms += paired_bootstrap(differences, clusters, resamples=2).p_drop <= 0.05
    # Binomial(400, 0.05) has mean 20 and standard deviation 4.4.
    assert 8 <= alarms <= 32


def test_the_upper_limit_of_a_drop_that_is_there_covers_it() -> None:
    rng = random.Random(10)  # noqa: S311  statistics, not secrets
    clusters = [str(i) for i in range(60)]
    covered = sum(
        paired_bootstrap([rng.gauss(-0.3, 1) for _ in clusters], clusters, resamples=300).upper_drop >= 0.3
        for _ in range(300)
    )
    # Of 300 intervals of 95 %, 285 are expected; standard deviation 3.8.
    assert 270 <= covered <= 298
