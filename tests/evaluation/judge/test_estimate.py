"""Shares, and what is left of one when a judge's errors are taken out."""

from __future__ import annotations

import random

import pytest

from coach.evaluation.judge.estimate import Rate, corrected, corrected_rate, rate
from coach.evaluation.statistics import wilson


def shared(right: int, n: int) -> Rate:
    return rate([place < right for place in range(n)], [str(place) for place in range(n)])


def test_a_share_of_independent_items_has_wilsons_interval() -> None:
    found = shared(7, 10)
    assert (0.7, 10, 10) == (found.value, found.n, found.worth)
    assert wilson(7, 10) == (found.low, found.high)


def test_items_of_one_group_are_worth_less() -> None:
    found = rate([True, True, False, False], ["a", "a", "b", "b"])
    # Residuals of the groups are 1 and -1, so the design effect is (1 + 1) / (4 * 0.25) * 2 / 1 * 3 / 4 = 3.
    assert found.worth == pytest.approx(4 / 3)
    assert wilson(2 / 3, 4 / 3) == pytest.approx((found.low, found.high))


def test_a_share_of_nothing_is_unknown() -> None:
    assert (None, None, None, 0) == (rate([], []).value, rate([], []).low, rate([], []).high, rate([], []).n)


@pytest.mark.parametrize(
    ("observed", "tpr", "tnr", "expected"),
    [
        (0.5, 1, 1, 0.5),  # a judge without errors needs no correction
        (0.62, 0.9, 0.8, 0.6),  # (0.62 + 0.8 - 1) / (0.9 + 0.8 - 1) = 0.42 / 0.7
        (0.1, 0.9, 0.8, 0),  # fewer than its false alarms alone: -0.1 / 0.7
        (1, 0.9, 0.8, 1),  # more than it can find: 0.8 / 0.7
        (0.5, 0.5, 0.5, None),  # a coin
        (0.5, 0.2, 0.3, None),  # worse than one
        (0.9, 1, 0, None),  # waves everything through
    ],
)
def test_the_corrected_share_is_rogan_and_gladens(
    observed: float, tpr: float, tnr: float, expected: float | None
) -> None:
    actual = corrected_rate(observed, tpr, tnr)
    assert actual is None if expected is None else actual == pytest.approx(expected, abs=1e-12)


def test_the_corrected_interval_holds_the_truth_as_often_as_it_says() -> None:
    # Drawn from a truth of 0.3, a judge of TPR 0.85 and TNR 0.8, 200 items and 60 labels of each verdict.
    rng = random.Random(11)  # noqa: S311  statistics, not secrets

    def drawn(share: float, n: int) -> Rate:
        return shared(sum(rng.random() < share for _ in range(n)), n)

    truth, tpr, tnr = 0.3, 0.85, 0.8
    observed = truth * tpr + (1 - truth) * (1 - tnr)
    found = [corrected(drawn(observed, 200), drawn(tpr, 60), drawn(tnr, 60)) for _ in range(500)]
    held = sum(one is not None and one.low <= truth <= one.high for one in found)
    # 0.95 of 500 is 475; three standard errors (4.9) below and, as the method errs on the safe side, none above.
    assert held >= 460


def test_the_corrected_interval_is_wider_than_that_of_the_observed_share() -> None:
    observed, found = shared(124, 200), corrected(shared(124, 200), shared(27, 30), shared(24, 30))
    assert found is not None
    assert found.value == pytest.approx(0.6)
    assert found.high - found.low > observed.high - observed.low


def test_an_interval_without_information_is_the_whole_range() -> None:
    # One label of each verdict, both right: shrunk by two, (1 + 1) / 3 each, a skill of 1/3 at worth 3.
    found = corrected(shared(1, 2), shared(1, 1), shared(1, 1))
    assert (0.5, 0, 1) == (found.value, found.low, found.high)


@pytest.mark.parametrize(("observed", "tpr", "tnr"), [(0, 5, 5), (5, 0, 5), (5, 5, 0)])
def test_nothing_is_corrected_by_what_was_not_measured(observed: int, tpr: int, tnr: int) -> None:
    assert corrected(shared(observed, observed), shared(tpr, tpr), shared(tnr, tnr)) is None
