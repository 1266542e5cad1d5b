"""The circuit breaker: opens after failures in a row, lets one call try after a rest, counts only what it should."""

from __future__ import annotations

import asyncio

import pytest

from coach.engines.llm.breaker import CircuitBreaker
from coach.errors import (
    AnswerRefused,
    CircuitOpen,
    NotAuthorised,
    ProviderTimeout,
    ProviderUnavailable,
    QuotaExhausted,
    RateLimited,
    RequestRefused,
)


class Clock:
    """Shows what it is set to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> CircuitBreaker:
    return CircuitBreaker("made/one", failures=3, rest_s=30, clock=clock)


def fail(breaker: CircuitBreaker, error: BaseException | None = None) -> None:
    error = error or ProviderUnavailable("away")
    with pytest.raises(type(error)), breaker.call():
        raise error


def work(breaker: CircuitBreaker) -> bool:
    with breaker.call():
        return True


def test_failures_in_a_row_open_it_and_it_says_when_it_is_tried_again(breaker: CircuitBreaker, clock: Clock) -> None:
    for _ in range(2):
        fail(breaker)
    assert work(breaker)
    for _ in range(3):
        fail(breaker, ProviderTimeout("slow"))
    clock.now += 10
    with pytest.raises(CircuitOpen, match=r"made/one failed 3 times in a row; it is tried again in 20 s"):
        work(breaker)


def test_after_a_rest_a_call_that_works_closes_it(breaker: CircuitBreaker, clock: Clock) -> None:
    for _ in range(3):
        fail(breaker)
    clock.now += 30
    assert work(breaker)
    fail(breaker)
    assert work(breaker)


def test_after_a_rest_a_single_failure_opens_it_again(breaker: CircuitBreaker, clock: Clock) -> None:
    for _ in range(3):
        fail(breaker)
    clock.now += 30
    fail(breaker)
    with pytest.raises(CircuitOpen, match="in 30 s"):
        work(breaker)


def test_while_one_call_tries_no_other_may(breaker: CircuitBreaker, clock: Clock) -> None:
    for _ in range(3):
        fail(breaker)
    clock.now += 30
    with breaker.call(), pytest.raises(CircuitOpen, match="shortly"):
        work(breaker)
    assert work(breaker)


def test_a_try_that_is_cancelled_decides_nothing_and_the_next_may_try(breaker: CircuitBreaker, clock: Clock) -> None:
    for _ in range(3):
        fail(breaker)
    clock.now += 30
    fail(breaker, asyncio.CancelledError())
    fail(breaker)
    with pytest.raises(CircuitOpen):
        work(breaker)


def test_a_call_that_is_cancelled_does_not_count(breaker: CircuitBreaker) -> None:
    for _ in range(9):
        fail(breaker, asyncio.CancelledError())
    for _ in range(2):
        fail(breaker)
    assert work(breaker)


@pytest.mark.parametrize(
    "kind", [RateLimited, QuotaExhausted, NotAuthorised, RequestRefused, AnswerRefused, ValueError]
)
def test_a_provider_that_says_no_is_alive(breaker: CircuitBreaker, kind: type[Exception]) -> None:
    for _ in range(2):
        fail(breaker)
    fail(breaker, kind("no"))
    for _ in range(2):
        fail(breaker)
    assert work(breaker)


def test_a_refusal_while_open_is_no_failure_more(breaker: CircuitBreaker, clock: Clock) -> None:
    for _ in range(3):
        fail(breaker)
    clock.now += 29
    for _ in range(5):
        fail(breaker, CircuitOpen("open"))
    clock.now += 1
    assert work(breaker)
