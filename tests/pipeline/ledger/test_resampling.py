"""Drawing deals again: where the outcome is known exactly."""

from __future__ import annotations

import pytest
from scipy.stats import norm
from scipy.stats import t as student

from coach.pipeline.ledger.resampling import ends, tail, unseen


def test_deals_that_are_all_alike_leave_no_width() -> None:
    assert ((0.25, 0.25), (-0.5, -0.5)) == ends([(0.5, -1.0)] * 12, [2] * 12, 0.025)


def test_two_deals_make_three_samples() -> None:
    # One claim of 0 and three of 0.5: both from the first 1/4, one from each 1/2 (1.5 / 4), both from the second 1/4.
    sums, sizes = [(0.0,), (1.5,)], [1, 3]
    assert ((0.0, 0.5),) == ends(sums, sizes, 0.2)
    assert ((0.375, 0.375),) == ends(sums, sizes, 0.3)


def test_a_deal_of_many_claims_is_drawn_whole() -> None:
    # Were claims drawn, nobody would miss all of the 99.
    ((low, high),) = ends([(0.0,), (99.0,)], [1, 99], 0.1)
    assert (0.0, 1.0) == (low, high)


def test_the_order_of_the_deals_changes_nothing() -> None:
    sums, sizes = [(0.1 * n, 0.5) for n in range(15)], [1 + n % 3 for n in range(15)]
    assert ends(sums, sizes, 0.025) == ends(sums[::-1], sizes[::-1], 0.025)


@pytest.mark.parametrize("deals", [10, 11, 20, 60, 500])
def test_the_tail_is_that_of_student_widened_for_a_mean_that_is_not_known(deals: int) -> None:
    quantile = student.ppf(0.975, deals - 1) * (deals / (deals - 1)) ** 0.5
    assert pytest.approx(norm.cdf(-quantile), abs=1e-5) == tail(deals)


def test_so_large_a_share_goes_unseen_one_time_in_forty() -> None:
    assert pytest.approx(0.025) == (1 - unseen(10)) ** 10
    assert pytest.approx(0.975) == unseen(1)
