"""Holm's adjustment by hand, and against the closed test it is a short cut of."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping

import pytest

from coach.evaluation.statistics import holm


def closed(p_values: Mapping[str, float], weights: Mapping[str, float]) -> dict[str, float]:
    """Adjust by definition: a test's p-value is the largest of any family that holds it, each by Bonferroni."""
    families = [family for size in range(1, len(p_values) + 1) for family in itertools.combinations(p_values, size)]
    bonferroni = {
        family: min(1.0, min(p_values[name] / weights[name] for name in family) * sum(weights[name] for name in family))
        for family in families
    }
    return {name: max(bonferroni[family] for family in families if name in family) for name in p_values}


def test_equal_weights_by_hand() -> None:
    # In order 0.01, 0.03, 0.04 (and 0.5): 4 * 0.01, 3 * 0.03, then 2 * 0.04 = 0.08 lifted to 0.09, 1 * 0.5.
    adjusted = holm({"facts": 0.03, "risks": 0.01, "score": 0.5, "doubts": 0.04})
    assert {"facts": 0.09, "risks": 0.04, "score": 0.5, "doubts": 0.09} == pytest.approx(adjusted)


def test_weights_by_hand() -> None:
    # p / w: a 0.02 / 3 = 0.0067, c 0.03 / 1, b 0.015 / 0.5 is 0.03 too, but named later.
    # a: 0.02 * 4.5 / 3 = 0.03; c: 0.03 * 1.5 / 1 = 0.045; b: 0.015 * 0.5 / 0.5 = 0.015, lifted to 0.045.
    adjusted = holm({"a": 0.02, "c": 0.03, "b": 0.015}, {"a": 3, "b": 0.5, "c": 1})
    assert {"a": 0.03, "c": 0.045, "b": 0.045} == pytest.approx(adjusted)


def test_a_heavier_test_is_adjusted_less() -> None:
    p_values = {"a": 0.02, "b": 0.02}
    assert holm(p_values, {"a": 4, "b": 1})["a"] < holm(p_values)["a"]


def test_one_test_is_left_as_it_is() -> None:
    assert holm({"only": 0.04}) == {"only": 0.04}


def test_no_test_gives_nothing() -> None:
    assert holm({}) == {}


def test_an_adjusted_p_value_is_at_most_one() -> None:
    assert holm({"a": 0.6, "b": 0.9}) == {"a": 1, "b": 1}


def test_the_order_given_is_kept() -> None:
    assert list(holm({"z": 0.5, "a": 0.1, "m": 0.3})) == ["z", "a", "m"]


def test_a_test_without_a_weight_is_refused() -> None:
    with pytest.raises(KeyError, match="b"):
        holm({"a": 0.1, "b": 0.2}, {"a": 1})


@pytest.mark.parametrize("seed", range(20))
def test_the_short_cut_agrees_with_the_closed_test(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311  statistics, not secrets
    p_values = {name: rng.random() ** 3 for name in "abcdef"}
    weights = {name: rng.choice([0.5, 1, 2, 5]) for name in p_values}
    assert closed(p_values, weights) == pytest.approx(holm(p_values, weights))
    assert closed(p_values, dict.fromkeys(p_values, 1.0)) == pytest.approx(holm(p_values))
