"""Asking one model: again where that may help, no longer than there is time."""

from __future__ import annotations

import asyncio

import pytest

from coach.engines.llm import Budgets, Call, Patience, Reply
from coach.engines.llm.asking import Asking
from coach.engines.llm.breaker import CircuitBreaker
from coach.engines.llm.budget import Purse
from coach.errors import (
    AnswerRefused,
    BadAnswer,
    CircuitOpen,
    ContextTooLong,
    EngineError,
    NotAuthorised,
    OverBudget,
    ProviderTimeout,
    ProviderUnavailable,
    QuotaExhausted,
    RateLimited,
    RequestRefused,
)
from tests.engines.llm.scripted import MODEL, Said, Script, ScriptedClient, said

CALL = Call(system=None, user="Read.", max_tokens=10, temperature=0, schema_={}, schema_name="x")
AWAY = ProviderUnavailable("made/one is away")
FINE = said("Fine.")


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that were waited for; none really are."""
    waited: list[float] = []
    sleep = asyncio.sleep

    async def wait(seconds: float) -> None:
        waited.append(seconds)
        await sleep(0)

    monkeypatch.setattr(asyncio, "sleep", wait)
    return waited


def asking(
    client: ScriptedClient,
    *,
    patience: Patience | None = None,
    breaker: CircuitBreaker | None = None,
    budgets: Budgets | None = None,
    left_s: float = 90,
) -> Asking:
    return Asking(
        client,
        MODEL,
        breaker=breaker or CircuitBreaker("made/one"),
        purse=Purse(budgets or Budgets(), None, client),
        patience=patience or Patience(attempts=3, timeout_s=60),
        ends_at=asyncio.get_running_loop().time() + left_s,
    )


@pytest.mark.parametrize(
    "errors",
    [[], [AWAY], [AWAY, ProviderTimeout("slow")], [RateLimited("busy")]],
    ids=["at_once", "away", "away_then_slow", "busy"],
)
async def test_a_failure_that_may_pass_is_asked_again_after_a_wait(waits: list[float], errors: list[Said]) -> None:
    script = Script([*errors, FINE])
    assert FINE == await asking(ScriptedClient(one=script)).reply(CALL)
    assert len(errors) + 1 == len(script.calls)
    assert len(errors) == len(waits)


async def test_waits_grow(waits: list[float]) -> None:
    script = Script([AWAY] * 4 + [FINE])
    await asking(ScriptedClient(one=script), patience=Patience(attempts=5)).reply(CALL)
    assert [True] * 4 == [2**n / 2 <= wait <= 2**n / 2 + 0.5 for n, wait in enumerate(waits)]


async def test_after_the_last_attempt_the_failure_is_told(waits: list[float]) -> None:
    script = Script([AWAY, AWAY, ProviderUnavailable("made/one is still away")])
    with pytest.raises(ProviderUnavailable, match="still away"):
        await asking(ScriptedClient(one=script)).reply(CALL)
    assert (3, 2) == (len(script.calls), len(waits))


@pytest.mark.parametrize(
    "kind",
    [
        QuotaExhausted,
        NotAuthorised,
        RequestRefused,
        ContextTooLong,
        AnswerRefused,
        BadAnswer,
        OverBudget,
        CircuitOpen,
        EngineError,
    ],
)
async def test_what_cannot_succeed_is_not_asked_again(waits: list[float], kind: type[EngineError]) -> None:
    script = Script([kind("no"), FINE])
    with pytest.raises(kind):
        await asking(ScriptedClient(one=script)).reply(CALL)
    assert (1, []) == (len(script.calls), waits)


async def test_what_is_no_error_of_ours_passes(waits: list[float]) -> None:
    with pytest.raises(ZeroDivisionError):
        await asking(ScriptedClient(one=Script([ZeroDivisionError(), FINE]))).reply(CALL)
    assert [] == waits


async def test_the_wait_that_the_provider_asks_for_is_kept(waits: list[float]) -> None:
    script = Script([RateLimited("busy", retry_after_s=7), FINE])
    assert FINE == await asking(ScriptedClient(one=script)).reply(CALL)
    assert 7 <= waits[0] < 7.5


async def test_a_wait_that_ends_after_the_deadline_is_not_begun(waits: list[float]) -> None:
    script = Script([RateLimited("busy", retry_after_s=3600), FINE])
    with pytest.raises(RateLimited) as raised:
        await asking(ScriptedClient(one=script)).reply(CALL)
    assert 3600 == raised.value.retry_after_s
    assert (1, []) == (len(script.calls), waits)


async def test_an_answer_is_waited_for_no_longer_than_there_is_time() -> None:
    client = ScriptedClient(one=Script([FINE, FINE]))
    await asking(client, patience=Patience(timeout_s=60), left_s=90).reply(CALL)
    await asking(client, patience=Patience(timeout_s=60), left_s=5).reply(CALL)
    assert 60 == client.timeouts[0]
    assert 4 < client.timeouts[1] <= 5


async def test_a_model_that_does_not_answer_in_time_is_a_timeout_and_is_stopped() -> None:
    stopped = asyncio.Event()

    class Silent(ScriptedClient):
        async def complete(self, *_: object, **__: object) -> Reply:
            try:
                await asyncio.Event().wait()
            finally:
                stopped.set()
            raise AssertionError

    with pytest.raises(ProviderTimeout, match="made/one did not answer within"):
        await asking(Silent(), patience=Patience(attempts=1, timeout_s=0.01)).reply(CALL)
    assert stopped.is_set()


async def test_failures_are_counted_and_an_open_circuit_ends_the_asking(waits: list[float]) -> None:
    breaker = CircuitBreaker("made/one", failures=2)
    script = Script([AWAY, AWAY, FINE])
    with pytest.raises(CircuitOpen):
        await asking(ScriptedClient(one=script), breaker=breaker).reply(CALL)
    assert (2, 2) == (len(script.calls), len(waits))


async def test_nothing_is_asked_that_may_go_over_the_budget() -> None:
    script = Script([FINE])
    with pytest.raises(OverBudget):
        await asking(ScriptedClient(one=script), budgets=Budgets(request_tokens=20)).reply(CALL)
    assert [] == script.calls
