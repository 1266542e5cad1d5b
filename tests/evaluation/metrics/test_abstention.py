"""Keeping silent where least sure, worked by hand."""

from __future__ import annotations

import random

import pytest

from coach.evaluation.metrics import AtCoverage, Point, accuracy_at_coverage, risk_coverage_area


def test_the_least_sure_go_first() -> None:
    # Ten answers; the three least sure are wrong, and so is the second.
    answers = [Point(1 - i / 10, i not in {1, 7, 8, 9}) for i in range(10)]
    random.Random(1).shuffle(answers)  # noqa: S311  order only
    found = accuracy_at_coverage(answers)
    assert [1.0, 0.9, 0.8, 0.7, 0.6, 0.5] == [one.coverage for one in found]
    assert [10, 9, 8, 7, 6, 5] == [one.n for one in found]
    assert [6 / 10, 6 / 9, 6 / 8, 6 / 7, 5 / 6, 4 / 5] == pytest.approx([one.accuracy for one in found])
    assert [0.1, 0.2, 0.3, 0.4, 0.5, 0.6] == pytest.approx([one.threshold for one in found])


def test_the_equally_sure_are_kept_together() -> None:
    answers = [Point(0.9, True), Point(0.6, True), Point(0.6, False), Point(0.6, False)]
    # Half of four is two; the second is as sure as the third and fourth.
    assert AtCoverage(coverage=0.5, accuracy=1 / 2, n=4, threshold=0.6) == accuracy_at_coverage(answers)[-1]


def test_a_coverage_that_is_no_whole_number_of_answers_is_rounded_up() -> None:
    # Half of three is one and a half: two are kept.
    assert accuracy_at_coverage([Point(0.9, True), Point(0.8, True), Point(0.1, False)])[-1].n == 2


def test_the_area_worked_by_hand() -> None:
    # Wrong among the first, the first two, … four: 0, 1/2, 1/3, 2/4.
    answers = [Point(0.9, True), Point(0.8, False), Point(0.7, True), Point(0.6, False)]
    assert pytest.approx((0 + 1 / 2 + 1 / 3 + 2 / 4) / 4) == risk_coverage_area(answers)


def test_with_no_order_the_area_is_the_share_of_wrong_answers() -> None:
    assert risk_coverage_area([Point(0.5, True), Point(0.5, False), Point(0.5, True), Point(0.5, True)]) == 1 / 4


def test_without_a_confidence_there_is_nothing_to_keep() -> None:
    assert () == accuracy_at_coverage([])
    assert risk_coverage_area([]) is None
