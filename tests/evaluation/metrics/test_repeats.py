"""Steadiness over repeats, by hand and by counting every choice of runs."""

from __future__ import annotations

from itertools import combinations

import pytest

from coach.errors import NotMeasured
from coach.evaluation.metrics import Repeats, measure_repeats
from coach.evaluation.metrics.repeats import CheckRepeats, pass_hat_k


@pytest.mark.parametrize("n", [1, 3, 5])
def test_pass_hat_k_is_the_share_of_choices_of_k_runs_that_are_all_right(n: int) -> None:
    for c in range(n + 1):
        for k in range(1, n + 1):
            chosen = list(combinations([True] * c + [False] * (n - c), k))
            assert pytest.approx(sum(map(all, chosen)) / len(chosen)) == pass_hat_k(c, n, k)


@pytest.mark.parametrize(("c", "n", "k"), [(-1, 3, 1), (4, 3, 1), (1, 3, 0), (1, 3, 4)])
def test_pass_hat_k_refuses_what_cannot_be(c: int, n: int, k: int) -> None:
    with pytest.raises(ValueError, match="right of"):
        pass_hat_k(c, n, k)


def test_repeats_worked_by_hand() -> None:
    cases = {
        "steady": [{"claim": True, "safe": True}] * 3,
        "wavering": [{"claim": True, "safe": True}, {"claim": False, "safe": True}, {"claim": True, "safe": True}],
        "wrong": [{"claim": False, "safe": True}] * 3,
        "rep": [{"gap": True}, {"gap": False}, {"gap": False}],
        "talk": [{}, {}, {}],
    }
    expected = Repeats(
        k=3,
        checks={
            # Right 3, 2 and 0 of 3. One run: (1 + 2/3 + 0)/3. Two: (1 + 1/3 + 0)/3. Three: (1 + 0 + 0)/3.
            "claim": CheckRepeats(pass_hat=(5 / 9, 4 / 9, 1 / 3), flip_rate=1 / 3, n=3),
            "safe": CheckRepeats(pass_hat=(1, 1, 1), flip_rate=0, n=3),
            "gap": CheckRepeats(pass_hat=(1 / 3, 0, 0), flip_rate=1, n=1),
        },
        unstable=("wavering", "rep"),
    )
    found = measure_repeats(cases)
    assert expected.checks["claim"].pass_hat == pytest.approx(found.checks["claim"].pass_hat)
    rounded = found.checks | {"claim": expected.checks["claim"]}
    assert expected == found.model_copy(update={"checks": rounded})


def test_k_is_what_every_case_has() -> None:
    found = measure_repeats({"a": [{"gap": True}] * 4, "b": [{"gap": False}, {"gap": True}]})
    assert found.k == 2
    # The first is right in all of four, the second in one of two: (1 + 1/2)/2 and (1 + 0)/2.
    assert (3 / 4, 1 / 2) == found.checks["gap"].pass_hat


@pytest.mark.parametrize("cases", [{}, {"a": [{"gap": True}], "b": []}])
def test_a_case_that_was_not_run_cannot_be_compared(cases: dict) -> None:
    with pytest.raises(NotMeasured, match="run"):
        measure_repeats(cases)
