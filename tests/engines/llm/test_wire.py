"""Reading a model's text: forgiving where no harm is done, and never surprised."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from coach.domain import Direction, Kind, Question, Status
from coach.engines.llm.deals.wire import FORM, BuyerEntry, SellerEntry, coverage_of
from tests.engines.llm.scripted import answer, buyer, seller

ENTRY = BuyerEntry(
    quote="1", kind=Kind.BUYER_ACTION, verifiable=True, direction=Direction.ADVANCES, informs=Question.ACTION
)
COVERAGE = {"problem": "missing", "criteria": "partial", "action": "answered", "process": "missing"}
WHOLE = answer(buyer("1"), seller("2"), coverage=COVERAGE, suspected=["4"])


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        f"```json\n{WHOLE}\n```",
        f"Here is what I found:\n\n{WHOLE}\n\nTell me if you need {{more}}.",
        f"<think>a set {{1, 2}} of things</think>{WHOLE}",
        f'{{"note": {{}}}} {WHOLE}',
        "\ufeff" + WHOLE,
        json.dumps(json.loads(WHOLE), indent=2),
        WHOLE[:-1] + ', "why": {"statements": 7}}',
    ],
    ids=["bare", "fence", "prose", "thought", "other_object", "byte_order_mark", "indented", "more_fields"],
)
def test_an_answer_is_found_whatever_stands_around_it(text: str) -> None:
    read = FORM.read(text)
    assert read is not None
    assert (ENTRY, SellerEntry(quote="2", kind=Kind.SELLER_ACTION)) == read.entries
    assert ((), ("4",), False) == (read.wrong, read.suspected, read.broken_off)
    assert COVERAGE == coverage_of(read.besides)


@pytest.mark.parametrize(
    "text",
    ["", "I cannot help with that.", "{}", '{"statements": {}}', "[1, 2]", "{" * 50, '"statements": []', "null"],
)
def test_a_text_without_statements_is_no_answer(text: str) -> None:
    assert FORM.read(text) is None


def test_no_statements_are_an_answer() -> None:
    read = FORM.read('{"statements": []}')
    assert read is not None
    assert ((), (), (), False, {"statements": []}) == tuple(read)


@pytest.mark.parametrize("cut", range(len('{"statements": ['), len(answer(buyer("1"), seller("2"))) - 2))
def test_of_an_answer_that_breaks_off_anywhere_the_whole_entries_are_taken(cut: int) -> None:
    text = answer(buyer("1"), seller("2"))
    read = FORM.read(text[:cut])
    assert read is not None
    whole = 0 if cut < text.index("}") + 1 else 1 if cut < text.rindex("}", 0, -1) + 1 else 2
    assert whole == len(read.entries)
    assert read.broken_off


def test_an_answer_that_breaks_off_before_its_statements_is_none() -> None:
    assert FORM.read('{"statem') is None


def test_the_form_quoted_before_the_answer_is_not_taken_for_it() -> None:
    read = FORM.read('I answer as {"statements": [...], "suspected": [...]}, so:\n' + WHOLE)
    assert read is not None
    assert (2, False) == (len(read.entries), read.broken_off)


@pytest.mark.parametrize(
    "entry",
    [
        buyer("1", kind="Buyer action"),
        buyer("1", kind=" BUYER-ACTION "),
        buyer("1", direction="Advances", informs="Action"),
        buyer("1", verifiable="true"),
        buyer("1", why="an extra field"),
    ],
)
def test_a_difference_that_does_no_harm_is_forgiven(entry: dict[str, object]) -> None:
    read = FORM.read(answer(entry))
    assert read is not None
    assert (ENTRY,) == read.entries


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (buyer("1", kind="buyer_hope"), "kind is not one of buyer_action"),
        (buyer("1", kind=7), "kind is not one of"),
        (buyer("1", direction="up"), "at direction: "),
        (buyer("1", verifiable=None), "at verifiable: "),
        (buyer("1", informs=["action"]), "at informs: "),
        ({"quote": "1", "kind": "buyer_action"}, "at verifiable: Field required"),
        ({"kind": "seller_action"}, "at quote: Field required"),
        (buyer("1") | {"quote": None}, "at quote: "),
        (buyer("1") | {"quote": 1}, "at quote: "),
        ("text", "expected an object"),
        ([], "expected an object"),
    ],
)
def test_a_wrong_entry_is_set_aside_with_what_is_wrong_and_the_others_stand(entry: object, says: str) -> None:
    read = FORM.read(answer(seller("2"), entry, seller("3")))
    assert read is not None
    assert ["2", "3"] == [one.quote for one in read.entries]
    assert 1 == len(read.wrong)
    assert read.wrong[0].why.startswith(says)
    assert (entry if isinstance(entry, dict) else {}) == read.wrong[0].entry


def test_a_seller_entry_needs_no_more_than_its_place_and_kind() -> None:
    read = FORM.read(answer(seller("1", "seller_opinion") | {"verifiable": None, "direction": "none"}))
    assert read is not None
    assert (SellerEntry(quote="1", kind=Kind.SELLER_OPINION),) == read.entries


def test_of_a_key_that_stands_twice_the_last_is_taken() -> None:
    read = FORM.read('{"statements": [{"quote": "9", "quote": "1", "kind": "seller_action"}]}')
    assert read is not None
    assert ["1"] == [one.quote for one in read.entries]


def test_what_is_suspected_and_no_text_is_passed_over() -> None:
    read = FORM.read('{"statements": [], "suspected": ["4", 5, null, {"a": 1}]}')
    assert read is not None
    assert ("4",) == read.suspected


@pytest.mark.parametrize(
    "coverage",
    [
        COVERAGE,
        {question: f" {status.upper()} " for question, status in COVERAGE.items()},
        COVERAGE | {"why": "an extra field"},
    ],
)
def test_how_far_the_questions_are_answered_is_read(coverage: object) -> None:
    read = FORM.read(answer(coverage=coverage))
    assert read is not None
    assert {
        Question.PROBLEM: Status.MISSING,
        Question.CRITERIA: Status.PARTIAL,
        Question.ACTION: Status.ANSWERED,
        Question.PROCESS: Status.MISSING,
    } == coverage_of(read.besides)


@pytest.mark.parametrize(
    "coverage",
    [
        None,
        {},
        [],
        "answered",
        COVERAGE | {"action": "somewhat"},
        COVERAGE | {"action": None},
        COVERAGE | {"action": ["answered"]},
        {question: status for question, status in COVERAGE.items() if question != "process"},
    ],
)
def test_a_coverage_that_is_not_in_these_words_is_none_and_the_statements_stand(coverage: object) -> None:
    read = FORM.read(answer(seller("2"), coverage=coverage))
    assert read is not None
    assert (None, 1, ()) == (coverage_of(read.besides), len(read.entries), read.wrong)


def test_a_coverage_that_breaks_off_is_none() -> None:
    text = answer(buyer("1"), seller("2")).removesuffix("}")
    read = FORM.read(text + ', "coverage": {"problem": "missing"')
    assert read is not None
    assert (None, 2, True) == (coverage_of(read.besides), len(read.entries), read.broken_off)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["1", "buyer_action"]),
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["statements", "suspected", "coverage", "quote", "kind", "verifiable", "direction", "informs", "x"]
            ),
            inside,
        )
    ),
    max_leaves=20,
)


@given(
    st.text()
    | st.text(alphabet='{}[]",:\\0189eE.-+ statemn\ud800', max_size=200)
    | st.builds(lambda value: json.dumps({"statements": value}), _JSON)
    | st.builds(lambda values: json.dumps({"statements": values}), st.lists(_JSON, max_size=6))
    | st.builds(lambda values, cut: json.dumps({"statements": values})[:cut], st.lists(_JSON), st.integers(0, 300))
)
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    read = FORM.read(text)
    if read is not None:
        assert all(isinstance(one, BuyerEntry | SellerEntry) for one in read.entries)
        assert all(one.why for one in read.wrong)


@pytest.mark.parametrize(
    "text",
    [
        "{" * 100_000,
        '{"a":' * 100_000,
        '{"statements":' + "[" * 100_000,
        '{"statements":[' + '{"quote":' * 100_000,
        '{"statements":[' + "9" * 100_000 + "]}",
        '{"statements":[{"quote":' + "9" * 4000 + ',"kind":"seller_action"}]}',
        '{"statements":[' + '{"quote":"1"},' * 9_000,
        '{"statements":[NaN,Infinity,-Infinity,1e999]}',
        '{"statements":[{"quote":NaN,"kind":"seller_action"}]}',
        '{"statements":[{"quote":"\\ud800","kind":"seller_action"}]}',
        '{"statements":[{"quote":"1","kind":"\ud800"}]}',
        '{"statements"' + " " * 100_000,
        '{"statements":[' + " ," * 50_000,
    ],
    ids=lambda text: text[:24].encode("ascii", "replace").decode(),
)
def test_no_text_takes_long_to_read(text: str) -> None:
    began = time.thread_time()
    read = FORM.read(text)
    assert time.thread_time() - began < 1
    assert read is None or all(one.quote for one in read.entries)


def test_the_schema_is_one_that_strict_modes_take_and_a_good_answer_keeps_to_it() -> None:
    schema = FORM.schema
    Draft202012Validator.check_schema(schema)
    objects = [one for one in _parts(schema) if isinstance(one, dict) and one.get("type") == "object"]
    assert 4 == len(objects)
    assert all(one["additionalProperties"] is False for one in objects)
    assert all(sorted(one["required"]) == sorted(one["properties"]) for one in objects)
    validator = Draft202012Validator(schema)
    assert validator.is_valid(json.loads(WHOLE))
    assert not validator.is_valid(json.loads(answer(buyer("1", kind="buyer_hope"), coverage=COVERAGE)))
    assert not validator.is_valid(json.loads(answer(buyer("1"), coverage=COVERAGE | {"action": "yes"})))
    assert not validator.is_valid({"statements": []})


def _parts(schema: object) -> list[object]:
    inside = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    return [schema, *(part for one in inside for part in _parts(one))]
