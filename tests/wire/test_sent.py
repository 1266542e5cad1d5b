"""What really goes over the wire, for each way in which models differ, against what the review says was sent."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from coach.engines.llm.deals.wire import FORM
from coach.errors import EngineError
from coach.testing.provider import Fault, Provider
from coach.testing.provider.connection import Connection, Request
from tests.wire.conftest import Wired
from tests.wire.wired import ANTHROPIC, KEY, OPENAI, PROTOCOLS, note

RENAMED = {"max_completion_tokens": "max_tokens", "output_format": "response_format"}
"""A protocol's own name: ours."""
both_protocols = pytest.mark.parametrize("model", PROTOCOLS.values(), ids=PROTOCOLS)


@pytest.fixture
def bodies(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The bodies of the requests, as they came."""
    found: list[dict[str, Any]] = []
    serve = provider._serve

    async def noted(request: Request, connection: Connection) -> None:
        found.append(json.loads(request.body))
        await serve(request, connection)

    monkeypatch.setattr(provider, "_serve", noted)
    return found


@pytest.mark.parametrize(
    ("model", "more", "names"),
    [
        ("gpt-4o-mini", {}, {"max_tokens", "temperature", "response_format"}),
        ("gpt-5", {}, {"max_completion_tokens", "response_format"}),
        ("gpt-4o-mini", {"json_schema": "off"}, {"max_tokens", "temperature"}),
        ("gpt-4o-mini", {"temperature": None}, {"max_tokens", "response_format"}),
        (ANTHROPIC, {}, {"max_tokens", "temperature", "output_format"}),
        (ANTHROPIC, {"json_schema": "off"}, {"max_tokens", "temperature"}),
        (OPENAI, {}, {"max_tokens", "temperature"}),
        (OPENAI, {"json_schema": "on"}, {"max_tokens", "temperature", "response_format"}),
    ],
)
async def test_the_review_says_which_parameters_were_sent(
    wired: Wired, provider: Provider, model: str, more: dict[str, Any], names: set[str]
) -> None:
    told = (await wired(model, fallback=False, **more).review_deal(note())).provenance.parameters
    sent = provider.asked[-1].parameters
    assert names == set(sent)
    assert told is not None
    assert set(told) == {RENAMED.get(name, name) for name in sent}
    for name in {"max_tokens", "temperature"} & set(told):
        assert told[name] == next(value for sent_as, value in sent.items() if RENAMED.get(sent_as, sent_as) == name)


async def test_the_schema_that_is_sent_is_the_strict_one(wired: Wired, provider: Provider) -> None:
    await wired("gpt-4o-mini", fallback=False).review_deal(note())
    schema = {"name": "deal_reading", "strict": True, "schema": FORM.schema}
    assert {"type": "json_schema", "json_schema": schema} == provider.asked[-1].parameters["response_format"]


async def test_a_model_that_takes_no_temperature_is_asked_once_and_without(wired: Wired, provider: Provider) -> None:
    coach = wired("gpt-5", fallback=False)
    for number in range(2):
        await coach.review_deal(note(number))
    assert [False, False] == ["temperature" in asked.parameters for asked in provider.asked]


@pytest.mark.parametrize("model", [*PROTOCOLS.values(), "gpt-4o-mini"])
async def test_what_never_changes_comes_first_and_is_the_same_to_the_byte(
    wired: Wired, bodies: list[dict[str, Any]], model: str
) -> None:
    coach = wired(model, fallback=False)
    for number in range(2):
        await coach.review_deal(note(number))
    systems = [body.get("system") or body["messages"][0] for body in bodies]
    assert json.dumps(systems[0]) == json.dumps(systems[1])
    assert ["user"] == [one["role"] for one in bodies[0]["messages"] if one["role"] != "system"]
    assert bodies[0]["messages"] != bodies[1]["messages"]
    assert "system" in bodies[0] or "system" == bodies[0]["messages"][0]["role"]


async def test_anthropic_is_told_where_the_part_that_never_changes_ends(
    wired: Wired, bodies: list[dict[str, Any]]
) -> None:
    await wired(ANTHROPIC, fallback=False).review_deal(note())
    await wired(OPENAI, fallback=False).review_deal(note())
    assert [{"type": "ephemeral"}] == [part.get("cache_control") for part in bodies[0]["system"]]
    assert "cache_control" not in json.dumps(bodies[1])


@both_protocols
@pytest.mark.parametrize("attempts", [1, 2])
@pytest.mark.parametrize(
    "fault", [Fault.RATE_LIMITED, Fault.SERVER_ERROR, Fault.BAD_GATEWAY, Fault.UNAVAILABLE, Fault.OVERLOADED, Fault.CUT]
)
async def test_an_attempt_is_one_request(
    wired: Wired, provider: Provider, model: str, attempts: int, fault: Fault
) -> None:
    provider.always(fault)
    with pytest.raises(EngineError):
        await wired(model, fallback=False, attempts=attempts).review_deal(note())
    assert attempts == provider.received


@pytest.mark.parametrize(("model", "requests"), [(OPENAI, 1), (ANTHROPIC, 2)], ids=PROTOCOLS)
async def test_only_where_the_connection_breaks_litellm_asks_anthropic_once_more_by_itself(
    wired: Wired, provider: Provider, model: str, requests: int
) -> None:
    provider.always(Fault.RESET)
    with pytest.raises(EngineError):
        await wired(model, fallback=False, attempts=1).review_deal(note())
    assert requests == provider.received


@pytest.mark.parametrize("fault", [Fault.AUTH, Fault.PERMISSION, Fault.BAD_REQUEST, Fault.QUOTA, Fault.REFUSAL])
@both_protocols
async def test_what_cannot_succeed_is_not_asked_again(
    wired: Wired, provider: Provider, model: str, fault: Fault
) -> None:
    provider.always(fault)
    with pytest.raises(EngineError):
        await wired(model, fallback=False, attempts=3).review_deal(note())
    assert 1 == provider.received


@pytest.mark.parametrize("fault", [Fault.LATENCY.of(seconds=0), Fault.AUTH, Fault.SERVER_ERROR], ids=str)
@both_protocols
async def test_neither_the_key_nor_the_note_is_in_a_log_a_review_or_an_error(
    wired: Wired,
    provider: Provider,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    model: str,
    fault: Fault,
) -> None:
    provider.always(fault)
    with caplog.at_level(logging.DEBUG):
        review = await wired(model).review_deal(note())
        provider.always(Fault.AUTH)
        with pytest.raises(EngineError) as raised:
            await wired(model, fallback=False).review_deal(note(1))
    said = [*capfd.readouterr(), caplog.text, str(raised.value), repr(vars(raised.value))]
    assert [] == [word for word in (KEY, "Ottoline") if any(word in one for one in said)]
    assert KEY not in review.model_dump_json()
