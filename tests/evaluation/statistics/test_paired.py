"""Tango's interval against published figures, and against its own score statistic worked out another way."""

from __future__ import annotations

import math

import pytest
from scipy.optimize import minimize_scalar

from coach.evaluation.statistics import Z95, Interval, tango

Z90 = 1.644854


def score(drop: float, worse: float, better: float, n: float) -> float:
    """Standardise the drop; the share that gets better comes from maximising the likelihood numerically."""

    def loss(q: float) -> float:
        counts = [(worse, q + drop), (better, q), (n - worse - better, 1 - 2 * q - drop)]
        return -sum(count * math.log(p) for count, p in counts if count)

    bounds = (max(0, -drop) + 1e-12, (1 - drop) / 2 - 1e-12)
    q = minimize_scalar(loss, bounds=bounds, method="bounded", options={"xatol": 1e-12}).x
    return (worse - better - n * drop) / math.sqrt(n * (2 * q + drop - drop**2))


@pytest.mark.parametrize(
    ("worse", "better", "n", "z", "expected"),
    [
        # Fagerland, Lydersen and Laake, Statistics in Medicine 33 (2014): airway hyper-responsiveness.
        (1, 7, 21, Z95, (-0.517, -0.026)),
        # The same: complete response before and after consolidation therapy, as their R package contingencytables
        # prints it.
        (6, 16, 161, Z95, (-0.1240, -0.0054)),
        # R's PropCIs: scoreci.mp(25, 28, 618) at 90 %, whose estimate is the second count less the first.
        (28, 25, 618, Z90, (-0.0148, 0.0247)),
    ],
)
def test_the_interval_is_the_published_one(
    worse: int, better: int, n: int, z: float, expected: tuple[float, float]
) -> None:
    digits = 4 if n > 100 else 3
    assert expected == tuple(round(end, digits) for end in tango(worse, better, n, z))


@pytest.mark.parametrize(
    ("worse", "better", "n"), [(1, 7, 21), (7, 1, 21), (6, 16, 161), (12, 0, 40), (0, 3, 500), (4.4, 1.7, 63.5)]
)
def test_at_both_ends_the_score_statistic_is_z(worse: float, better: float, n: float) -> None:
    low, high = tango(worse, better, n, Z95)
    assert (Z95, -Z95) == pytest.approx((score(low, worse, better, n), score(high, worse, better, n)), abs=1e-4)


@pytest.mark.parametrize("n", [1, 20, 130, 1000.5])
def test_no_change_at_all_leaves_room_for_a_drop(n: float) -> None:
    room = Z95**2 / (n + Z95**2)
    assert (-room, room) == pytest.approx(tango(0, 0, n, Z95))


def test_runs_that_swap_places_mirror_the_interval() -> None:
    low, high = tango(9, 4, 80, Z95)
    assert Interval(-high, -low) == tango(4, 9, 80, Z95)


def test_every_case_worse_is_a_drop_of_one() -> None:
    # The most likely share that gets better is (1 - d) / 2, so the variance is n(1 - d)(1 + d), and
    # n(1 - d) = z sqrt(n(1 - d)(1 + d)) gives d = (n - z^2) / (n + z^2) = 26 / 34 with z = 2.
    assert (26 / 34, 1) == pytest.approx(tango(30, 0, 30, z=2))


def test_without_cases_nothing_is_known() -> None:
    assert Interval(-1.0, 1.0) == tango(0, 0, 0, Z95)


def test_fewer_effective_cases_widen_the_interval() -> None:
    assert tango(10, 4, 100, Z95).high < tango(5, 2, 50, Z95).high
    assert tango(10, 4, 100, Z95).low > tango(5, 2, 50, Z95).low
