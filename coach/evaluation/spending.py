"""What a run cost: money, tokens and time, told apart from what came out of the cache."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coach.domain.measured import Spending
from coach.evaluation.prediction import Prediction


def spent(predictions: Iterable[Prediction]) -> Spending:
    """Add up what predictions cost."""
    answers = [one for one in predictions if one.error is None]
    made = [one for one in answers if not one.cached]
    usages = [one.usage for one in answers if one.usage]
    times = sorted(one.duration_ms for one in answers)
    return Spending(
        asked=len(made),
        cached=len(answers) - len(made),
        cost_usd=_sum(answers),
        spent_usd=_sum(made),
        prompt_tokens=sum(one.prompt_tokens for one in usages),
        completion_tokens=sum(one.completion_tokens for one in usages),
        cached_tokens=sum(one.cached_tokens for one in usages),
        latency_ms={f"p{share}": percentile(times, share) for share in (50, 90, 99)} | {"max": times[-1]}
        if times
        else {},
    )


def percentile(ordered: Sequence[float], share: int) -> float:
    """The smallest value that at least `share` percent of the ordered values do not exceed (nearest rank)."""
    return ordered[max(0, -(-share * len(ordered) // 100) - 1)]


def _sum(predictions: Sequence[Prediction]) -> float | None:
    known = [one.cost_usd for one in predictions if one.cost_usd is not None]
    return sum(known) if known else None
