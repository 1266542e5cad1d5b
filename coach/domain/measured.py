"""What an evaluation measured and cost, as its report has it: for who writes reports, and for who shows them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from coach.domain.base import Frozen

Number = Annotated[float, Field(allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=2**53)]


class Metric(Frozen):
    """One figure; None where there was nothing to measure."""

    value: Number | None
    low: Number | None
    high: Number | None
    """Ends of the 95 % interval."""
    n: Count
    """Cases it was measured on."""


class Spending(Frozen):
    """Cost and latency of a run's answers."""

    asked: Count
    """Answers made by this run, however often it was stopped and went on."""
    cached: Count
    """Answers that another run had made."""
    cost_usd: Number | None
    """What the answers cost when they were made, cached ones included; None where no cost is known."""
    spent_usd: Number | None
    """What this run paid: `cost_usd` without the cached answers."""
    prompt_tokens: Count
    completion_tokens: Count
    cached_tokens: Count
    """Prompt tokens that the provider had in its own cache."""
    latency_ms: dict[str, Number]
    """`p50`, `p90`, `p99` and `max` of the time an answer took when it was made; empty where none was."""
