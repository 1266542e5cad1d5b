"""Asking a scripted judge: bounded, paced, cached; what fails is unscored."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.errors import CoachError, EngineError, InvalidInput, RateLimited
from coach.evaluation.judge import Item, JudgeVerdict, ReplyCache, Unscored, judge

Make = Callable[..., Item]
YES = '{"verdict": "yes", "reason": "so"}'
NO = '{"verdict": "no", "reason": "not so"}'


class Scripted:
    """Replies in turn; an exception in the script is raised."""

    def __init__(self, *script: str | Exception, name: str = "scripted") -> None:
        self.name = name
        self.script = list(script)
        self.prompts: list[str] = []
        self.in_flight = self.most = 0

    async def ask(self, prompt: str) -> str:
        self.prompts.append(prompt)
        self.in_flight += 1
        self.most = max(self.most, self.in_flight)
        await asyncio.sleep(0)
        self.in_flight -= 1
        reply = self.script.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply


async def test_verdicts_come_in_the_order_of_the_items(item: Make) -> None:
    items = [item("a", "Who?"), item("b", "What?")]
    asker = Scripted(YES, NO)
    judged = await judge(items, asker, concurrency=1)
    assert [("a", JudgeVerdict.YES, "so"), ("b", JudgeVerdict.NO, "not so")] == [
        (one.id, one.verdict, one.reason) for one in judged
    ]
    assert [one.prompt for one in items] == asker.prompts
    assert [one.prompt_sha256 for one in items] == [one.prompt_sha256 for one in judged]


async def test_items_with_the_same_prompt_share_one_reply(item: Make) -> None:
    asker = Scripted(YES)
    judged = await judge([item("a"), item("b")], asker)
    assert 1 == len(asker.prompts)
    assert [("a", "yes"), ("b", "yes")] == [(one.id, one.verdict) for one in judged]


async def test_no_more_than_allowed_are_in_flight(item: Make) -> None:
    asker = Scripted(*[YES] * 20)
    await judge([item(str(n), f"Who {n}?") for n in range(20)], asker, concurrency=3)
    assert 3 == asker.most


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (EngineError("the model is down"), "the model is down"),
        (CoachError("no key"), "no key"),
        (KeyError("x"), "KeyError"),
    ],
)
async def test_an_item_that_could_not_be_asked_is_unscored_and_the_others_are_not(
    item: Make, error: Exception, reason: str
) -> None:
    failed, fine = await judge([item("a", "Who?"), item("b", "What?")], Scripted(error, YES), concurrency=1)
    assert (None, Unscored.FAILED, reason) == (failed.verdict, failed.unscored, failed.reason)
    assert JudgeVerdict.YES is fine.verdict


async def test_a_judge_that_never_replies_is_given_up(item: Make) -> None:
    class Silent(Scripted):
        async def ask(self, prompt: str) -> str:
            await asyncio.Event().wait()
            return prompt

    (one,) = await judge([item("a")], Silent(), timeout_s=0.01)
    assert (Unscored.FAILED, "no reply within 0.01 s") == (one.unscored, one.reason)


async def test_a_judge_asked_too_often_is_asked_again(item: Make) -> None:
    asker = Scripted(RateLimited("slow down", 0), RateLimited("slow down", 0), YES)
    (one,) = await judge([item("a")], asker)
    assert (JudgeVerdict.YES, 3) == (one.verdict, len(asker.prompts))


async def test_a_judge_that_refuses_every_time_is_given_up_after_six(item: Make) -> None:
    asker = Scripted(*[RateLimited("slow down", 0)] * 10)
    (one,) = await judge([item("a")], asker)
    assert (Unscored.FAILED, 6) == (one.unscored, len(asker.prompts))


async def test_a_reply_is_kept_even_off_the_menu_but_a_failure_is_not(item: Make, tmp_path: Path) -> None:
    items = [item("a", "Who?"), item("b", "What?"), item("c", "When?")]
    with ReplyCache(tmp_path / "cache" / "replies.db") as cache:
        await judge(items, Scripted('{"verdict": "maybe"}', EngineError("down"), YES), concurrency=1, cache=cache)
        again = Scripted(NO)
        judged = await judge(items, again, concurrency=1, cache=cache)
    assert [items[1].prompt] == again.prompts
    assert [Unscored.OFF_MENU, None, None] == [one.unscored for one in judged]
    assert [None, "no", "yes"] == [one.verdict for one in judged]


async def test_another_judge_is_not_served_from_the_cache(item: Make, tmp_path: Path) -> None:
    with ReplyCache(tmp_path / "replies.db") as cache:
        await judge([item("a")], Scripted(YES, name="one"), cache=cache)
        (one,) = await judge([item("a")], Scripted(NO, name="other"), cache=cache)
    assert JudgeVerdict.NO is one.verdict


def test_a_file_that_is_no_cache_is_named(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("not a database, but long enough to be looked at " * 30)
    with pytest.raises(InvalidInput, match="text: cannot be used"):
        ReplyCache(tmp_path / "text")


async def test_nothing_to_judge_is_no_error() -> None:
    assert () == await judge([], Scripted())
