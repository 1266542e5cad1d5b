"""Which interval a figure gets, and how wide it is."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from scipy.stats import binomtest

from coach.evaluation.metrics import Metric, Share, TaskMetrics, measure
from coach.evaluation.metrics.tally import CASES, RUNS

RIGHT, QUOTES = Share(("right",), RUNS), Share(("bad",), ("quotes",), count=True)
Z2 = 1.959964**2


def figures(tally) -> dict[str, float]:  # noqa: ANN001  any mapping
    share = RIGHT.of(tally)
    return {"square": share**2, "nothing": math.nan}


TASK = TaskMetrics(resampled=figures, headlines=(), shares={"right": RIGHT, "count": QUOTES}, confusions={})


def one(right: int, runs: int = 1, **counts: int) -> Counter:
    return Counter({RUNS: runs, CASES: 1, ("right",): right, **{(name,): count for name, count in counts.items()}})


def alone(tallies: list[Counter]) -> dict[str, Metric]:
    return measure(TASK, tallies, [str(i) for i in range(len(tallies))])


def test_a_share_of_independent_cases_has_wilsons_interval() -> None:
    found = alone([one(int(i % 4 == 0)) for i in range(40)])["right"]
    expected = binomtest(10, 40).proportion_ci(method="wilson")
    assert (0.25, 40) == (found.value, found.n)
    assert (expected.low, expected.high) == pytest.approx((found.low, found.high), abs=1e-6)


def test_a_count_has_an_upper_end_even_where_nothing_was_counted() -> None:
    # Of 130 quotes none is bad: the upper end of the share is z²/(130 + z²), of 130.
    found = alone([one(1, quotes=13) for _ in range(10)])["count"]
    assert (0, 0) == (found.value, found.low)
    assert pytest.approx(130 * Z2 / (130 + Z2), rel=1e-6) == found.high


def test_repeats_narrow_no_interval() -> None:
    once = alone([one(int(i % 2), quotes=2, bad=i % 2) for i in range(20)])
    thrice = alone([one(3 * (i % 2), runs=3, quotes=6, bad=3 * (i % 2)) for i in range(20)])
    for name in ("right", "count"):
        expected = (once[name].value, once[name].low, once[name].high)
        # The design effect has a small-sample correction, which knows three runs from one.
        assert expected == pytest.approx((thrice[name].value, thrice[name].low, thrice[name].high), rel=0.05)


def test_repeats_that_never_differ_narrow_no_interval_either() -> None:
    once, thrice = (alone([one(runs, runs=runs) for _ in range(20)])["right"] for runs in (1, 3))
    # 20/(20 + z²).
    assert pytest.approx(20 / (20 + Z2), rel=1e-6) == once.low
    assert pytest.approx(once.low) == thrice.low


def test_cases_of_one_deal_count_for_less() -> None:
    tallies = [one(int(i % 8 < 4)) for i in range(40)]
    clustered = measure(TASK, tallies, [str(i // 4) for i in range(40)])["right"]
    # All four of a cluster are alike: ten cases' worth, but for the correction for few clusters.
    effect = 4 * (10 / 9) * (39 / 40)
    expected = binomtest(20, 40).proportion_ci(method="wilson")
    assert expected.low - clustered.low > 0.1
    half = math.sqrt(Z2 * (40 / effect) / 4 + Z2**2 / 4) / (40 / effect + Z2)
    assert (0.5 - half, 0.5 + half) == pytest.approx((clustered.low, clustered.high), rel=1e-6)


def test_outcomes_within_one_case_go_together() -> None:
    # The same four bad quotes of eighty: spread over four notes, or all in one.
    spread = alone([one(1, quotes=4, bad=int(i < 4)) for i in range(20)])["count"]
    heaped = alone([one(1, quotes=4, bad=4 * int(i < 1)) for i in range(20)])["count"]
    assert spread.value == heaped.value == 4
    assert heaped.high > spread.high


def test_any_other_figure_is_resampled_and_narrows_with_cases() -> None:
    few = alone([one(int(i % 4 == 0)) for i in range(40)])["square"]
    many = alone([one(int(i % 4 == 0)) for i in range(4000)])["square"]
    assert few.value == 1 / 16
    assert few.low < few.value < few.high
    assert many.high - many.low < (few.high - few.low) / 5


def test_of_a_single_case_a_share_has_an_interval_and_any_other_figure_has_none() -> None:
    found = alone([one(1)])
    # 1/(1 + z²).
    assert pytest.approx(1 / (1 + Z2), rel=1e-6) == found["right"].low
    assert found["right"].high == 1
    assert Metric(value=1.0, low=None, high=None, n=1) == found["square"]


def test_what_was_not_measured_is_none_and_not_nought() -> None:
    assert Metric(value=None, low=None, high=None, n=2) == alone([one(1), one(0)])["nothing"]
    assert {Metric(value=None, low=None, high=None, n=0)} == set(alone([]).values())


def test_an_interval_does_not_hang_on_the_order_of_the_cases() -> None:
    tallies, clusters = [one(i % 2, quotes=i, bad=i % 3) for i in range(9)], [str(i // 2) for i in range(9)]
    assert measure(TASK, tallies, clusters) == measure(TASK, tallies[::-1], clusters[::-1])


def test_every_case_needs_its_cluster() -> None:
    with pytest.raises(ValueError, match="zip"):
        measure(TASK, [one(1), one(0)], ["a"])
