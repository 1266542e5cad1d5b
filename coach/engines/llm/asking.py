"""Puts one call to one model, again where that may help, within a deadline; tenacity has the waits.

What cannot succeed is not asked again: a quota that is used up, a key that is not accepted, a text that is too long, a
recorded exchange that is missing.
"""

from __future__ import annotations

import asyncio

from pydantic import Field
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt, wait_exponential_jitter
from tenacity.stop import stop_base

from coach.domain.base import Frozen
from coach.engines.llm.breaker import CircuitBreaker
from coach.engines.llm.budget import Purse
from coach.engines.llm.call import Call, Client, Reply, Target
from coach.errors import EngineError, ProviderTimeout, ProviderUnavailable, RateLimited
from coach.observed import observed

_JITTER_S = 0.5
"""Callers that were told the same wait do not come back at the same moment."""
_backing_off = wait_exponential_jitter(multiplier=0.5, max=20, jitter=_JITTER_S)


class Patience(Frozen):
    """How long and how often a model is asked."""

    attempts: int = Field(default=3, ge=1)
    timeout_s: float = Field(default=60, gt=0)
    """One answer."""
    deadline_s: float = Field(default=90, gt=0)
    """The whole reading, with every wait and every model of the chain."""


class Asking:
    """One reading's calls to one model."""

    def __init__(  # noqa: PLR0913  each is a part of its own
        self,
        client: Client,
        target: Target,
        *,
        breaker: CircuitBreaker,
        purse: Purse,
        patience: Patience,
        ends_at: float,
    ) -> None:
        """Prepare.

        Args:
            client: Puts the calls.
            target: The model.
            breaker: Its provider's.
            purse: What the reading may spend.
            patience: How long and how often to ask.
            ends_at: When the reading must be done, by the event loop's clock.
        """
        self._client = client
        self._target = target
        self._breaker = breaker
        self._purse = purse
        self._patience = patience
        self._ends_at = ends_at

    async def reply(self, call: Call) -> Reply:
        """Put a call.

        Raises:
            EngineError: no answer, as often as it was worth asking.
        """
        async for attempt in AsyncRetrying(
            stop=stop_after_attempt(self._patience.attempts) | _no_time_left(self._ends_at),
            wait=_wait,
            retry=retry_if_exception(lambda error: isinstance(error, EngineError) and error.transient),
            reraise=True,
        ):
            with attempt:
                return await self._once(call)
        raise AssertionError("tenacity either returns or raises")

    async def _once(self, call: Call) -> Reply:
        # A little before the end of it all, so that it is known who was too slow.
        left_s = (self._ends_at - asyncio.get_running_loop().time()) * 0.95
        timeout_s = max(min(self._patience.timeout_s, left_s), 0.001)
        async with self._purse.paying(self._target, call) as replies:
            with observed("call", model=self._target.model), self._breaker.call():
                try:
                    async with asyncio.timeout(timeout_s):
                        reply = await self._client.complete(self._target, call, timeout_s=timeout_s)
                except TimeoutError:
                    raise ProviderTimeout(f"{self._target.model} did not answer within {timeout_s:.0f} s") from None
            replies.append(reply)
        return reply


class _no_time_left(stop_base):  # noqa: N801  tenacity's own way to name them
    """No wait that would end after the deadline."""

    def __init__(self, ends_at: float) -> None:
        self._ends_at = ends_at

    def __call__(self, state: RetryCallState) -> bool:
        return asyncio.get_running_loop().time() + state.upcoming_sleep >= self._ends_at


def _wait(state: RetryCallState) -> float:
    backed_off = _backing_off(state)
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, RateLimited | ProviderUnavailable) and error.retry_after_s is not None:
        return error.retry_after_s + backed_off % _JITTER_S
    return backed_off
