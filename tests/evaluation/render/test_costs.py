"""How cost and time are written, and what is said where nobody was paid."""

from __future__ import annotations

from typing import Any

import pytest

from coach.domain.measured import Spending
from coach.evaluation.render import costs


@pytest.mark.parametrize(
    ("value", "expected"), [(None, "unknown"), (0, "$0.00"), (0.0041, "$0.0041"), (1234.5, "$1,234.50")]
)
def test_money(value: float | None, expected: str) -> None:
    assert expected == costs.money(value)


@pytest.mark.parametrize(("value", "expected"), [(0.42, "0.4 ms"), (420.4, "420 ms"), (1234, "1.23 s")])
def test_time(value: float, expected: str) -> None:
    assert expected == costs.milliseconds(value)


def spending(**changes: Any) -> Spending:
    fields: dict[str, Any] = {
        "asked": 3,
        "cached": 0,
        "cost_usd": None,
        "spent_usd": None,
        "prompt_tokens": 0,
        "completion_tokens": 0,
        "cached_tokens": 0,
        "latency_ms": {"p50": 12.0},
    }
    return Spending(**fields | changes)


def test_an_engine_without_cost_or_tokens_asked_no_model() -> None:
    rows = list(costs.spending_rows(spending()))
    expected = [
        ("answers made", "3"),
        ("answers from the cache", "0"),
        ("cost", "no model was asked"),
        ("time for an answer", "p50 12 ms"),
    ]
    assert expected == rows


@pytest.mark.parametrize(
    "known", [{"cost_usd": 0.0}, {"prompt_tokens": 9}, {"completion_tokens": 9}, {"asked": 0, "latency_ms": {}}]
)
def test_what_is_unknown_of_a_model_or_of_failures_alone_is_said_to_be_unknown(known: dict[str, Any]) -> None:
    rows = dict(costs.spending_rows(spending(**known)))
    assert "cost" not in rows
    assert costs.money(known.get("cost_usd")) == rows["cost of all answers"]
    assert "unknown" == rows["paid by this run"]
    assert str(known.get("completion_tokens", 0)) == rows["completion tokens"]
