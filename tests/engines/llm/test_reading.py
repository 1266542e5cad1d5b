"""Reading a note by a model that says what the test wrote: what comes of every kind of answer."""

from __future__ import annotations

import asyncio
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain import DealNote, Kind, Question, Status, Usage
from coach.engines.llm import Call, Reply
from coach.engines.llm.deals.task import DealTask
from coach.engines.llm.reading import Reader
from coach.engines.llm.task import Read
from coach.errors import (
    AnswerRefused,
    AnswerTruncated,
    BadAnswer,
    ContextTooLong,
    ProviderUnavailable,
)
from coach.rubrics import load
from coach.text.segment import clauses
from tests.engines.llm.scripted import (
    CALLED,
    PAID,
    REDLINES,
    SIGN,
    SOLD,
    TEXT,
    Script,
    answer,
    buyer,
    deal_note,
    reply,
    said,
    seller,
    shown_words,
)

ROOMY = 4096
LONG = " ".join(f"She sent contract {number}." for number in range(300))
COVERAGE = {"problem": "missing", "criteria": "partial", "action": "answered", "process": "missing"}
THOUGHT = {Question(question): Status(status) for question, status in COVERAGE.items()}


@pytest.fixture
def reader(prompt: DealTask) -> Reader:
    return Reader(prompt, ROOMY, 0)


def quotes(read: Read, text: str = TEXT) -> list[str]:
    return [text[one.start : one.end] for one in read.labels]


def thought(read: Read) -> dict[Question, Status] | None:
    """How far the model thinks that the questions are answered."""
    made = {"engine": "llm", "engine_version": "1"}
    return DealTask(load("buyer_evidence")).reading(deal_note(), read, made).coverage


def by_rule(note: DealNote, most: int | None = None) -> Script:
    """A model that labels each clause it is shown by its words alone, and breaks off after so many entries."""

    def rule(call: Call) -> Reply:
        words = shown_words(call, note)
        entries = []
        for start, end in clauses(words):
            kinds = (seller, buyer, lambda quote: seller(quote, "seller_opinion"))
            if re.search(r"\w", words[start:end]):
                entries.append(kinds[(end - start) % 3](words[start:end]))
        text = answer(*entries, coverage=COVERAGE)
        if most is not None and len(entries) > most:
            return said(answer(*entries[: most + 1]).rpartition('"kind"')[0], truncated=True)
        return said(text)

    return Script(rule)


async def test_an_answer_becomes_labels_that_are_the_notes_own_words(reader: Reader) -> None:
    ask = Script([reply(buyer(REDLINES), seller(CALLED), buyer("sign on Friday", kind="buyer_commitment"))])
    read = await reader.read(deal_note(), ask)
    assert ["Their counsel sent redlines", "I called twice", "sign on Friday"] == quotes(read)
    assert [Kind.BUYER_ACTION, Kind.SELLER_ACTION, Kind.BUYER_COMMITMENT] == [one.kind for one in read.labels]
    assert (0, (), ()) == (read.dropped, read.notices, read.suspected)
    assert {"temperature": 0} == read.parameters
    assert 1 == len(ask.calls)


async def test_what_is_asked_is_what_calls_says(prompt: DealTask) -> None:
    reader, note = Reader(prompt, 400, 0.5), deal_note(LONG)
    ask = Script(lambda _: reply())
    await reader.read(note, ask)
    calls = reader.calls(note)
    assert len(calls) > 1
    assert list(calls) == ask.calls
    assert {(400, 0.5, "deal_reading")} == {(one.max_tokens, one.temperature, one.schema_name) for one in calls}


async def test_a_note_without_words_is_not_asked_about(reader: Reader) -> None:
    ask = Script([])
    assert Read((), (), (), 0, (), None, None, None) == await reader.read(deal_note(" \n\n "), ask)
    assert [] == ask.calls


@pytest.mark.parametrize("around", ["Here it is: {} Hope that helps {{a}}!", "```json\n{}\n```"])
async def test_prose_around_the_answer_does_no_harm(reader: Reader, around: str) -> None:
    ask = Script([said(around.replace("{{", "{").replace("}}", "}").replace("{}", answer(seller(CALLED))))])
    assert ["I called twice"] == quotes(await reader.read(deal_note(), ask))
    assert 1 == len(ask.calls)


async def test_of_an_answer_that_has_no_more_room_the_rest_is_asked_by_itself(reader: Reader) -> None:
    cut = answer(buyer(REDLINES), seller(CALLED), buyer(SIGN))[:-70]
    ask = Script([said(cut, truncated=True), reply(buyer(SIGN), seller(SOLD, "seller_opinion"))])
    read = await reader.read(deal_note(), ask)
    assert ["Their counsel sent redlines", "I called twice", "She will sign on Friday", "I think she is sold"] == (
        quotes(read)
    )
    assert 2 == len(ask.calls)


async def test_an_answer_that_breaks_off_though_it_had_room_is_treated_alike(reader: Reader) -> None:
    ask = Script([said(answer(buyer(REDLINES), seller(CALLED))[:-20]), reply(seller(CALLED), buyer(PAID))])
    read = await reader.read(deal_note(), ask)
    assert ["Their counsel sent redlines", "I called twice", "They paid the pilot"] == quotes(read)


async def test_an_answer_that_breaks_off_after_the_last_words_leaves_nothing_to_ask(reader: Reader) -> None:
    ask = Script([said(answer(seller(CALLED), buyer(PAID))[:-3], truncated=True)])
    assert ["I called twice", "They paid the pilot"] == quotes(await reader.read(deal_note(), ask))
    assert 1 == len(ask.calls)


async def test_a_model_without_room_for_any_answer_is_asked_by_halves_and_then_given_up(reader: Reader) -> None:
    ask = Script(lambda _: said("Let me think about", truncated=True))
    with pytest.raises(AnswerTruncated, match="COACH_MAX_TOKENS"):
        await reader.read(deal_note(LONG[:3000]), ask)
    assert 4 == len(ask.calls)
    lengths = [len(call.user) for call in ask.calls]
    assert lengths == sorted(set(lengths), reverse=True)


async def test_halves_that_do_fit_are_put_together(reader: Reader) -> None:
    note = deal_note(LONG)
    fits = by_rule(note)

    async def ask(call: Call) -> Reply:
        return said("Well", truncated=True) if len(shown_words(call, note)) > 5000 else await fits(call)

    read = await reader.read(note, ask)
    assert [f"She sent contract {number}" for number in range(300)] == quotes(read, LONG)


async def test_a_model_that_declines_is_said_to_and_not_asked_again(reader: Reader) -> None:
    ask = Script([said("I would rather not.", refused=True)])
    with pytest.raises(AnswerRefused):
        await reader.read(deal_note(), ask)
    assert 1 == len(ask.calls)


@pytest.mark.parametrize("text", ["", None])
async def test_an_empty_answer_is_no_answer(reader: Reader, text: str | None) -> None:
    with pytest.raises(BadAnswer, match="empty"):
        await reader.read(deal_note(), Script([said(text)]))


async def test_prose_is_asked_about_once_more_and_then_given_up(reader: Reader) -> None:
    ask = Script([said("Fine note!"), reply(seller(CALLED))])
    assert ["I called twice"] == quotes(read := await reader.read(deal_note(), ask))
    assert 0.5 == read.cost_usd
    ask = Script([said("Fine note!"), said("Really fine.")])
    with pytest.raises(BadAnswer, match="twice"):
        await reader.read(deal_note(), ask)
    assert 2 == len(ask.calls)


async def test_wrong_entries_are_sent_back_alone_and_mended(reader: Reader) -> None:
    ask = Script(
        [
            reply(buyer(REDLINES), buyer(SIGN, kind="buyer_hope"), seller(CALLED)),
            reply(buyer(SIGN, kind="buyer_commitment")),
        ]
    )
    read = await reader.read(deal_note(), ask)
    assert ["Their counsel sent redlines", "I called twice", "She will sign on Friday"] == quotes(read)
    assert (0, ()) == (read.dropped, read.notices)
    repair = ask.calls[1]
    assert repair.system is None
    assert f"{SIGN}." == shown_words(repair, deal_note())
    assert "buyer_hope" in repair.user
    assert [] == [words for words in ("redlines", "called", "sold", "pilot") if words in repair.user]


@pytest.mark.parametrize(
    "repair",
    [
        ProviderUnavailable("made/one is away"),
        ContextTooLong("made/one: too long"),
        said("I do not know."),
        said(None, refused=True),
        said(""),
        reply(),
        reply(buyer(SIGN, kind="buyer_hope")),
        reply(buyer("She will sign on Monday")),
        reply(seller(PAID)),
    ],
    ids=[
        "away",
        "too_long",
        "prose",
        "refused",
        "empty",
        "left_out",
        "wrong_again",
        "still_made_up",
        "another_sentence",
    ],
)
async def test_a_repair_that_fails_leaves_what_was_right(reader: Reader, repair: Reply | Exception) -> None:
    ask = Script([reply(buyer(REDLINES), buyer(SIGN, direction="up")), repair])
    read = await reader.read(deal_note(), ask)
    assert ["Their counsel sent redlines"] == quotes(read)
    assert 1 == read.dropped
    assert ["ungrounded"] == [one.code for one in read.notices]
    assert ask.done


async def test_a_repair_adds_no_more_labels_than_were_wrong(reader: Reader) -> None:
    ask = Script([reply(buyer(SIGN, direction="up")), reply(buyer("She will"), buyer("sign on"))])
    assert 1 == len((await reader.read(deal_note(), ask)).labels)


async def test_words_that_the_note_does_not_hold_are_sent_back(reader: Reader) -> None:
    ask = Script([reply(seller("I called thrice")), reply(seller(CALLED))])
    assert ["I called twice"] == quotes(await reader.read(deal_note(), ask))


async def test_a_made_up_quote_is_dropped_counted_and_told_and_not_sent_back(reader: Reader) -> None:
    ask = Script([reply(seller(CALLED), buyer("Board approved nine days ago"))])
    read = await reader.read(deal_note(), ask)
    assert ["I called twice"] == quotes(read)
    assert 1 == read.dropped
    assert [("ungrounded", True)] == [(one.code, one.text.startswith("1 point ")) for one in read.notices]
    assert 1 == len(ask.calls)


async def test_an_answer_with_too_much_wrong_is_not_worth_mending(reader: Reader) -> None:
    ask = Script([reply(seller(CALLED), *(buyer(REDLINES, direction="up") for _ in range(21)))])
    read = await reader.read(deal_note(), ask)
    assert ["I called twice"] == quotes(read)
    assert (21, True) == (read.dropped, read.notices[0].text.startswith("21 points "))
    assert 1 == len(ask.calls)


async def test_a_great_many_wrong_entries_cost_no_time(reader: Reader) -> None:
    note = deal_note(LONG[:5000])
    ask = Script([reply(*(buyer(f"She sent contract {number}", kind="buyer_hope") for number in range(5000)))])
    began = time.thread_time()
    assert 5000 == (await reader.read(note, ask)).dropped
    assert time.thread_time() - began < 2


async def test_entries_that_repeat_or_overlap_prove_nothing_twice(reader: Reader) -> None:
    entries = [
        buyer(REDLINES),
        buyer(REDLINES),
        seller(REDLINES, "seller_opinion"),
        seller(f"{CALLED}. {SIGN}"),
        buyer(SIGN),
        seller(PAID),
        seller(PAID),
    ]
    read = await reader.read(deal_note(), Script([reply(*entries)]))
    assert [
        ("Their counsel sent redlines", Kind.SELLER_OPINION),
        ("I called twice. She will sign on Friday", Kind.SELLER_ACTION),
        ("They paid the pilot", Kind.SELLER_ACTION),
    ] == list(zip(quotes(read), [one.kind for one in read.labels], strict=True))


async def test_no_label_stands_on_what_is_suspected(reader: Reader) -> None:
    ask = Script(
        [reply(buyer(REDLINES), seller(CALLED), buyer(SIGN), suspected=["twice. She will", f"{PAID}.", PAID, "thrice"])]
    )
    read = await reader.read(deal_note(), ask)
    assert ["Their counsel sent redlines"] == quotes(read)
    assert ["twice. She will", "They paid the pilot"] == [TEXT[one.start : one.end] for one in read.suspected]


async def test_usage_and_cost_are_those_of_all_calls(reader: Reader) -> None:
    ask = Script(
        [
            said(answer(buyer(REDLINES), buyer(CALLED, direction="up"), buyer(SIGN))[:-30], truncated=True),
            reply(buyer(CALLED)),
            reply(buyer(SOLD)),
        ]
    )
    read = await reader.read(deal_note(), ask)
    assert 3 == len(ask.calls)
    assert Usage(prompt_tokens=300, completion_tokens=30, cached_tokens=120) == read.usage
    assert 0.75 == read.cost_usd


@pytest.mark.parametrize("unknown", ["usage", "cost_usd"])
async def test_a_sum_with_an_unknown_part_is_unknown(reader: Reader, unknown: str) -> None:
    first = reply(buyer(CALLED, direction="up"))
    read = await reader.read(deal_note(), Script([first, reply(buyer(CALLED), **{unknown: None})]))
    assert getattr(read, unknown) is None
    assert (read.usage, read.cost_usd) != (None, None)


async def test_a_call_that_cost_nothing_is_known_to_have_cost_nothing(reader: Reader) -> None:
    assert 0.0 == (await reader.read(deal_note(), Script([reply(cost_usd=0.0)]))).cost_usd


async def test_text_that_is_too_long_for_the_model_is_asked_by_halves(reader: Reader) -> None:
    note = deal_note(LONG)
    fits = by_rule(note)

    async def ask(call: Call) -> Reply:
        if len(shown_words(call, note)) > 3000:
            raise ContextTooLong("too long")
        return await fits(call)

    read = await reader.read(note, ask)
    assert [f"She sent contract {number}" for number in range(300)] == quotes(read, LONG)
    calls = len(fits.calls)
    assert Usage(prompt_tokens=100 * calls, completion_tokens=10 * calls, cached_tokens=40 * calls) == read.usage


async def test_a_clause_that_is_too_long_by_itself_cannot_be_read(reader: Reader) -> None:
    with pytest.raises(ContextTooLong):
        await reader.read(deal_note(), Script(lambda _: ContextTooLong("too long")))


async def test_an_error_of_one_stretch_is_the_error_and_stops_the_others(prompt: DealTask) -> None:
    reader, stopped = Reader(prompt, 400, 0), list[bool]()
    first = reader.calls(deal_note(LONG))[0]
    begun = asyncio.Event()

    async def ask(call: Call) -> Reply:
        if call == first:
            await begun.wait()
            raise ProviderUnavailable("made/one is away")
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            stopped.append(True)
            raise
        raise AssertionError

    with pytest.raises(ProviderUnavailable, match="made/one is away"):
        await reader.read(deal_note(LONG), ask)
    assert stopped


async def test_at_most_four_stretches_are_asked_at_once(prompt: DealTask) -> None:
    now, most = 0, 0

    async def ask(_call: Call) -> Reply:
        nonlocal now, most
        now += 1
        most = max(most, now)
        for _ in range(3):
            await asyncio.sleep(0)
        now -= 1
        return reply()

    note = deal_note(LONG)
    assert len(Reader(prompt, 400, 0).calls(note)) > 8
    await Reader(prompt, 400, 0).read(note, ask)
    assert 4 == most


async def test_of_words_that_stand_twice_each_place_is_labelled(reader: Reader) -> None:
    text = f"{CALLED}. {SIGN}. {CALLED}."
    read = await reader.read(deal_note(text), Script([reply(seller(CALLED), buyer(SIGN), seller(CALLED))]))
    assert [CALLED, SIGN, CALLED] == quotes(read, text)


async def test_how_far_the_questions_are_answered_is_what_the_model_thinks(reader: Reader) -> None:
    ask = Script([reply(buyer(SIGN, direction="up"), coverage=COVERAGE), reply(buyer(SIGN), coverage={})])
    assert THOUGHT == thought(await reader.read(deal_note(), ask))
    assert ask.done


@pytest.mark.parametrize("coverage", [None, {}, {"action": "answered"}, COVERAGE | {"process": "somewhat"}])
async def test_a_model_that_does_not_say_how_far_leaves_it_open(reader: Reader, coverage: object) -> None:
    read = await reader.read(deal_note(), Script([reply(seller(CALLED), coverage=coverage)]))
    assert (None, [CALLED]) == (thought(read), quotes(read))


async def test_prose_before_the_answer_does_not_cost_what_the_model_thinks(reader: Reader) -> None:
    read = await reader.read(deal_note(), Script([said("Well."), reply(coverage=COVERAGE)]))
    assert THOUGHT == thought(read)


async def test_what_a_model_thinks_of_a_part_is_not_taken_for_the_whole(reader: Reader, prompt: DealTask) -> None:
    in_stretches = await Reader(prompt, 400, 0).read(deal_note(LONG), Script(lambda _: reply(coverage=COVERAGE)))
    broken = said(answer(seller(REDLINES), seller(CALLED))[:-20], truncated=True)
    broken_off = await reader.read(deal_note(), Script([broken, reply(seller(SIGN), coverage=COVERAGE)]))
    assert (None, None) == (thought(in_stretches), thought(broken_off))
    assert [REDLINES, SIGN] == quotes(broken_off)


async def test_of_a_broken_off_answer_what_was_read_is_not_asked_again(reader: Reader) -> None:
    note = deal_note(LONG[:5000])
    ask = by_rule(note, most=80)
    read = await reader.read(note, ask)
    at_once = await reader.read(note, by_rule(note))
    assert at_once.labels == read.labels
    lengths = [len(call.user) for call in ask.calls]
    assert len(lengths) > 2
    assert lengths == sorted(set(lengths), reverse=True)
    assert "contract 0." not in ask.calls[1].user


_NOTES = st.lists(
    st.sampled_from(
        [
            "She sent the contract. ",
            "I called, ",
            "and he agreed",
            "\n- ",
            "\n\n",
            "🎉 ",
            "[3] ",
            "Their CFO asked why; ",
        ]
    ),
    min_size=1,
    max_size=150,
).map("".join)


@settings(deadline=None, max_examples=60)
@given(_NOTES, st.integers(10, 200), st.sampled_from([None, 40]))
def test_a_note_read_in_stretches_has_the_labels_that_it_has_when_read_at_once(
    text: str, max_tokens: int, most: int | None
) -> None:
    prompt, note = DealTask(load("buyer_evidence")), deal_note(text)
    at_once = asyncio.run(Reader(prompt, 100_000, 0).read(note, by_rule(note)))
    try:
        in_stretches = asyncio.run(Reader(prompt, max_tokens, 0).read(note, by_rule(note, most)))
    except AnswerTruncated:
        assert most is not None
        return
    assert at_once.labels == in_stretches.labels
    assert most is not None or at_once.dropped == in_stretches.dropped


@settings(deadline=None, max_examples=60)
@given(
    st.text()
    | st.lists(
        st.builds(
            lambda quote, kind: buyer(quote, kind=kind),
            st.sampled_from([REDLINES, SIGN, f"{SOLD}. {PAID}", "sent", "She will", "nothing"]) | st.text(max_size=5),
            st.sampled_from([*Kind, "buyer_hope"]),
        ),
        max_size=8,
    ).map(lambda entries: answer(*entries, suspected=[SOLD]))
)
def test_whatever_a_model_says_labels_are_words_of_the_note_apart_or_it_is_an_error_of_ours(text: str) -> None:
    reader = Reader(DealTask(load("buyer_evidence")), ROOMY, 0)
    try:
        read = asyncio.run(reader.read(deal_note(), Script(lambda _: said(text))))
    except BadAnswer:
        return
    assert sorted(read.labels, key=lambda one: one.start) == list(read.labels)
    assert all(one.end <= other.start for one, other in zip(read.labels, read.labels[1:], strict=False))
    assert all(re.search(r"\w", quote) for quote in quotes(read))
    assert "I think she is sold" not in quotes(read)
