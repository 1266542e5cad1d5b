"""Kappa by hand, and against scikit-learn."""

from __future__ import annotations

import math
import random

import pytest
from sklearn.metrics import cohen_kappa_score, confusion_matrix

from coach.evaluation.metrics.agreement import kappa, quadratic_kappa

ORDER = ["missing", "partial", "answered"]


@pytest.mark.parametrize("weights", [None, "quadratic"])
@pytest.mark.parametrize("seed", range(5))
def test_kappa_agrees_with_scikit_learn(weights: str | None, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311  statistics, not secrets
    gold = rng.choices(ORDER, [5, 3, 2], k=200)
    predicted = [one if rng.random() < 0.6 else rng.choice(ORDER) for one in gold]
    counts = confusion_matrix(gold, predicted, labels=ORDER).tolist()
    ours = quadratic_kappa(counts) if weights else kappa(counts)
    assert pytest.approx(cohen_kappa_score(gold, predicted, labels=ORDER, weights=weights)) == ours


def test_kappa_of_two_by_two_worked_by_hand() -> None:
    # Observed 35/50 = 0.7; expected (25*30 + 25*20)/2500 = 0.5; (0.7 - 0.5)/(1 - 0.5).
    assert pytest.approx(0.4) == kappa([[20, 5], [10, 15]])


def test_quadratic_kappa_worked_by_hand() -> None:
    # One two-step error (weight 4) and one right of each other class: observed 4. Rows 2, 1, 1 and columns 1, 1, 2
    # of 4: expected (0*2*1 + 1*2*1 + 4*2*2 + 1*1*1 + 0 + 1*1*2 + 4*1*1 + 1*1*1 + 0)/4 = 26/4. 1 - 4/6.5.
    assert pytest.approx(1 - 4 / 6.5) == quadratic_kappa([[1, 0, 1], [0, 1, 0], [0, 0, 1]])


@pytest.mark.parametrize("figure", [kappa, quadratic_kappa])
def test_kappa_of_no_case_is_unknown_and_of_one_constant_answer_is_full(figure) -> None:  # noqa: ANN001  either of two
    assert math.isnan(figure([[0, 0], [0, 0]]))
    assert figure([[7, 0], [0, 0]]) == 1


def test_a_label_that_nobody_uses_changes_nothing() -> None:
    assert kappa([[20, 5], [10, 15]]) == kappa([[20, 5, 0], [10, 15, 0], [0, 0, 0]])
