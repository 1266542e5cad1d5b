"""Cassettes of a packet and a conversation, of both protocols, replayed with no server.

They were recorded against `coach.testing.provider`; no real provider was contacted. `RECORD=1` renews them.
"""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from coach.domain import Usage
from coach.engines.llm import LlmEngine
from coach.testing.provider import Provider
from tests.wire.conftest import Wired
from tests.wire.recorded import CASSETTES, RECORD, address, cassette
from tests.wire.wired import ANTHROPIC, OPENAI, PROTOCOLS, packet, talk

DAY = date(2026, 3, 2)
both_protocols = pytest.mark.parametrize("model", PROTOCOLS.values(), ids=PROTOCOLS)


def name_of(model: str, task: str) -> str:
    return f"{model.partition('/')[0]}-{task}"


@both_protocols
async def test_a_cassette_gives_the_recorded_answer_to_a_packet_without_a_server(
    wired: Wired, provider: Provider, model: str
) -> None:
    """Recorded against coach.testing.provider; no real provider was contacted."""
    coach = wired(model, api_base=address(provider, model), fallback=False)
    with cassette(name_of(model, "packet")) as held:
        found = await coach.diagnose_rep(packet(), DAY)
    assert ["She showed slide 0 before anybody had spoken", "The buyer named no cost"] == [
        one.quote for one in found.signals
    ]
    assert ("skill", model) == (found.primary.gap, found.provenance.model)
    assert isinstance(found.provenance.usage, Usage)
    assert int(RECORD) == provider.received
    assert RECORD or 1 == held.play_count


@both_protocols
async def test_a_cassette_gives_the_recorded_answer_to_a_conversation_without_a_server(
    wired: Wired, provider: Provider, model: str
) -> None:
    """Recorded against coach.testing.provider; no real provider was contacted."""
    coach = wired(model, api_base=address(provider, model), fallback=False)
    with cassette(name_of(model, "talk")) as held:
        found = await coach.review_manager(talk(), DAY)
    assert ["Did quote 0 go out?", "I will ring Mr Pell about it myself"] == [one.quote for one in found.moves]
    assert "What would you ask him yourself?" in [one.ask for one in found.rewrites]
    assert model == found.provenance.model
    assert int(RECORD) == provider.received
    assert RECORD or 1 == held.play_count


@both_protocols
async def test_a_cassette_is_read_by_the_engine_alone_in_the_same_way(
    wired: Wired, provider: Provider, model: str
) -> None:
    """Recorded against coach.testing.provider; no real provider was contacted."""
    coach = wired(model, api_base=address(provider, model), fallback=False)
    assert isinstance(coach.engine, LlmEngine)
    with cassette(name_of(model, "engine")):
        signals = (await coach.engine.read_packet(packet())).signals
        moves = (await coach.engine.read_talk(talk())).moves
    assert [("ride_along", "done_wrong", "discovery")] * 2 == [
        (one.field, one.signal, one.competency) for one in signals
    ]
    assert ["seller_question", "takeover"] == [one.move for one in moves]


@pytest.mark.parametrize(
    ("model", "path"), [(OPENAI, "/v1/chat/completions"), (ANTHROPIC, "/v1/messages")], ids=PROTOCOLS
)
@pytest.mark.parametrize(("task", "words"), [("packet", "slide 0"), ("talk", "Mr Pell")])
def test_a_cassette_of_a_task_holds_the_request_of_its_protocol(model: str, path: str, task: str, words: str) -> None:
    (exchange,) = yaml.safe_load((CASSETTES / f"{name_of(model, task)}.yaml").read_text())["interactions"]
    assert ("POST", f"http://provider.invalid{path}") == (exchange["request"]["method"], exchange["request"]["uri"])
    assert words in exchange["request"]["body"]
    assert "Discovery is my strong side" in exchange["request"]["body"] or task == "talk"
