"""A packet that is read in parts, or whose answer breaks off: every signal once, and no impression of a part."""

from __future__ import annotations

import asyncio
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain import RepPacket
from coach.engines.llm import Call, Reply
from coach.engines.llm.packets.task import PacketTask
from coach.engines.llm.reading import Reader
from coach.errors import AnswerTruncated, ContextTooLong
from coach.rubrics import load
from coach.text.joined import joined
from tests.engines.llm.packets.made import (
    FINE,
    LOST,
    PACKET,
    RODE,
    UNDONE,
    answer,
    finding,
    quotes,
    read,
    reply,
    signal,
)
from tests.engines.llm.scripted import Script, said, shown_of

NOTES = tuple(f"The calls of week {number} were left out that week." for number in range(500))
LONG = PACKET.model_copy(update={"deal_notes": NOTES})
ALL = [(f"deal_notes.{number}", words.removesuffix(" that week.")) for number, words in enumerate(NOTES)]


def by_rule(packet: RepPacket) -> Script:
    """A model that finds a signal in each sentence about calls that it is shown."""

    def rule(call: Call) -> Reply:
        words = shown_of(call, joined(packet).text)
        found = re.findall(r"The calls of week \d+ were left out", words)
        return reply(*map(signal, found), findings=[finding()])

    return Script(rule)


async def test_a_very_long_packet_is_read_in_parts_and_no_impression_is_of_the_whole(task: PacketTask) -> None:
    ask = by_rule(LONG)
    reading = await read(task, ask, LONG)
    assert len(joined(LONG).text) > 4096 * task.chars_a_token
    assert 2 == len(ask.calls)
    assert [one for one in quotes(reading, LONG) if one[0].startswith("deal_notes")] == ALL
    assert () == reading.impressions


async def test_a_packet_of_the_usual_length_is_read_at_once(task: PacketTask) -> None:
    usual = PACKET.model_copy(update={"deal_notes": NOTES[:250]})
    ask = by_rule(usual)
    reading = await read(task, ask, usual)
    assert (1, 1) == (len(ask.calls), len(reading.impressions))


async def test_many_parts_come_to_the_same_signals(task: PacketTask) -> None:
    ask = by_rule(LONG)
    reading = await read(task, ask, LONG, max_tokens=200)
    assert len(ask.calls) > 10
    assert [one for one in quotes(reading, LONG) if one[0].startswith("deal_notes")] == ALL


async def test_a_packet_that_is_too_long_for_the_model_is_asked_by_halves(task: PacketTask) -> None:
    fits = by_rule(LONG)

    async def ask(call: Call) -> Reply:
        if len(shown_of(call, joined(LONG).text)) > 8000:
            raise ContextTooLong("too long")
        return await fits(call)

    reading = await read(task, ask, LONG)
    assert [one for one in quotes(reading, LONG) if one[0].startswith("deal_notes")] == ALL
    assert () == reading.impressions


async def test_of_an_answer_that_breaks_off_in_its_signals_the_rest_is_asked_by_itself(task: PacketTask) -> None:
    cut = answer(signal(FINE), signal(UNDONE), signal(LOST), findings=[finding()]).partition(f'"{LOST}')[0]
    ask = Script([said(cut, truncated=True), reply(signal(RODE), signal(LOST), findings=[finding()])])
    reading = await read(task, ask)
    assert [FINE, UNDONE, RODE, LOST] == [words for _, words in quotes(reading)]
    assert () == reading.impressions
    assert [] == [words for words in (FINE, UNDONE) if words in ask.calls[1].user]
    assert (2, True) == (len(ask.calls), ask.done)


async def test_of_an_answer_that_breaks_off_in_its_findings_the_signals_stand(task: PacketTask) -> None:
    whole = answer(signal(FINE), signal(LOST), findings=[finding()])
    ask = Script([said(whole[: whole.index('"gap"')], truncated=True), reply(findings=[finding()])])
    reading = await read(task, ask)
    assert [FINE, LOST] == [words for _, words in quotes(reading)]
    assert ((), 0) == (reading.impressions, reading.dropped)


async def test_a_model_without_room_for_any_answer_is_given_up(task: PacketTask) -> None:
    ask = Script(lambda _: said("Let me think about", truncated=True))
    with pytest.raises(AnswerTruncated, match="COACH_MAX_TOKENS"):
        await read(task, ask, LONG)


async def test_what_is_suspected_in_one_part_is_counted_once(task: PacketTask) -> None:
    text = joined(LONG).text

    def rule(call: Call) -> Reply:
        suspected = [one for one in (NOTES[7], NOTES[490]) if one in shown_of(call, text)]
        return reply(signal(NOTES[7]), signal(NOTES[490]), suspected=suspected)

    reading = await read(task, Script(rule), LONG)
    assert (2, ()) == (reading.suspected, reading.signals)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 60), min_size=1, max_size=60), st.integers(20, 300))
def test_a_packet_read_in_parts_has_the_signals_that_it_has_when_read_at_once(
    sizes: list[int], max_tokens: int
) -> None:
    notes = tuple(" ".join(f"The calls of week {number} were left out." for number in range(size)) for size in sizes)
    packet = RepPacket(rep="Ilse", deal_notes=notes, ride_along="The calls of week 1 were left out, and more.")
    task = PacketTask(load("skill_will"))
    at_once = asyncio.run(read(task, by_rule(packet), packet, 100_000))
    in_parts = asyncio.run(read(task, by_rule(packet), packet, max_tokens))
    assert at_once.signals == in_parts.signals
    several = len(Reader(task, max_tokens, 0).calls(packet)) > 1
    assert json.loads(answer(findings=[finding()]))["findings"][0]["gap"] == at_once.impressions[0].gap
    assert (() if several else at_once.impressions) == in_parts.impressions
