"""Packets and conversations over real HTTP, by both protocols: what is sent, what comes of it, what is bought twice."""

from __future__ import annotations

from datetime import date

import pytest

from coach.domain import RepDiagnosis
from coach.engines.llm.packets.wire import form
from coach.engines.llm.talks.wire import FORM
from coach.rubrics import load
from coach.testing.provider import Provider
from tests.wire.conftest import Wired
from tests.wire.wired import OPENAI, PROTOCOLS, note, packet, spent, talk

DAY = date(2026, 3, 2)
both_protocols = pytest.mark.parametrize("model", PROTOCOLS.values(), ids=PROTOCOLS)


def quotes(diagnosis: RepDiagnosis) -> list[tuple[str, str]]:
    return [(one.field, one.quote) for one in diagnosis.signals]


@both_protocols
async def test_a_packet_is_read_by_the_model(wired: Wired, provider: Provider, model: str) -> None:
    found = await wired(model, fallback=False).diagnose_rep(packet(), DAY)
    assert [
        ("ride_along", "She showed slide 0 before anybody had spoken"),
        ("ride_along", "The buyer named no cost"),
    ] == quotes(found)
    assert ("discovery", "skill", 0.9) == (found.primary.competency, found.primary.gap, found.primary.confidence)
    assert ("llm", model, "skill_will") == (
        found.provenance.engine,
        found.provenance.model,
        found.provenance.prompt and found.provenance.prompt.id,
    )
    assert 1 == provider.received
    assert "PERSON_1" in provider.asked[0].user


@both_protocols
async def test_a_conversation_is_read_by_the_model(wired: Wired, provider: Provider, model: str) -> None:
    found = await wired(model, fallback=False).review_manager(talk(), DAY)
    assert [
        ("Did quote 0 go out?", "seller_question"),
        ("I will ring Mr Pell about it myself", "takeover"),
    ] == [(one.quote, one.move) for one in found.moves]
    assert "What would you ask him yourself?" in [one.ask for one in found.rewrites]
    assert ("llm", model, "manager_moves") == (
        found.provenance.engine,
        found.provenance.model,
        found.provenance.prompt and found.provenance.prompt.id,
    )
    assert 1 == provider.received


@both_protocols
async def test_what_was_bought_is_not_bought_again_and_comes_to_the_same(
    wired: Wired, provider: Provider, model: str
) -> None:
    first, again = wired(model), wired(model)
    diagnoses = [await one.diagnose_rep(packet(), DAY) for one in (first, again)]
    mirrors = [await one.review_manager(talk(), DAY) for one in (first, again)]
    assert 2 == provider.received
    for bought, known in (diagnoses, mirrors):
        assert (False, True, 0.0) == (bought.provenance.cached, known.provenance.cached, known.provenance.cost_usd)
        assert bought.id == known.id
    assert (diagnoses[0].signals, mirrors[0].moves) == (diagnoses[1].signals, mirrors[1].moves)


async def test_what_all_tasks_spend_is_of_one_ledger(wired: Wired, provider: Provider) -> None:
    coach = wired(OPENAI)
    made = [
        (await coach.review_deal(note())).provenance,
        (await coach.diagnose_rep(packet(), DAY)).provenance,
        (await coach.review_manager(talk(), DAY)).provenance,
    ]
    usages = [one.usage for one in made if one.usage]
    assert 3 == len(usages) == provider.received
    assert sum(one.prompt_tokens + one.completion_tokens for one in usages) == spent(coach)


async def test_the_schema_that_is_sent_is_that_of_the_task(wired: Wired, provider: Provider) -> None:
    coach = wired("gpt-4o-mini", fallback=False)
    await coach.diagnose_rep(packet(), DAY)
    await coach.review_manager(talk(), DAY)
    signals = frozenset(one.id for one in load("skill_will").signals)
    schemas = [("packet_reading", form(signals).schema), ("talk_reading", FORM.schema)]
    assert [{"name": name, "strict": True, "schema": schema} for name, schema in schemas] == [
        one.parameters["response_format"]["json_schema"] for one in provider.asked
    ]


@both_protocols
async def test_what_never_changes_of_a_task_is_the_same_to_the_byte(
    wired: Wired, provider: Provider, model: str
) -> None:
    coach = wired(model, fallback=False)
    for number in range(2):
        await coach.diagnose_rep(packet(number), DAY)
        await coach.review_manager(talk(number), DAY)
    systems = [one.system for one in provider.asked]
    assert systems[:2] == systems[2:]
    assert systems[0] != systems[1]
    assert 4 == len({one.user for one in provider.asked})
