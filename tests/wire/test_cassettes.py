"""Cassettes of both protocols, replayed with no server.

They were recorded against `coach.testing.provider`; no real provider was contacted. `RECORD=1` renews them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from coach.domain import Usage
from coach.engines.llm import LitellmClient
from coach.errors import EngineError
from coach.testing.provider import Fault, Provider
from coach.wiring import Coach
from tests.wire.conftest import Wired
from tests.wire.recorded import CASSETTES, RECORD, address, cassette
from tests.wire.wired import ANTHROPIC, KEY, OPENAI, PROTOCOLS, note

both_protocols = pytest.mark.parametrize("model", PROTOCOLS.values(), ids=PROTOCOLS)
MOST_BYTES = 70_000
Recorded = Callable[..., Coach]


@pytest.fixture
def recorded(wired: Wired, provider: Provider) -> Recorded:
    def wire(model: str, **others: Any) -> Coach:
        return wired(model, api_base=address(provider, model), fallback=False, **others)

    return wire


def name_of(model: str) -> str:
    return model.partition("/")[0]


@both_protocols
async def test_a_cassette_gives_the_recorded_answer_without_a_server(
    recorded: Recorded, provider: Provider, model: str
) -> None:
    """Recorded against coach.testing.provider; no real provider was contacted."""
    with cassette(name_of(model)) as held:
        review = await recorded(model).review_deal(note())
    assert ["Bertrand countersigned purchase order 0 yesterday", "I telephoned Ottoline about it"] == [
        statement.quote for statement in review.statements
    ]
    assert ("llm", model, False) == (
        review.provenance.engine,
        review.provenance.model,
        review.provenance.cached,
    )
    assert isinstance(review.provenance.usage, Usage)
    assert int(RECORD) == provider.received
    assert RECORD or 1 == held.play_count


@both_protocols
async def test_a_cassette_of_a_refused_request_is_asked_again_after_the_wait(
    recorded: Recorded, provider: Provider, model: str
) -> None:
    """Recorded against coach.testing.provider, told to fail; no real provider was contacted."""
    provider.script(Fault.RATE_LIMITED.of(seconds=0.1))
    with cassette(f"{name_of(model)}-rate-limited") as held:
        review = await recorded(model).review_deal(note())
        statuses = [response["status"]["code"] for response in held.responses]
    assert [429, 200] == statuses
    assert ["0.1"] == held.responses[0]["headers"]["retry-after"]
    assert 2 == len(review.statements)


@pytest.mark.skipif(RECORD, reason="nothing is missing while it is recorded")
@both_protocols
async def test_what_a_cassette_does_not_hold_fails_at_once_and_says_what_to_do(
    recorded: Recorded, monkeypatch: pytest.MonkeyPatch, model: str
) -> None:
    calls = []
    complete = LitellmClient.complete

    async def counted(self: LitellmClient, *arguments: Any, **others: Any) -> Any:
        calls.append(arguments)
        return await complete(self, *arguments, **others)

    monkeypatch.setattr(LitellmClient, "complete", counted)
    coach = recorded(model, attempts=3)

    async def replayed() -> None:
        with cassette(name_of(model)):
            await coach.review_deal(note(99))

    with pytest.raises(pytest.fail.Exception, match="RECORD=1") as failed:
        await replayed()
    error = failed.value.__context__
    assert isinstance(error, EngineError)
    assert (EngineError, False) == (type(error), error.transient)
    assert f"{model}: no recorded exchange answers this request; record it again" == error.detail
    assert 1 == len(calls)


def test_the_cassettes_hold_no_key_and_no_host_and_are_small() -> None:
    found = sorted(CASSETTES.glob("*.yaml"))
    assert {"openai.yaml", "anthropic.yaml"} <= {path.name for path in found}
    for path in found:
        text = path.read_text()
        assert KEY not in text
        assert len(text) < MOST_BYTES
        for exchange in yaml.safe_load(text)["interactions"]:
            assert exchange["request"]["uri"].startswith("http://provider.invalid/v1/")
            assert {"content-type"} == {name.lower() for name in exchange["request"]["headers"]}


@pytest.mark.parametrize(
    ("model", "path"), [(OPENAI, "/v1/chat/completions"), (ANTHROPIC, "/v1/messages")], ids=PROTOCOLS
)
def test_a_cassette_holds_the_request_of_its_protocol(model: str, path: str) -> None:
    (exchange,) = yaml.safe_load((CASSETTES / f"{name_of(model)}.yaml").read_text())["interactions"]
    assert ("POST", f"http://provider.invalid{path}") == (exchange["request"]["method"], exchange["request"]["uri"])
    assert "Ottoline" in exchange["request"]["body"]
