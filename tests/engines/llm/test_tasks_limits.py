"""Packets and conversations where a model fails or a budget ends: the chain, the embedded engine, the parts."""

from __future__ import annotations

import pytest

from coach.engines.llm import Asked, Budgets, Call, LlmEngine, Patience, Target
from coach.engines.llm.budget import prompt_tokens
from coach.engines.local import LocalEngine
from coach.engines.select import WithFallback
from coach.errors import OverBudget, ProviderUnavailable
from coach.rubrics import Rubrics
from tests.engines.llm import scripted
from tests.engines.llm.of_task import ONCE, OfTask, each_task, engine_of
from tests.engines.llm.packets import made as packets
from tests.engines.llm.scripted import MODEL, Kept, Script, ScriptedClient
from tests.engines.llm.talks import made as talks

OTHER = Target(model="spare/two")
AWAY = ProviderUnavailable("made/one is away")


@each_task
async def test_where_a_model_fails_the_next_of_the_chain_reads_and_a_notice_says_so(
    rubrics: Rubrics, one: OfTask
) -> None:
    client = ScriptedClient(one=Script([AWAY]), two=Script([one.right]))
    reading = await one.by(LlmEngine(rubrics, [MODEL, OTHER], client, asked=ONCE))
    assert "spare/two" == reading.request.model
    assert [("other_model", "spare/two read this text, because made/one is away.")] == [
        (notice.code, notice.text) for notice in reading.notices
    ]


@pytest.mark.parametrize(
    ("fails", "reason"),
    [
        (AWAY, "made/one is away (provider_unavailable)."),
        (scripted.said("No.", refused=True), "the model declined to read this text (answer_refused)."),
    ],
    ids=["away", "refused"],
)
@each_task
async def test_where_no_model_reads_the_embedded_engine_does_and_says_why(
    rubrics: Rubrics, one: OfTask, fails: object, reason: str
) -> None:
    local = LocalEngine(lexicon=rubrics.deal.lexicon)
    reading = await one.by(WithFallback(engine_of(rubrics, fails), local))
    alone = await one.by(local)
    assert [("degraded", f"The embedded engine read this text, because {reason}")] == [
        (notice.code, notice.text) for notice in reading.notices[:1]
    ]
    assert alone == reading.model_copy(update={"notices": reading.notices[1:], "sent": ()})
    assert (one.reads, "local") == (type(reading), reading.engine)


@each_task
async def test_a_degraded_reading_is_not_kept(rubrics: Rubrics, one: OfTask) -> None:
    kept = Kept()
    local = LocalEngine(lexicon=rubrics.deal.lexicon)
    await one.by(WithFallback(engine_of(rubrics, AWAY, kept=kept), local))
    assert {} == kept
    assert "llm" == (await one.by(WithFallback(engine_of(rubrics, one.right, kept=kept), local))).engine


@each_task
async def test_what_could_go_over_a_budget_is_not_asked(rubrics: Rubrics, one: OfTask) -> None:
    script = Script([])
    asked = Asked(patience=Patience(attempts=1), budgets=Budgets(request_tokens=4096))
    engine = LlmEngine(rubrics, [MODEL], ScriptedClient(one=script), asked=asked)
    with pytest.raises(OverBudget, match="COACH_BUDGET_REQUEST_TOKENS"):
        await one.by(engine)
    assert [] == script.calls


@each_task
async def test_a_repair_that_a_budget_has_no_room_for_is_not_asked_and_what_is_right_stands(
    rubrics: Rubrics, one: OfTask
) -> None:
    wrong = {
        "rep": packets.reply(packets.signal(packets.FINE), packets.signal(packets.UNDONE, "idle"), usage=None),
        "talk": talks.reply(talks.move(talks.SENT), talks.move(talks.SHY, "unkind"), usage=None),
    }[one.task]
    script = Script([wrong])
    (call,) = engine_of(rubrics).calls(one.task, one.given)
    room = most_tokens(call)
    asked = Asked(patience=Patience(attempts=1), budgets=Budgets(request_tokens=room))
    reading = await one.by(LlmEngine(rubrics, [MODEL], ScriptedClient(one=script), asked=asked))
    assert (1, 1) == (reading.dropped, len(script.calls))


@each_task
async def test_the_parts_of_a_long_text_share_one_budget(rubrics: Rubrics, one: OfTask) -> None:
    long = {
        "rep": packets.PACKET.model_copy(update={"deal_notes": tuple(f"She sent offer {n}." for n in range(2000))}),
        "talk": talks.TALK.model_copy(update={"transcript": "\n".join(f"Ruth: Send {n}." for n in range(2000))}),
    }[one.task]
    calls = engine_of(rubrics).calls(one.task, long)
    assert len(calls) > 2
    all_but_one = sum(map(most_tokens, calls[:-1]))
    script = Script(lambda _: one.right.model_copy(update={"usage": None}))
    asked = Asked(patience=Patience(attempts=1), budgets=Budgets(request_tokens=all_but_one))
    with pytest.raises(OverBudget):
        await one._replace(given=long).by(LlmEngine(rubrics, [MODEL], ScriptedClient(one=script), asked=asked))
    assert len(script.calls) < len(calls)


def most_tokens(call: Call) -> int:
    """The most that a call may take."""
    return prompt_tokens(call) + call.max_tokens
