"""What was bought for a packet or a conversation is kept, under a key of its task and of all that is known."""

from __future__ import annotations

from typing import Any

import pytest

from coach.domain import Conversation, DealNote, RepPacket
from coach.domain.base import Frozen
from coach.engines.base import DealReading, PacketReading, TalkReading, TaskName
from coach.engines.llm import LlmEngine
from coach.rubrics import Rubrics
from tests.engines.llm import scripted
from tests.engines.llm.of_task import ONCE, REP, TALK, OfTask, each_task, engine_of
from tests.engines.llm.packets import made as packets
from tests.engines.llm.scripted import MODEL, WRITTEN_ON, Kept, Script, ScriptedClient
from tests.engines.llm.talks import made as talks


@each_task
async def test_what_was_bought_is_kept_costs_nothing_and_equals(rubrics: Rubrics, one: OfTask) -> None:
    kept = Kept()
    bought = await one.by(engine_of(rubrics, one.right, kept=kept))
    known = await one.by(engine_of(rubrics, kept=kept))
    assert (False, 0.25) == (bought.cached, bought.cost_usd)
    assert bought.model_copy(update={"cached": True, "cost_usd": 0.0}) == known
    assert 1 == len(kept)


async def test_what_is_kept_holds_no_text_of_a_packet_or_a_conversation_but_its_rewrites(rubrics: Rubrics) -> None:
    kept = Kept()
    for one in (REP, TALK):
        await one.by(engine_of(rubrics, one.right, kept=kept))
    whole = "".join((*kept, *kept.values()))
    words = ("Ilse", packets.UNDONE, packets.LAZY, "Ruth", talks.RING, talks.SHY)
    assert [] == [one for one in words if one in whole]


async def test_the_same_text_has_a_key_of_its_own_in_each_task(rubrics: Rubrics) -> None:
    text, kept = "She signed.", Kept()
    asked = Script(lambda _: scripted.said('{"statements": [], "signals": [], "moves": []}'))
    engine = LlmEngine(rubrics, [MODEL], ScriptedClient(one=asked), asked=ONCE, kept=kept)
    for _ in range(2):
        readings = (
            await engine.read_deal(DealNote(written_on=WRITTEN_ON, note=text)),
            await engine.read_packet(RepPacket(rep="", ride_along=text)),
            await engine.read_talk(Conversation(transcript=text)),
        )
    assert [DealReading, PacketReading, TalkReading] == [type(one) for one in readings]
    assert [True] * 3 == [one.cached for one in readings]
    assert (3, 3) == (len(kept), len(asked.calls))


@pytest.mark.parametrize(
    "change",
    [
        {"role": "other"},
        {"tenure": "other"},
        {"manager_observation": None},
        {"results": {"quota_attainment_pct": 72}},
        {"deal_notes": packets.PACKET.deal_notes[::-1]},
        {"ride_along": "other"},
        {"self_assessment": packets.PACKET.self_assessment.model_copy(update={"ratings": {}})},
        {"self_assessment": packets.PACKET.self_assessment.model_copy(update={"text": "other"})},
    ],
    ids=lambda change: next(iter(change)),
)
async def test_whatever_is_known_of_a_rep_makes_it_another_answer(rubrics: Rubrics, change: dict[str, Any]) -> None:
    await is_another(rubrics, packets.PACKET, packets.PACKET.model_copy(update=change), REP)


async def test_of_whom_the_model_is_not_told_the_answer_is_the_same(rubrics: Rubrics) -> None:
    with pytest.raises(AssertionError, match=r"\(2, False\) == \(1, True\)"):
        await is_another(rubrics, packets.PACKET, packets.PACKET.model_copy(update={"rep": "Jan"}), REP)


@pytest.mark.parametrize("field", ["setting", "manager", "rep", "transcript"])
async def test_whatever_is_known_of_a_conversation_makes_it_another_answer(rubrics: Rubrics, field: str) -> None:
    await is_another(rubrics, talks.TALK, talks.TALK.model_copy(update={field: "Ruth: Other words."}), TALK)


async def is_another(rubrics: Rubrics, first: Frozen, second: Frozen, one: OfTask) -> None:
    kept = Kept()
    engine = LlmEngine(rubrics, [MODEL], ScriptedClient(one=Script(lambda _: one.right)), asked=ONCE, kept=kept)
    await one._replace(given=first).by(engine)
    reading = await one._replace(given=second).by(engine)
    assert (2, False) == (len(kept), reading.cached)


@each_task
async def test_a_changed_rubric_makes_it_another_answer_and_that_of_another_task_does_not(
    rubrics: Rubrics, one: OfTask
) -> None:
    def more_rules(task: TaskName) -> Rubrics:
        rubric = getattr(rubrics, task)
        return rubrics._replace(**{task: rubric.model_copy(update={"rules": (*rubric.rules, "One more.")})})

    kept = Kept()
    await one.by(engine_of(rubrics, one.right, kept=kept))
    assert (await one.by(engine_of(more_rules("deal"), kept=kept))).cached
    assert not (await one.by(engine_of(more_rules(one.task), one.right, kept=kept))).cached


@pytest.mark.parametrize(
    "damaged", ["{", "{}", DealReading(engine="llm", engine_version="1", labels=()).model_dump_json()]
)
@each_task
async def test_what_was_kept_and_is_no_reading_of_the_task_is_bought_again(
    rubrics: Rubrics, one: OfTask, damaged: str
) -> None:
    class Damaged(Kept):
        def get(self, *_: object, **__: bool) -> str:
            return damaged

    reading = await one.by(engine_of(rubrics, one.right, kept=Damaged()))
    assert (one.reads, False) == (type(reading), reading.cached)
