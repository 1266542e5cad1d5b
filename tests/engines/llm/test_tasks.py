"""The engine with packets and conversations: each task has its own prompt, form and reading."""

from __future__ import annotations

import asyncio

import pytest

from coach.engines.llm import LlmEngine
from coach.errors import BadAnswer
from coach.rubrics import Rubrics
from tests.engines.llm.of_task import DEAL, ONCE, REP, TALK, OfTask, each_task, engine_of
from tests.engines.llm.packets import made as packets
from tests.engines.llm.scripted import MODEL, USAGE, Script, ScriptedClient
from tests.engines.llm.talks import made as talks


@each_task
async def test_a_reading_says_who_read_it_and_by_which_prompt(rubrics: Rubrics, one: OfTask) -> None:
    engine = engine_of(rubrics, one.right)
    reading = await one.by(engine)
    assert one.reads is type(reading)
    assert ("llm", engine.version_of(one.task)) == (reading.engine, reading.engine_version)
    assert engine.request(one.task) == reading.request
    rubric = getattr(rubrics, one.task)
    assert (rubric.id, rubric.prompt.version) == (reading.request.prompt.id, reading.request.prompt.version)
    assert (USAGE, 0.25, False, {"temperature": 0}) == (
        reading.usage,
        reading.cost_usd,
        reading.cached,
        reading.parameters,
    )


async def test_what_was_read_is_in_the_readings(rubrics: Rubrics) -> None:
    packet, talk = await REP.by(engine_of(rubrics, REP.right)), await TALK.by(engine_of(rubrics, TALK.right))
    assert [("manager_observation", packets.UNDONE)] == packets.quotes(packet)
    assert ["will"] == [one.gap for one in packet.impressions]
    assert [(talks.RING, "takeover")] == talks.moves(talk)
    assert [(talks.RING, "What does he need to see?")] == talks.rewritten(talk)


def test_each_task_has_its_own_prompt_and_the_same_parameters(rubrics: Rubrics) -> None:
    requests = [engine_of(rubrics).request(one.task) for one in (DEAL, REP, TALK)]
    assert ["buyer_evidence", "skill_will", "manager_moves"] == [one.prompt.id for one in requests if one.prompt]
    assert 3 == len({one.prompt.sha256 for one in requests if one.prompt})
    assert [requests[0].parameters] * 3 == [one.parameters for one in requests]


@each_task
async def test_those_who_ask_the_same_at_once_are_answered_by_one_call(rubrics: Rubrics, one: OfTask) -> None:
    script = Script([one.right])
    engine = LlmEngine(rubrics, [MODEL], ScriptedClient(one=script), asked=ONCE)
    readings = await asyncio.gather(*(one.by(engine) for _ in range(5)))
    assert [readings[0]] * 5 == readings
    assert 1 == len(script.calls)


@each_task
async def test_an_answer_to_another_task_is_none(rubrics: Rubrics, one: OfTask) -> None:
    with pytest.raises(BadAnswer):
        await one.by(engine_of(rubrics, DEAL.right, DEAL.right))
