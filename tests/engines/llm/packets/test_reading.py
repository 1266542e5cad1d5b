"""Reading a packet by a model that says what the test wrote: each signal lies in one text, word for word."""

from __future__ import annotations

from itertools import pairwise

import pytest

from coach.domain import Competency, RepPacket, SelfAssessment
from coach.engines.llm import Call, Reply
from coach.engines.llm.packets.task import PacketTask
from coach.engines.llm.reading import Reader
from coach.errors import AnswerRefused, BadAnswer, ProviderUnavailable
from coach.text.joined import joined
from tests.engines.llm.packets.made import (
    BUDGET,
    FINE,
    LAZY,
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

OWN, SEEN, RIDE = "self_assessment", "manager_observation", "ride_along"
ACROSS = f"{BUDGET}.\n\n[ride-along]\n{BUDGET} in minute two"
HEADED = f"[ride-along]\n{BUDGET} in minute two"
HEADING = "[manager's observation]"


def sent_back(call: Call) -> str:
    """The texts that a repair shows."""
    assert call.system is None
    return shown_of(call, joined(PACKET).text)


async def test_an_answer_becomes_signals_each_in_its_own_text(task: PacketTask) -> None:
    given = [signal(FINE, "self_view"), signal(LAZY, "label"), signal(UNDONE), signal(RODE, "done_wrong", "discovery")]
    ask = Script([reply(*given, findings=[finding(), finding("discovery", "skill")])])
    reading = await read(task, ask)
    assert [(OWN, FINE), (SEEN, LAZY), (SEEN, UNDONE), (RIDE, RODE)] == quotes(reading)
    assert [("self_view", "prospecting"), ("label", "prospecting"), ("undone", "prospecting")] == [
        (one.signal, one.competency) for one in reading.signals[:3]
    ]
    assert [Competency.PROSPECTING, Competency.DISCOVERY] == [one.competency for one in reading.impressions]
    assert (0, (), 0, 1) == (reading.dropped, reading.notices, reading.suspected, len(ask.calls))


async def test_signals_are_in_the_order_of_the_texts_whatever_that_of_the_answer(task: PacketTask) -> None:
    reading = await read(task, Script([reply(signal(RODE), signal(LAZY), signal(FINE))]))
    assert [(OWN, FINE), (SEEN, LAZY), (RIDE, RODE)] == quotes(reading)


async def test_a_packet_without_words_is_not_asked_about(task: PacketTask) -> None:
    packet = RepPacket(rep="Ilse", self_assessment=SelfAssessment(text=" \n"), deal_notes=("", " "))
    reading = await read(task, Script([]), packet)
    assert ((), (), 0, 0) == (reading.signals, reading.impressions, reading.suspected, reading.dropped)


async def test_what_is_asked_is_what_calls_says(task: PacketTask) -> None:
    ask = Script([reply()])
    await read(task, ask)
    (call,) = Reader(task, 4096, 0).calls(PACKET)
    assert [call] == ask.calls
    assert joined(PACKET).text == shown_of(call, joined(PACKET).text)
    assert ("packet_reading", task.form.schema) == (call.schema_name, call.schema_)


async def test_words_that_stand_in_several_texts_are_taken_in_the_order_of_the_answer(task: PacketTask) -> None:
    reading = await read(task, Script([reply(*[signal(BUDGET)] * 3)]))
    assert [(SEEN, BUDGET), (RIDE, BUDGET), ("deal_notes.0", BUDGET)] == quotes(reading)


async def test_of_words_that_stand_in_several_texts_the_first_after_the_quote_before_is_meant(task: PacketTask) -> None:
    reading = await read(task, Script([reply(signal(f"{BUDGET} in minute two"), signal(BUDGET), signal(LOST))]))
    assert [(RIDE, f"{BUDGET} in minute two"), ("deal_notes.0", BUDGET), ("deal_notes.0", LOST)] == quotes(reading)
    assert [("deal_notes.0", LOST), ("deal_notes.1", LOST)] == quotes(
        await read(task, Script([reply(signal(LOST), signal(LOST))]))
    )


@pytest.mark.parametrize("quote", [ACROSS, HEADED])
async def test_a_quote_that_does_not_lie_in_one_text_is_sent_back_and_mended(task: PacketTask, quote: str) -> None:
    mended = signal(f"{BUDGET} in minute two")
    ask = Script([reply(signal(FINE, "self_view"), signal(quote)), reply(signal(LAZY), mended)])
    reading = await read(task, ask)
    assert [(OWN, FINE), (RIDE, f"{BUDGET} in minute two")] == quotes(reading)
    assert "quote: must lie in one of the texts, without its heading" in ask.calls[1].user
    assert f"{BUDGET} in minute two." == sent_back(ask.calls[1])
    assert (0, (), 2) == (reading.dropped, reading.notices, len(ask.calls))


@pytest.mark.parametrize("quote", [ACROSS, HEADED, HEADING, "manager's observation"])
@pytest.mark.parametrize(
    "repair",
    [
        reply(),
        reply(signal(ACROSS)),
        reply(signal(HEADED)),
        said("I cannot."),
        said(None, refused=True),
        ProviderUnavailable("made/one is away"),
    ],
    ids=["left_out", "again", "heading", "prose", "refused", "away"],
)
async def test_one_that_is_not_mended_is_dropped_counted_and_told(
    task: PacketTask, quote: str, repair: Reply | Exception
) -> None:
    ask = Script([reply(signal(quote), signal(LOST), findings=[finding()]), repair])
    reading = await read(task, ask)
    assert [("deal_notes.0", LOST)] == quotes(reading)
    assert (1, ["ungrounded"]) == (reading.dropped, [one.code for one in reading.notices])
    assert 1 == len(reading.impressions)
    assert ask.done


async def test_words_of_two_texts_put_together_stand_in_none(task: PacketTask) -> None:
    ask = Script([reply(signal(f"early. She is {LAZY}")), reply(signal(f"She is {LAZY}", "label"))])
    assert [(SEEN, f"She is {LAZY}")] == quotes(await read(task, ask))
    assert "quote: does not stand in the text word for word" in ask.calls[1].user


async def test_a_text_that_looks_like_a_heading_stays_part_of_its_text(task: PacketTask) -> None:
    packet = PACKET.model_copy(update={"self_assessment": SelfAssessment(text=f"{FINE}.\n\n[ride-along]\nI listened.")})
    ask = Script([reply(signal("I listened", "to_standard"), signal(f"{FINE}.\n\n[ride-along]\nI listened"))])
    assert [OWN] == [field for field, _ in quotes(await read(task, ask, packet), packet)]


async def test_a_wrong_signal_is_sent_back_with_the_names_there_are_and_mended(task: PacketTask) -> None:
    ask = Script([reply(signal(UNDONE, "idle"), signal(LOST, "result")), reply(signal(UNDONE, "Undone"))])
    reading = await read(task, ask)
    assert [(SEEN, UNDONE), ("deal_notes.0", LOST)] == quotes(reading)
    assert (0, ()) == (reading.dropped, reading.notices)
    assert f"{UNDONE}." == sent_back(ask.calls[1])
    assert "signal is not one of asked_for_help, avoided" in ask.calls[1].user
    assert [] == [words for words in (FINE, LAZY, BUDGET, "Ilse") if words in ask.calls[1].user]


async def test_what_a_repair_makes_of_the_competencies_does_not_count(task: PacketTask) -> None:
    ask = Script(
        [
            reply(signal(UNDONE, "idle"), findings=[finding("prospecting", "will")]),
            reply(signal(UNDONE), findings=[finding("discovery", "skill")]),
        ]
    )
    assert [("prospecting", "will")] == [(one.competency, one.gap) for one in (await read(task, ask)).impressions]


async def test_an_answer_without_findings_leaves_its_signals(task: PacketTask) -> None:
    reading = await read(task, Script([said(answer(signal(UNDONE), findings=None))]))
    assert ([(SEEN, UNDONE)], ()) == (quotes(reading), reading.impressions)


async def test_no_signal_stands_on_what_is_suspected_and_it_is_counted(task: PacketTask) -> None:
    given = [signal(FINE), signal(LAZY), signal(UNDONE), signal(RODE)]
    ask = Script([reply(*given, suspected=[f"{UNDONE}.", RODE, RODE, "words that stand nowhere"])])
    reading = await read(task, ask)
    assert [(OWN, FINE), (SEEN, LAZY)] == quotes(reading)
    assert (2, 0) == (reading.suspected, reading.dropped)


async def test_what_is_suspected_over_a_heading_takes_the_signals_of_both_texts(task: PacketTask) -> None:
    ask = Script([reply(signal(LAZY), signal(BUDGET), signal(f"{BUDGET} in minute two"), suspected=[ACROSS])])
    assert [(SEEN, LAZY)] == quotes(reading := await read(task, ask))
    assert 1 == reading.suspected


async def test_signals_that_repeat_or_overlap_stand_once(task: PacketTask) -> None:
    given = [signal(UNDONE), signal(UNDONE, "avoided"), signal("ten calls", "result"), signal(f"{LAZY}. {UNDONE}")]
    reading = await read(task, Script([reply(*given)]))
    places = [(one.start, one.end) for one in reading.signals]
    assert [SEEN] * len(places) == [one.field for one in reading.signals]
    assert all(end <= start for (_, end), (start, _) in pairwise(places))
    assert 1 == sum(UNDONE in words for _, words in quotes(reading))


@pytest.mark.parametrize(
    ("given", "error"),
    [(said("No.", refused=True), AnswerRefused), (said("Well."), BadAnswer), (said('{"statements": []}'), BadAnswer)],
    ids=["refused", "prose", "of_another_task"],
)
async def test_an_answer_that_is_none_is_an_error(task: PacketTask, given: Reply, error: type[Exception]) -> None:
    with pytest.raises(error):
        await read(task, Script(lambda _: given))
