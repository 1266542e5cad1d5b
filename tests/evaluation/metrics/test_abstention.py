"""Keeping silent where least sure, worked by hand."""

from __future__ import annotations

import random

import pytest

from coach.evaluation.metrics import AtCoverage, Point, accuracy_at_coverage


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
