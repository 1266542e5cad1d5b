"""Wilson's interval against scipy and against arithmetic by hand."""

from __future__ import annotations

import math

import pytest
from scipy.stats import binomtest

from coach.pipeline.intervals import Z95, Interval, wilson


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
    assert [Z95, Z95] == pytest.approx(statistics)


def test_an_interval_of_fewer_effective_cases_is_wider() -> None:
    assert wilson(40, 100).low > wilson(20, 50).low
    assert wilson(40, 100).high < wilson(20, 50).high
