"""Reading a conversation by a model that says what the test wrote: moves that are the transcript's own words."""

from __future__ import annotations

import asyncio
import json
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain import Conversation, Move
from coach.engines.llm.reading import Reader
from coach.engines.llm.talks.task import TalkTask
from coach.errors import AnswerRefused, BadAnswer
from coach.rubrics import load
from tests.engines.llm.scripted import Script, said, shown_of
from tests.engines.llm.talks.made import (
    ECHOED,
    PLAN,
    RING,
    SENT,
    SHY,
    TALK,
    WHY,
    answer,
    move,
    moves,
    read,
    reply,
    rewrite,
    rewritten,
)


async def test_an_answer_becomes_moves_that_are_the_transcripts_own_words(task: TalkTask) -> None:
    given_ = [move(SENT, "seller_question"), move(WHY, "buyer_question"), move(f"{SHY}.", "judgement")]
    ask = Script([reply(*given_, rewrites=[rewrite(SHY)])])
    reading = await read(task, ask)
    assert [(SENT, Move.SELLER_QUESTION), (WHY, Move.BUYER_QUESTION), (SHY, Move.JUDGEMENT)] == moves(reading)
    assert [(SHY, "What does he need to see?")] == rewritten(reading)
    assert (0, (), (), 1) == (reading.dropped, reading.notices, reading.suspected, len(ask.calls))


async def test_what_is_asked_is_what_calls_says(task: TalkTask) -> None:
    ask = Script([reply()])
    await read(task, ask)
    (call,) = Reader(task, 4096, 0).calls(TALK)
    assert [call] == ask.calls
    assert TALK.transcript == shown_of(call, TALK.transcript)
    assert ("talk_reading", task.form.schema) == (call.schema_name, call.schema_)


async def test_a_transcript_without_words_is_not_asked_about(task: TalkTask) -> None:
    reading = await read(task, Script([]), Conversation(transcript=" \n"))
    assert ((), (), ()) == (reading.moves, reading.rewrites, reading.suspected)


async def test_of_words_that_two_people_say_those_after_the_move_before_are_meant(task: TalkTask) -> None:
    reading = await read(task, Script([reply(move(PLAN, "coaching_question"), move(ECHOED))]))
    assert [PLAN, ECHOED] == [words for words, _ in moves(reading)]
    assert TALK.transcript.rindex(ECHOED) == reading.moves[1].start


async def test_a_wrong_move_is_sent_back_with_the_names_there_are_and_mended(task: TalkTask) -> None:
    ask = Script([reply(move(SENT, "seller_question"), move(SHY, "unkind")), reply(move(SHY, "Judgement"))])
    reading = await read(task, ask)
    assert [(SENT, Move.SELLER_QUESTION), (SHY, Move.JUDGEMENT)] == moves(reading)
    assert (0, None) == (reading.dropped, ask.calls[1].system)
    assert f"{SHY}." == shown_of(ask.calls[1], TALK.transcript)
    assert "at move: Input should be" in ask.calls[1].user


async def test_words_that_nobody_says_are_dropped_counted_and_told(task: TalkTask) -> None:
    reading = await read(task, Script([reply(move(RING, "takeover"), move("Well done everybody here", "support"))]))
    assert [(RING, Move.TAKEOVER)] == moves(reading)
    assert (1, ["ungrounded"]) == (reading.dropped, [one.code for one in reading.notices])


async def test_of_two_moves_over_the_same_words_the_first_stands(task: TalkTask) -> None:
    reading = await read(task, Script([reply(move(RING, "takeover"), move(RING, "tell"), move(f"{SHY}. {ECHOED}"))]))
    assert [(f"{SHY}. {ECHOED}", Move.TELL), (RING, Move.TAKEOVER)] == moves(reading)


async def test_no_move_stands_on_what_is_suspected(task: TalkTask) -> None:
    ask = Script([reply(move(SHY, "judgement"), move(RING, "takeover"), suspected=[f"{SHY}.", "nowhere"])])
    reading = await read(task, ask)
    assert [(RING, Move.TAKEOVER)] == moves(reading)
    assert [SHY] == [TALK.transcript[one.start : one.end] for one in reading.suspected]


@pytest.mark.parametrize(
    ("given_", "error"),
    [(said("No.", refused=True), AnswerRefused), (said("Well."), BadAnswer), (said('{"signals": []}'), BadAnswer)],
    ids=["refused", "prose", "of_another_task"],
)
async def test_an_answer_that_is_none_is_an_error(task: TalkTask, given_: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        await read(task, Script(lambda _: given_))


_QUOTES = st.sampled_from(
    [SENT, WHY, PLAN, SHY, RING, ECHOED, f"{SHY}. {ECHOED}", "Ruth: ", "be so", "nothing"]
) | st.text(max_size=5)
_MOVES = st.builds(move, _QUOTES, st.sampled_from([*Move, "praise"]))
_ANSWERS = st.builds(
    lambda found, rewrites, suspected: answer(*found, rewrites=rewrites, suspected=suspected),
    st.lists(_MOVES, max_size=10),
    st.lists(st.builds(rewrite, _QUOTES, st.text(max_size=5)), max_size=5) | st.none(),
    st.lists(_QUOTES, max_size=2),
)


@settings(deadline=None, max_examples=150)
@given(_ANSWERS | st.text(), _ANSWERS | st.text())
def test_whatever_a_model_says_moves_are_words_of_the_transcript_apart_and_rewrites_are_of_them(
    text: str, repair: str
) -> None:
    ask = Script(lambda call: said(text if call.system else repair))
    try:
        reading = asyncio.run(read(TalkTask(load("manager_moves")), ask))
    except BadAnswer:
        return
    places = [(one.start, one.end) for one in reading.moves]
    assert sorted(places) == places
    assert all(end <= start for (_, end), (start, _) in pairwise(places))
    assert all(re.search(r"[^\W_]", words) for words, _ in moves(reading))
    assert {(one.start, one.end) for one in reading.rewrites} <= set(places)
    assert all(one.ask == one.ask.strip() != "" for one in reading.rewrites)
    json.dumps(reading.model_dump(mode="json"))
