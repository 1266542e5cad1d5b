"""What a run cost as people read it: money, tokens and time; the same in every rendering."""

from __future__ import annotations

from collections.abc import Iterator

from coach.domain.measured import Spending


def money(value: float | None) -> str:
    """US dollars: cents for what costs at least one, four decimals below; `unknown` for None."""
    if value is None:
        return "unknown"
    return f"${value:,.2f}" if value >= 1 or value == 0 else f"${value:.4f}"


def milliseconds(value: float) -> str:
    """A time in the unit that people would say it in."""
    if value >= 1000:
        return f"{value / 1000:.2f} s"
    return f"{value:.0f} ms" if value >= 10 else f"{value:.1f} ms"


def spending_rows(spending: Spending) -> Iterator[tuple[str, str]]:
    """What a run cost, a line each."""
    yield "answers made", f"{spending.asked:,}"
    yield "answers from the cache", f"{spending.cached:,}"
    if _asked_a_model(spending):
        yield "cost of all answers", money(spending.cost_usd)
        yield "paid by this run", money(spending.spent_usd)
        yield "prompt tokens", f"{spending.prompt_tokens:,} ({spending.cached_tokens:,} from the provider's cache)"
        yield "completion tokens", f"{spending.completion_tokens:,}"
    else:
        yield "cost", "no model was asked"
    if spending.latency_ms:
        yield "time for an answer", ", ".join(f"{at} {milliseconds(ms)}" for at, ms in spending.latency_ms.items())


def _asked_a_model(spending: Spending) -> bool:
    """Whether there is a cost to tell; where no answer came at all, nobody knows what the failed ones cost."""
    told = spending.cost_usd is not None or spending.prompt_tokens or spending.completion_tokens
    return bool(told) or not spending.asked + spending.cached
