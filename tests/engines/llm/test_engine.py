"""The engine: a chain of models, one purchase for all who ask at once, answers kept, work stopped when nobody waits."""

from __future__ import annotations

import asyncio
import json

import pytest

from coach.domain import DealNote
from coach.engines.base import DealReading, Engine
from coach.engines.llm import Asked, Budgets, Call, LlmEngine, Patience, Reply, Target
from coach.errors import (
    AnswerRefused,
    CircuitOpen,
    EngineError,
    NotAuthorised,
    OverBudget,
    ProviderTimeout,
    ProviderUnavailable,
)
from coach.rubrics import Rubrics
from tests.engines.llm.scripted import (
    CALLED,
    MODEL,
    SOLD,
    USAGE,
    Kept,
    Script,
    ScriptedClient,
    answer,
    deal_note,
    reply,
    said,
    seller,
)

OTHER = Target(model="spare/two")
ONCE = Asked(patience=Patience(attempts=1))
NOTE = deal_note()
AWAY = ProviderUnavailable("made/one is away")


class Waiting(ScriptedClient):
    """A model that answers when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = asyncio.Event()
        self.may_answer = asyncio.Event()
        self.stopped = asyncio.Event()
        self.calls = 0

    async def complete(self, target: Target, call: Call, *, timeout_s: float) -> Reply:
        del target, call, timeout_s
        self.calls += 1
        self.asked.set()
        try:
            await self.may_answer.wait()
        except asyncio.CancelledError:
            self.stopped.set()
            raise
        return reply(seller(CALLED))


async def read_by_all(engine: LlmEngine, readers: int) -> list[asyncio.Task[DealReading]]:
    tasks = [asyncio.create_task(engine.read_deal(NOTE)) for _ in range(readers)]
    await asyncio.sleep(0)
    return tasks


async def test_it_keeps_the_protocol_and_says_what_it_asked_whom(rubrics: Rubrics) -> None:
    engine = LlmEngine(rubrics, [MODEL], ScriptedClient(one=Script([reply(seller(CALLED))])), asked=ONCE)
    kept: Engine = engine
    assert ("llm", engine.version_of()) == (kept.name, kept.version_of())
    reading = await kept.read_deal(NOTE)
    assert ["I called twice"] == [NOTE.note[one.start : one.end] for one in reading.labels]
    assert kept.request() == reading.request
    assert ("llm", engine.version_of(), "made/one") == (reading.engine, reading.engine_version, reading.request.model)
    assert (USAGE, 0.25, False, {"temperature": 0}) == (
        reading.usage,
        reading.cost_usd,
        reading.cached,
        reading.parameters,
    )
    assert () == reading.notices


def test_what_is_asked_says_which_prompt_and_never_the_key(rubrics: Rubrics) -> None:
    target = Target(model="made/one", api_base="http://localhost:1", api_key="sk-secret")
    request = LlmEngine(rubrics, [target], ScriptedClient()).request()
    assert request.prompt is not None
    assert ("buyer_evidence", rubrics.deal.prompt.version) == (request.prompt.id, request.prompt.version)
    assert {
        "max_tokens": 4096,
        "temperature": 0,
        "api_base": "http://localhost:1",
    }.items() <= request.parameters.items()
    assert "sk-secret" not in request.model_dump_json()


async def test_where_a_model_fails_the_next_of_the_chain_reads_and_a_notice_says_so(rubrics: Rubrics) -> None:
    client = ScriptedClient(one=Script([AWAY]), two=Script([reply(seller(CALLED))]))
    reading = await LlmEngine(rubrics, [MODEL, OTHER], client, asked=ONCE).read_deal(NOTE)
    assert "spare/two" == reading.request.model
    assert [("other_model", "spare/two read this text, because made/one is away.")] == [
        (one.code, one.text) for one in reading.notices
    ]


async def test_the_next_model_is_not_asked_where_the_first_answers(rubrics: Rubrics) -> None:
    spare = Script([])
    await LlmEngine(rubrics, [MODEL, OTHER], ScriptedClient(one=Script([reply()]), two=spare), asked=ONCE).read_deal(
        NOTE
    )
    assert [] == spare.calls


async def test_the_error_of_the_only_model_is_the_error(rubrics: Rubrics) -> None:
    client = ScriptedClient(one=Script([NotAuthorised("made/one does not accept the key")]))
    with pytest.raises(NotAuthorised):
        await LlmEngine(rubrics, [MODEL], client, asked=ONCE).read_deal(NOTE)


async def test_where_all_models_fail_each_is_named(rubrics: Rubrics) -> None:
    client = ScriptedClient(one=Script([AWAY]), two=Script([said("No.", refused=True)]))
    with pytest.raises(EngineError, match="made/one is away; the model declined to read this text"):
        await LlmEngine(rubrics, [MODEL, OTHER], client, asked=ONCE).read_deal(NOTE)


async def test_a_reading_that_takes_too_long_is_a_timeout(rubrics: Rubrics) -> None:
    client = Waiting()
    asked = Asked(patience=Patience(attempts=1, timeout_s=60, deadline_s=0.02))
    with pytest.raises(ProviderTimeout, match=r"made/one did not finish reading within 0\.02 s|did not answer within"):
        await LlmEngine(rubrics, [MODEL], client, asked=asked).read_deal(NOTE)
    assert client.stopped.is_set()


async def test_a_model_that_hangs_leaves_time_for_those_that_stand_in_for_it(rubrics: Rubrics) -> None:
    spare = Script(lambda _: reply())

    class FirstIsSilent(Waiting):
        async def complete(self, target: Target, call: Call, *, timeout_s: float) -> Reply:
            if target == OTHER:
                return await spare(call)
            return await super().complete(target, call, timeout_s=timeout_s)

    asked = Asked(patience=Patience(deadline_s=0.4))
    reading = await LlmEngine(rubrics, [MODEL, OTHER], FirstIsSilent(), asked=asked).read_deal(NOTE)
    assert (OTHER.model, 1) == (reading.request.model, len(spare.calls))


async def test_a_model_that_hangs_opens_its_circuit(rubrics: Rubrics) -> None:
    engine = LlmEngine(rubrics, [MODEL], Waiting(), asked=Asked(patience=Patience(attempts=1, deadline_s=0.25)))
    for number in range(5):
        with pytest.raises(ProviderTimeout):
            await engine.read_deal(NOTE.model_copy(update={"note": f"{NOTE.note} {number}"}))
    with pytest.raises(CircuitOpen):
        await engine.read_deal(NOTE)


async def test_the_budget_of_a_note_is_that_of_all_the_models_of_the_chain(rubrics: Rubrics) -> None:
    client = ScriptedClient(
        one=Script(lambda _: said("not what was asked for", usage=None)), two=Script(lambda _: reply())
    )
    two_calls = 17_000
    asked = Asked(patience=Patience(attempts=1), budgets=Budgets(request_tokens=two_calls))
    with pytest.raises(OverBudget):
        await LlmEngine(rubrics, [MODEL, OTHER], client, asked=asked).read_deal(NOTE)


async def test_a_model_that_fails_and_fails_is_not_asked_any_more(rubrics: Rubrics) -> None:
    script = Script(lambda _: AWAY)
    engine = LlmEngine(rubrics, [MODEL], ScriptedClient(one=script), asked=ONCE)
    for _ in range(5):
        with pytest.raises(ProviderUnavailable):
            await engine.read_deal(NOTE)
    with pytest.raises(CircuitOpen):
        await engine.read_deal(NOTE)
    assert 5 == len(script.calls)


async def test_those_who_ask_the_same_at_once_are_answered_by_one_call(rubrics: Rubrics) -> None:
    client = Waiting()
    tasks = await read_by_all(LlmEngine(rubrics, [MODEL], client, asked=ONCE), 5)
    await client.asked.wait()
    client.may_answer.set()
    readings = await asyncio.gather(*tasks)
    assert 1 == client.calls
    assert [readings[0]] * 5 == readings
    assert 1 == len(readings[0].labels)


async def test_those_who_ask_something_else_get_their_own_answer(rubrics: Rubrics) -> None:
    client = Waiting()
    client.may_answer.set()
    engine = LlmEngine(rubrics, [MODEL], client, asked=ONCE)
    other = DealNote(written_on=NOTE.written_on, note="Other words. I called twice.")
    await asyncio.gather(engine.read_deal(NOTE), engine.read_deal(other))
    assert 2 == client.calls


async def test_those_who_ask_one_after_the_other_are_each_answered_anew_where_nothing_is_kept(
    rubrics: Rubrics,
) -> None:
    script = Script([reply(seller(CALLED)), reply(seller(SOLD, "seller_opinion"))])
    engine = LlmEngine(rubrics, [MODEL], ScriptedClient(one=script), asked=ONCE)
    assert (await engine.read_deal(NOTE)).labels != (await engine.read_deal(NOTE)).labels


async def test_a_failure_is_that_of_all_who_wait_and_the_next_may_ask_again(rubrics: Rubrics) -> None:
    script = Script([AWAY, reply(seller(CALLED))])
    engine = LlmEngine(rubrics, [MODEL], ScriptedClient(one=script), asked=ONCE)
    outcomes = await asyncio.gather(*await read_by_all(engine, 3), return_exceptions=True)
    assert [AWAY] * 3 == outcomes
    assert 1 == len((await engine.read_deal(NOTE)).labels)


async def test_one_who_leaves_does_not_take_the_answer_from_the_others(rubrics: Rubrics) -> None:
    client = Waiting()
    first, second = await read_by_all(LlmEngine(rubrics, [MODEL], client, asked=ONCE), 2)
    await client.asked.wait()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    client.may_answer.set()
    assert 1 == len((await second).labels)
    assert not client.stopped.is_set()


async def test_when_all_have_left_the_work_is_stopped_and_the_next_begins_anew(rubrics: Rubrics) -> None:
    client, spare = Waiting(), Target(model="spare/two")
    engine = LlmEngine(rubrics, [MODEL, spare], client, asked=ONCE)
    tasks = await read_by_all(engine, 3)
    await client.asked.wait()
    for task in tasks:
        task.cancel()
    assert [True] * 3 == [
        isinstance(one, asyncio.CancelledError) for one in await asyncio.gather(*tasks, return_exceptions=True)
    ]
    async with asyncio.timeout(5):
        await client.stopped.wait()
    assert 1 == client.calls
    client.may_answer.set()
    assert 1 == len((await engine.read_deal(NOTE)).labels)
    assert 2 == client.calls


async def test_what_was_bought_is_kept_and_not_bought_again(rubrics: Rubrics) -> None:
    script, kept = Script([reply(seller(CALLED))]), Kept()
    bought = await LlmEngine(rubrics, [MODEL], ScriptedClient(one=script), asked=ONCE, kept=kept).read_deal(NOTE)
    known = await LlmEngine(rubrics, [MODEL], ScriptedClient(), asked=ONCE, kept=kept).read_deal(NOTE)
    assert (False, 0.25) == (bought.cached, bought.cost_usd)
    assert bought.model_copy(update={"cached": True, "cost_usd": 0.0}) == known
    assert (1, 1) == (len(script.calls), len(kept))


async def test_what_is_kept_holds_no_note(rubrics: Rubrics) -> None:
    kept = Kept()
    await LlmEngine(
        rubrics, [MODEL], ScriptedClient(one=Script([reply(seller(CALLED))])), asked=ONCE, kept=kept
    ).read_deal(NOTE)
    assert [] == [word for word in ("called", "Nordvik") for key, value in kept.items() if word in key + value]


async def test_what_another_model_of_the_chain_said_is_kept_without_the_notice(rubrics: Rubrics) -> None:
    kept = Kept()
    client = ScriptedClient(one=Script([AWAY, AWAY]), two=Script([reply(seller(CALLED))]))
    engine = LlmEngine(rubrics, [MODEL, OTHER], client, asked=ONCE, kept=kept)
    first, second = await engine.read_deal(NOTE), await engine.read_deal(NOTE)
    assert [[], True] == [json.loads(next(iter(kept.values())))["notices"], second.cached]
    assert [["other_model"]] * 2 == [[one.code for one in reading.notices] for reading in (first, second)]


@pytest.mark.parametrize("damaged", ["{", "{}", '{"engine": 1}'])
async def test_what_was_kept_and_cannot_be_read_is_bought_again(rubrics: Rubrics, damaged: str) -> None:
    class Damaged(Kept):
        def get(self, *_: object, **__: bool) -> str:
            return damaged

    client = ScriptedClient(one=Script([reply(seller(CALLED))]))
    reading = await LlmEngine(rubrics, [MODEL], client, asked=ONCE, kept=Damaged()).read_deal(NOTE)
    assert (1, False) == (len(reading.labels), reading.cached)


async def test_a_failure_is_not_kept(rubrics: Rubrics) -> None:
    kept = Kept()
    engine = LlmEngine(rubrics, [MODEL], ScriptedClient(one=Script([said("No.", refused=True)])), asked=ONCE, kept=kept)
    with pytest.raises(AnswerRefused):
        await engine.read_deal(NOTE)
    assert {} == kept


@pytest.mark.parametrize(
    "change",
    ["model", "api_base", "json_schema", "max_tokens", "temperature", "prompt", "note", "written_on", "deal"],
)
async def test_whatever_an_answer_depends_on_makes_it_another(rubrics: Rubrics, change: str) -> None:
    kept, note, target, asked = Kept(), NOTE, MODEL, ONCE
    client = ScriptedClient(one=Script(lambda _: reply()), two=Script(lambda _: reply()))
    await LlmEngine(rubrics, [target], client, asked=asked, kept=kept).read_deal(note)
    match change:
        case "model":
            target = OTHER
        case "api_base" | "json_schema":
            target = target.model_copy(update={change: "off"})
        case "max_tokens" | "temperature":
            asked = asked.model_copy(update={change: 1})
        case "prompt":
            deal = rubrics.deal
            rubrics = rubrics._replace(deal=deal.model_copy(update={"rules": (*deal.rules, "One more.")}))
        case "note":
            note = deal_note(note.note + " More.")
        case "written_on":
            note = note.model_copy(update={"written_on": note.written_on.replace(day=3)})
        case "deal":
            note = note.model_copy(update={"deal": note.deal.model_copy(update={"name": "Other"})})
    reading = await LlmEngine(rubrics, [target], client, asked=asked, kept=kept).read_deal(note)
    assert (2, False) == (len(kept), reading.cached)


async def test_a_key_makes_no_other_answer(rubrics: Rubrics) -> None:
    kept, client = Kept(), ScriptedClient(one=Script([reply()]))
    for key in ("sk-1", "sk-2"):
        target = Target(model="made/one", api_key=key)
        reading = await LlmEngine(rubrics, [target], client, asked=ONCE, kept=kept).read_deal(NOTE)
    assert (1, True) == (len(kept), reading.cached)


async def test_half_a_character_in_a_wrong_entry_is_no_error(rubrics: Rubrics) -> None:
    text = answer(seller(CALLED), seller("sign", "seller_\ud800"), seller("\ud800"))
    client = ScriptedClient(one=Script([said(text), reply()]))
    reading = await LlmEngine(rubrics, [MODEL], client, asked=ONCE).read_deal(NOTE)
    assert (1, 2) == (len(reading.labels), reading.dropped)


async def test_closing_and_loading_ahead_are_left_to_the_client(rubrics: Rubrics) -> None:
    done: list[str] = []

    class Client(ScriptedClient):
        def warm_up(self) -> None:
            done.append("loaded")

        async def close(self) -> None:
            done.append("closed")

    engine = LlmEngine(rubrics, [MODEL], Client())
    engine.warm_up()
    await engine.close()
    assert ["loaded", "closed"] == done
    plain = LlmEngine(rubrics, [MODEL], ScriptedClient())
    plain.warm_up()
    await plain.close()
