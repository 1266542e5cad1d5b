"""What a leader would have asked instead: kept where it is of a move that was read, and given that move's place."""

from __future__ import annotations

import re

import pytest

from coach.domain import Conversation
from coach.engines.llm import Call, Reply
from coach.engines.llm.talks.task import TalkTask
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

ASK = "What would you ask him?"
TURNS = tuple(
    f"Ruth: Send him offer {number} today.\nAnand: I sent offer {number} to Mr Pell." for number in range(150)
)
LONG = Conversation(manager="Ruth", rep="Anand", transcript="\n".join(TURNS))


async def test_one_of_words_that_are_no_move_is_left_out(task: TalkTask) -> None:
    rewrites = [rewrite(WHY, ASK), rewrite("His site is closed on Sundays", ASK), rewrite("Nobody says this", ASK)]
    reading = await read(task, Script([reply(move(SENT, "seller_question"), rewrites=[*rewrites, rewrite(SENT, ASK)])]))
    assert [(SENT, ASK)] == rewritten(reading)


@pytest.mark.parametrize("quote", [RING, f"{RING}.", f"  {RING.upper()} ", f"Ruth: {RING}.", "ring him"])
async def test_it_has_its_moves_place_though_it_quotes_a_little_more_or_less(task: TalkTask, quote: str) -> None:
    reading = await read(task, Script([reply(move(RING, "takeover"), rewrites=[rewrite(quote, ASK)])]))
    assert [(RING, ASK)] == rewritten(reading)


@pytest.mark.parametrize("quote", ["", "  ", "\u200b", "?"])
async def test_one_that_quotes_nothing_is_left_out(task: TalkTask, quote: str) -> None:
    reading = await read(task, Script([reply(move(RING, "takeover"), rewrites=[rewrite(quote, ASK)])]))
    assert [] == rewritten(reading)


@pytest.mark.parametrize("instead", ["", "  \n ", "What \ud800?"])
async def test_one_that_asks_nothing_that_can_be_written_down_is_left_out(task: TalkTask, instead: str) -> None:
    reading = await read(task, Script([reply(move(RING, "takeover"), rewrites=[rewrite(RING, instead)])]))
    assert ([], 0) == (rewritten(reading), reading.dropped)


async def test_it_is_said_on_one_line(task: TalkTask) -> None:
    reading = await read(
        task, Script([reply(move(RING, "takeover"), rewrites=[rewrite(RING, " What would\nyou ask? ")])])
    )
    assert [(RING, "What would you ask?")] == rewritten(reading)


async def test_of_words_that_two_people_say_the_managers_move_is_meant(task: TalkTask) -> None:
    found = [move(PLAN, "coaching_question"), move(ECHOED)]
    reading = await read(task, Script([reply(*found, rewrites=[rewrite(ECHOED, ASK)])]))
    assert [(ECHOED, ASK)] == rewritten(reading)
    assert TALK.transcript.rindex(ECHOED) == reading.rewrites[0].start


async def test_of_two_moves_in_its_quote_the_longer_is_meant(task: TalkTask) -> None:
    found = [move(SHY, "judgement"), move(ECHOED), move(RING, "takeover")]
    reading = await read(task, Script([reply(*found, rewrites=[rewrite(f"{ECHOED}. {RING}", ASK)])]))
    assert [(RING, ASK)] == rewritten(reading)


async def test_that_of_a_move_that_was_mended_is_kept(task: TalkTask) -> None:
    ask = Script([reply(move(SHY, "unkind"), rewrites=[rewrite(SHY, ASK)]), reply(move(SHY, "judgement"))])
    assert [(SHY, ASK)] == rewritten(await read(task, ask))


async def test_those_of_a_repair_do_not_count(task: TalkTask) -> None:
    ask = Script([reply(move(SHY, "unkind")), reply(move(SHY, "judgement"), rewrites=[rewrite(SHY, ASK)])])
    reading = await read(task, ask)
    assert ([SHY], []) == ([words for words, _ in moves(reading)], rewritten(reading))


async def test_that_of_a_move_that_is_suspected_is_left_out(task: TalkTask) -> None:
    found = [move(SHY, "judgement"), move(RING, "takeover")]
    rewrites = [rewrite(SHY, ASK), rewrite(RING, ASK)]
    reading = await read(task, Script([reply(*found, rewrites=rewrites, suspected=[SHY])]))
    assert [(RING, ASK)] == rewritten(reading)


async def test_of_a_long_transcript_the_rewrites_of_each_part_are_kept(task: TalkTask) -> None:
    def rule(call: Call) -> Reply:
        found = re.findall(r"Send him offer \d+ today", shown_of(call, LONG.transcript))
        return reply(
            *map(move, found), rewrites=[rewrite(one, f"Why {one.split()[3]}?") for one in (found[0], found[-1])]
        )

    ask = Script(rule)
    reading = await read(task, ask, LONG, max_tokens=600)
    assert len(ask.calls) > 4
    assert [f"Send him offer {number} today" for number in range(150)] == [words for words, _ in moves(reading, LONG)]
    assert 2 * len(ask.calls) == len(reading.rewrites)
    assert [] == [(words, asked) for words, asked in rewritten(reading, LONG) if f"Why {words.split()[3]}?" != asked]


async def test_of_an_answer_that_breaks_off_the_rewrites_of_the_rest_are_kept(task: TalkTask) -> None:
    cut = answer(move(SENT, "seller_question"), move(WHY, "buyer_question")).partition(f'"{WHY}')[0]
    rest = reply(move(WHY, "buyer_question"), move(RING, "takeover"), rewrites=[rewrite(RING, ASK)])
    reading = await read(task, Script([said(cut, truncated=True), rest]))
    assert [SENT, WHY, RING] == [words for words, _ in moves(reading)]
    assert [(RING, ASK)] == rewritten(reading)


async def test_a_great_many_rewrites_of_nothing_are_left_out(task: TalkTask) -> None:
    rewrites = [rewrite(f"Send him offer {number} tonight", ASK) for number in range(1000)]
    reading = await read(task, Script(lambda _: reply(move("Send him offer 7 today"), rewrites=rewrites)), LONG)
    assert (1, []) == (len(reading.moves), rewritten(reading, LONG))
