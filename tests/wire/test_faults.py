"""Every fault of a provider, on both protocols: no note is lost, and none that a model read is bought twice.

Many notes at once, a fault at every request or at every second one; `AT_ONCE=50 pytest tests/wire` for fifty. Each is
answered by the model, word for word, or by the embedded engine, which says so and why; with the fault gone, what the
model had answered is not asked again.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import pytest

from coach import errors
from coach.domain import DealNote, DealReview
from coach.errors import (
    AnswerRefused,
    AnswerTruncated,
    BadAnswer,
    ContextTooLong,
    EngineError,
    NotAuthorised,
    ProviderTimeout,
    ProviderUnavailable,
    QuotaExhausted,
    RateLimited,
    RequestRefused,
)
from coach.testing.provider import Fault, Injection, Provider
from coach.wiring import Coach
from tests.wire.conftest import Wired
from tests.wire.wired import AT_ONCE, PROTOCOLS, note, spent

RIGHT = Fault.LATENCY.of(seconds=0)
NOTES = [note(number) for number in range(AT_ONCE)]
CODES = {kind.code for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, EngineError)}


def misnamed(content: str) -> str:
    return content.replace("buyer_action", "buyer_gesture")


def invented(content: str) -> str:
    answer = json.loads(content)
    for one in answer["statements"]:
        one["quote"] += " and paid in full"
    return json.dumps(answer)


def cut_early(content: str) -> str:
    return content[:30]


def doubled(content: str) -> str:
    answer = json.loads(content)
    return json.dumps(answer | {"statements": answer["statements"] * 2})


class Outcome(NamedTuple):
    """What a fault that strikes at every request comes to."""

    injected: Injection
    fails_as: type[EngineError] | None
    """None where the model's answer stands."""


OUTCOMES = {
    Fault.LATENCY: Outcome(Fault.LATENCY.of(seconds=0.1), None),
    Fault.RATE_LIMITED: Outcome(Fault.RATE_LIMITED.of(), RateLimited),
    Fault.QUOTA: Outcome(Fault.QUOTA.of(), QuotaExhausted),
    Fault.SERVER_ERROR: Outcome(Fault.SERVER_ERROR.of(), ProviderUnavailable),
    Fault.BAD_GATEWAY: Outcome(Fault.BAD_GATEWAY.of(), ProviderUnavailable),
    Fault.UNAVAILABLE: Outcome(Fault.UNAVAILABLE.of(), ProviderUnavailable),
    Fault.OVERLOADED: Outcome(Fault.OVERLOADED.of(), ProviderUnavailable),
    Fault.AUTH: Outcome(Fault.AUTH.of(), NotAuthorised),
    Fault.PERMISSION: Outcome(Fault.PERMISSION.of(), NotAuthorised),
    Fault.NOT_FOUND: Outcome(Fault.NOT_FOUND.of(), RequestRefused),
    Fault.BAD_REQUEST: Outcome(Fault.BAD_REQUEST.of(), RequestRefused),
    Fault.CONTEXT_TOO_LONG: Outcome(Fault.CONTEXT_TOO_LONG.of(), ContextTooLong),
    Fault.CONTENT_POLICY: Outcome(Fault.CONTENT_POLICY.of(), AnswerRefused),
    Fault.RESET: Outcome(Fault.RESET.of(), ProviderUnavailable),
    Fault.CUT: Outcome(Fault.CUT.of(), ProviderUnavailable),
    Fault.HANG: Outcome(Fault.HANG.of(), ProviderTimeout),
    Fault.SLOW_STREAM: Outcome(Fault.SLOW_STREAM.of(), ProviderTimeout),
    Fault.TRUNCATED: Outcome(Fault.TRUNCATED.of(spoil=cut_early), AnswerTruncated),
    Fault.TRUNCATED_JSON: Outcome(Fault.TRUNCATED_JSON.of(spoil=cut_early), AnswerTruncated),
    Fault.REFUSAL: Outcome(Fault.REFUSAL.of(), AnswerRefused),
    Fault.CONTENT_FILTER: Outcome(Fault.CONTENT_FILTER.of(), AnswerRefused),
    Fault.EMPTY: Outcome(Fault.EMPTY.of(), BadAnswer),
    Fault.PROSE: Outcome(Fault.PROSE.of(), None),
    Fault.WRONG_SCHEMA: Outcome(Fault.WRONG_SCHEMA.of(), BadAnswer),
    Fault.WRONG_ENUM: Outcome(Fault.WRONG_ENUM.of(spoil=misnamed), None),
    Fault.INVENTED: Outcome(Fault.INVENTED.of(spoil=invented), None),
    Fault.DUPLICATE: Outcome(Fault.DUPLICATE.of(spoil=doubled), None),
}
SLOW = {Fault.HANG, Fault.SLOW_STREAM}

each_fault = pytest.mark.parametrize("fault", Fault)
both_protocols = pytest.mark.parametrize("model", PROTOCOLS.values(), ids=PROTOCOLS)


def patience(fault: Fault) -> dict[str, Any]:
    return {"timeout_s": 0.8, "deadline_s": 2} if fault in SLOW else {}


async def reviewed(coach: Coach, notes: Sequence[DealNote] = NOTES) -> list[DealReview]:
    return await asyncio.gather(*(coach.review_deal(one) for one in notes))


def tokens(review: DealReview) -> int:
    usage = review.provenance.usage
    assert usage
    return usage.prompt_tokens + usage.completion_tokens


def words(text: str) -> set[str]:
    return set(re.findall(r"\w{4,}", text.lower()))


def check(one: DealNote, review: DealReview) -> None:
    """By the model, or by the embedded engine with the reason; every quote the note's own."""
    assert [one.note[said.start : said.end] for said in review.statements] == [said.quote for said in review.statements]
    reasons = [notice.text for notice in review.notices if notice.code == "degraded"]
    assert {"llm": 0, "local": 1}[review.provenance.engine] == len(reasons)
    for reason in reasons:
        assert set(re.findall(r"\((\w+)\)\.$", reason)) & CODES
        assert set() == words(reason) & (words(one.note) | {"quillfeather"})


def test_no_fault_is_left_out() -> None:
    assert list(Fault) == list(OUTCOMES)


@each_fault
@both_protocols
@pytest.mark.parametrize("every", [1, 2])
async def test_of_many_notes_at_once_none_is_lost_and_none_that_was_answered_is_bought_again(
    wired: Wired, provider: Provider, model: str, fault: Fault, every: int
) -> None:
    injected, fails_as = OUTCOMES[fault]
    if every == 2:
        provider.script(*([injected, RIGHT] * (5 * AT_ONCE)))
    else:
        provider.always(injected)
    first = await reviewed(wired(model, **patience(fault)))
    for one, review in zip(NOTES, first, strict=True):
        check(one, review)
    answered = {one.note: review for one, review in zip(NOTES, first, strict=True) if review.provenance.engine == "llm"}
    if every == 1:
        assert (AT_ONCE if fails_as is None else 0) == len(answered)
    else:
        assert answered

    provider._script.clear()
    provider.always(None)
    # Another process, as it were: no circuit is open. Of those that the embedded engine read, one stands for all.
    left = [one for one in NOTES if one.note not in answered][:1]
    coach = wired(model)
    asked, before = provider.received, spent(coach)
    again = await reviewed(coach, [one for one in NOTES if one.note in answered] + left)
    bought = [review for review in again if not review.provenance.cached]
    assert [review.statements for review in answered.values()] == [review.statements for review in again][
        : len(answered)
    ]
    assert [True] * len(answered) + [False] * len(left) == [review.provenance.cached for review in again]
    assert {"llm"} == {review.provenance.engine for review in again}
    assert len(left) == provider.received - asked
    assert sum(map(tokens, bought)) == spent(coach) - before


@each_fault
@both_protocols
async def test_without_a_stand_in_each_fault_is_the_error_that_says_what_may_be_done(
    wired: Wired, provider: Provider, model: str, fault: Fault
) -> None:
    injected, fails_as = OUTCOMES[fault]
    provider.always(injected)
    coach = wired(model, fallback=False, **patience(fault))
    if fails_as is None:
        assert "llm" == (await coach.review_deal(note())).provenance.engine
        return
    with pytest.raises(EngineError) as raised:
        await coach.review_deal(note())
    assert (fails_as, fails_as.transient) == (type(raised.value), raised.value.transient)
    assert model in raised.value.detail or "model" in raised.value.detail
    assert set() == words(raised.value.detail) & words(note().note)


def without_coverage(content: str) -> str:
    return content[: content.index(', "coverage"')]


@pytest.mark.parametrize(
    ("injected", "requests"),
    [
        (Fault.TRUNCATED.of(), 2),
        (Fault.TRUNCATED_JSON.of(), 2),
        (Fault.TRUNCATED.of(spoil=without_coverage), 1),
    ],
    ids=["said so", "not said so", "behind its last statement"],
)
@both_protocols
async def test_of_an_answer_that_breaks_off_only_the_rest_is_asked_for(
    wired: Wired, provider: Provider, model: str, injected: Injection, requests: int
) -> None:
    provider.script(injected)
    one = note()
    review = await wired(model, fallback=False).review_deal(one.model_copy(update={"note": f"{one.note}."}))
    assert 2 == len(review.statements)
    assert requests == provider.received
