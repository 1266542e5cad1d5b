"""Waits, deadlines, the circuit, stand-ins, budgets and cancellation, as the provider sees them."""

from __future__ import annotations

import asyncio
import time
from functools import partial

import pytest

from coach.domain import DealReview
from coach.engines.llm import engine as llm_engine
from coach.engines.llm.breaker import FAILURES, CircuitBreaker
from coach.engines.llm.budget import prompt_tokens
from coach.engines.llm.engine import LlmEngine
from coach.errors import CircuitOpen, OverBudget, ProviderTimeout, ProviderUnavailable, RateLimited
from coach.testing.provider import Fault, Provider
from coach.wiring import Coach
from tests.wire.conftest import Wired
from tests.wire.wired import PROTOCOLS, note, spent, until

both_protocols = pytest.mark.parametrize("model", PROTOCOLS.values(), ids=PROTOCOLS)


@both_protocols
async def test_the_wait_that_the_provider_asks_for_is_kept(wired: Wired, provider: Provider, model: str) -> None:
    provider.script(Fault.RATE_LIMITED.of(seconds=1))
    review = await wired(model, fallback=False).review_deal(note())
    assert ("llm", 2) == (review.provenance.engine, provider.received)
    assert 1 <= provider.asked[1].at - provider.asked[0].at < 3


@both_protocols
async def test_a_wait_beyond_the_deadline_is_not_begun(wired: Wired, provider: Provider, model: str) -> None:
    provider.always(Fault.RATE_LIMITED.of(seconds=100))
    coach = wired(model, fallback=False, deadline_s=5)
    started = time.monotonic()
    with pytest.raises(RateLimited) as raised:
        await coach.review_deal(note())
    assert (100, 1) == (raised.value.retry_after_s, provider.received)
    assert time.monotonic() - started < 4


@both_protocols
async def test_a_provider_that_hangs_is_left(wired: Wired, provider: Provider, model: str) -> None:
    provider.always(Fault.HANG)
    with pytest.raises(ProviderTimeout):
        await wired(model, fallback=False, attempts=1, timeout_s=0.3).review_deal(note())
    await until(lambda: provider.left == 1)


@both_protocols
async def test_the_deadline_holds_whatever_the_attempts_and_their_timeouts(
    wired: Wired, provider: Provider, model: str
) -> None:
    provider.always(Fault.HANG)
    coach = wired(model, fallback=False, attempts=10, timeout_s=0.4, deadline_s=1)
    started = time.monotonic()
    with pytest.raises(ProviderTimeout):
        await coach.review_deal(note())
    assert 0.8 < time.monotonic() - started < 2.5
    await until(lambda: provider.left == provider.received)


async def failing(coach: Coach, times: int) -> None:
    for number in range(times):
        with pytest.raises(ProviderUnavailable):
            await coach.review_deal(note(number))


async def test_a_provider_that_fails_again_and_again_is_not_asked_for_a_while(wired: Wired, provider: Provider) -> None:
    provider.always(Fault.SERVER_ERROR)
    coach = wired(fallback=False, attempts=1)
    await failing(coach, FAILURES)
    provider.always(None)
    with pytest.raises(CircuitOpen):
        await coach.review_deal(note(FAILURES))
    assert provider.received == FAILURES


async def test_after_a_rest_one_request_tries_and_then_all_goes_on(
    wired: Wired, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(llm_engine, "CircuitBreaker", partial(CircuitBreaker, rest_s=0.0))
    provider.always(Fault.SERVER_ERROR)
    coach = wired(fallback=False, attempts=1)
    await failing(coach, FAILURES + 1)
    provider.always(None)
    reviews = [await coach.review_deal(note(number)) for number in range(3)]
    assert ["llm"] * 3 == [review.provenance.engine for review in reviews]
    assert FAILURES + 1 + 3 == provider.received


async def test_where_the_first_model_fails_the_second_answers_and_the_review_says_so(
    wired: Wired, provider: Provider
) -> None:
    coach = wired("openai/first@server_error", fallback_models="openai/second")
    review = await coach.review_deal(note())
    assert ("llm", "openai/second") == (review.provenance.engine, review.provenance.model)
    assert ["other_model"] == [notice.code for notice in review.notices]
    assert ["first@server_error"] * 2 + ["second"] == [asked.model for asked in provider.asked]


@both_protocols
async def test_what_a_budget_has_no_room_for_is_never_sent(wired: Wired, provider: Provider, model: str) -> None:
    with pytest.raises(OverBudget):
        await wired(model, fallback=False, budget_day_tokens=1000).review_deal(note())
    review = await wired(model, budget_request_tokens=1000).review_deal(note())
    assert ["degraded"] == [notice.code for notice in review.notices]
    assert "(over_budget)" in review.notices[0].text
    assert 0 == provider.received


@both_protocols
async def test_reviews_at_once_never_go_over_the_budget_of_a_day(wired: Wired, provider: Provider, model: str) -> None:
    provider._latency_s = 0.05
    first = wired(model, fallback=False, budget_day_tokens=1).engine
    assert isinstance(first, LlmEngine)
    (call,) = first.calls("deal", note())
    a_call = prompt_tokens(call) + call.max_tokens
    budget = 3 * a_call + 100
    # Two, as two processes would be: they share the ledger alone.
    coaches = [wired(model, fallback=False, budget_day_tokens=budget) for _ in range(2)]
    reviews = await asyncio.gather(
        *(coaches[number % 2].review_deal(note(number)) for number in range(20)), return_exceptions=True
    )
    answered = [one for one in reviews if isinstance(one, DealReview)]
    assert 3 <= len(answered) == provider.received < 20
    assert {OverBudget} == {type(one) for one in reviews if not isinstance(one, DealReview)}
    assert provider.most_in_flight <= 3
    assert 0 < spent(coaches[0]) <= budget


@both_protocols
async def test_a_review_that_is_cancelled_leaves_the_provider(wired: Wired, provider: Provider, model: str) -> None:
    provider.always(Fault.HANG)
    coach = wired(model)
    review = asyncio.create_task(coach.review_deal(note()))
    await until(lambda: provider.in_flight == 1)
    review.cancel()
    with pytest.raises(asyncio.CancelledError):
        await review
    await until(lambda: provider.left == 1)
    assert 1 == provider.received
    assert spent(coach)  # it may have been charged all the same


@both_protocols
async def test_of_two_who_ask_the_same_one_may_leave(wired: Wired, provider: Provider, model: str) -> None:
    provider.always(Fault.LATENCY.of(seconds=0.3))
    coach = wired(model)
    stays, leaves = (asyncio.create_task(coach.review_deal(note())) for _ in range(2))
    await until(lambda: provider.in_flight == 1)
    leaves.cancel()
    assert "llm" == (await stays).provenance.engine
    assert (1, 0) == (provider.received, provider.left)


async def test_what_is_closed_leaves_the_store_closed(wired: Wired) -> None:
    coach = wired(fallback=False)
    await coach.review_deal(note())
    await coach.close()
    assert isinstance(coach.engine, LlmEngine)
    assert coach.engine._kept._database._db is None
