"""A pass is a promise: simulated drops of the margin pass about one time in twenty, however they come."""

from __future__ import annotations

import random

import pytest

from coach.evaluation.comparison.difference import differences
from coach.evaluation.comparison.pairs import Scored

MARGIN = 0.05


def scored(changes: list[float], *, name: str = "claim", cluster: int = 1) -> list[Scored]:
    return [
        Scored(
            case=str(place),
            group=str(place // cluster),
            slices=(),
            task="deal",
            name=name,
            kind="check" if name == "claim" else "grade",
            before=1.0,
            after=1.0 + change,
        )
        for place, change in enumerate(changes)
    ]


def passes(rounds: list[list[float]], **how: object) -> float:
    verdicts = [differences(scored(changes, **how), margin=MARGIN)[0].verdict for changes in rounds]
    return verdicts.count("pass") / len(verdicts)


@pytest.mark.parametrize(("clusters", "size"), [(20, 25), (25, 20), (50, 10), (60, 8)])
def test_a_drop_by_whole_deals_among_flips_of_single_cases_is_seldom_passed(clusters: int, size: int) -> None:
    rng = random.Random(clusters)  # noqa: S311  statistics, not secrets
    rounds = []
    for _ in range(100):
        fell = [rng.random() < MARGIN for _ in range(clusters)]
        rounds.append([-1.0 if fell[place // size] or rng.random() < 0.03 else 0.0 for place in range(clusters * size)])
    # Binomial(100, 0.05) is at most 10 with 99 %; the limit without a floor by clusters passed 9 to 31 of them.
    assert passes(rounds, cluster=size) <= 0.1


@pytest.mark.parametrize("cases", [70, 130, 200])
def test_a_grade_that_is_lost_whole_in_few_cases_is_seldom_passed(cases: int) -> None:
    rng = random.Random(cases)  # noqa: S311  statistics, not secrets
    rounds = [[-1.0 if rng.random() < MARGIN else 0.0 for _ in range(cases)] for _ in range(100)]
    assert passes(rounds, name="statement_f1") <= 0.1


def test_a_grade_that_only_wavers_passes() -> None:
    rng = random.Random(1)  # noqa: S311  statistics, not secrets
    rounds = [[rng.gauss(0, 0.03) for _ in range(130)] for _ in range(20)]
    assert passes(rounds, name="statement_f1") >= 0.9


def test_what_did_not_move_has_no_interval_and_still_a_largest_drop() -> None:
    (row,) = differences(scored([0.0] * 100, name="statement_f1"), margin=MARGIN)
    assert (None, None, None) == (row.low, row.high, row.detectable)
    # 1 - 0.05 to the 1/100: what one suite in twenty would miss.
    assert pytest.approx(0.0295, abs=0.0001) == row.largest_drop


def test_a_sure_drop_of_less_than_a_point_is_no_regression() -> None:
    (row,) = differences(scored([-0.006] * 200, name="statement_f1"), margin=MARGIN)
    assert row.adjusted < 0.01
    assert "pass" == row.verdict
    (row,) = differences(scored([-0.011] * 200, name="statement_f1"), margin=MARGIN)
    assert "regressed" == row.verdict


def test_slices_of_the_same_cases_are_tested_once_and_small_ones_not_at_all() -> None:
    rows = [
        one.model_copy(update={"slices": ("a", "also a") if place < 20 else ("tiny",) if place < 29 else ()})
        for place, one in enumerate(scored([0.0] * 100))
    ]
    assert [None, "a"] == [row.slice for row in differences(rows, margin=MARGIN)]
