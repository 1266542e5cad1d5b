"""What a run cost: paid apart from cached, unknown apart from nothing."""

from __future__ import annotations

import pytest

from coach.domain import Usage
from coach.evaluation.prediction import Failure, Prediction
from coach.evaluation.spending import percentile, spent


def made(duration_ms: float = 10, **fields: object) -> Prediction:
    return Prediction.model_validate(
        {"id": "d", "task": "deal", "output": None, "engine": "told", "duration_ms": duration_ms, **fields}
    )


def test_paid_and_cached_are_told_apart_and_failures_cost_nothing() -> None:
    usage = Usage(prompt_tokens=100, completion_tokens=20, cached_tokens=80)
    spending = spent(
        [
            made(cost_usd=0.5, usage=usage),
            made(cost_usd=0.25, usage=usage, cached=True),
            made(error=Failure(code="timeout", detail="late"), duration_ms=0),
        ]
    )
    assert (1, 1, 0.75, 0.5) == (spending.asked, spending.cached, spending.cost_usd, spending.spent_usd)
    assert (200, 40, 160) == (spending.prompt_tokens, spending.completion_tokens, spending.cached_tokens)


def test_an_unknown_cost_is_not_nought() -> None:
    spending = spent([made(), made()])
    assert (None, None) == (spending.cost_usd, spending.spent_usd)
    assert {} == spent([]).latency_ms


@pytest.mark.parametrize(("share", "expected"), [(1, 1), (50, 5), (90, 9), (91, 10), (99, 10), (100, 10)])
def test_a_percentile_is_the_nearest_rank(share: int, expected: int) -> None:
    assert expected == percentile(list(range(1, 11)), share)


def test_latency_is_of_the_answers() -> None:
    spending = spent([made(duration) for duration in range(1, 101)])
    assert {"p50": 50, "p90": 90, "p99": 99, "max": 100} == spending.latency_ms
