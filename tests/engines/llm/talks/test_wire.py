"""Reading what a model says of a conversation: each move by itself, whatever stands around it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain import Move
from coach.engines.llm.talks.wire import FORM, MoveEntry, RewriteEntry, rewrites_of
from tests.engines.llm.talks.made import answer, move, rewrite

ENTRY = MoveEntry(quote="1", move=Move.BUYER_QUESTION)
REWRITE = RewriteEntry(quote="2", instead="What does he need to see?")
WHOLE = answer(move("1", "buyer_question"), move("2"), rewrites=[rewrite("2")], suspected=["4"])


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        f"```json\n{WHOLE}\n```",
        f"Here is what I found:\n\n{WHOLE}\n\nTell me if you need {{more}}.",
        f'I answer as {{"moves": [...], "rewrites": [...]}}, so:\n{WHOLE}',
        json.dumps(json.loads(WHOLE), indent=2),
        WHOLE[:-1] + ', "note": {"moves": 7}}',
    ],
    ids=["bare", "fence", "prose", "form_first", "indented", "more_fields"],
)
def test_an_answer_is_found_whatever_stands_around_it(text: str) -> None:
    read = FORM.read(text)
    assert read is not None
    assert (ENTRY, MoveEntry(quote="2", move=Move.TELL)) == read.entries
    assert ((), ("4",), False) == (read.wrong, read.suspected, read.broken_off)
    assert [REWRITE] == list(rewrites_of(read.besides))


@pytest.mark.parametrize(
    "text", ["", "I judge nobody.", "{}", '{"moves": {}}', '{"statements": []}', '{"rewrites": []}']
)
def test_a_text_without_moves_is_no_answer(text: str) -> None:
    assert FORM.read(text) is None


@pytest.mark.parametrize("name", ["Buyer question", " BUYER-QUESTION ", "buyer_question"])
def test_case_blanks_and_hyphens_are_forgiven(name: str) -> None:
    read = FORM.read(answer(move("1", name) | {"why": "an extra field"}))
    assert read is not None
    assert ((ENTRY,), ()) == (read.entries, read.wrong)


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (move("1", "praise"), "at move: Input should be"),
        (move("1", None), "at move: "),
        (move("1", 7), "at move: "),
        (move("1", ["tell"]), "at move: "),
        (move(None), "at quote: "),
        (move(1), "at quote: "),
        ({"move": "tell"}, "at quote: Field required"),
        ({"quote": "1"}, "at move: Field required"),
        ("text", "expected an object"),
        (None, "expected an object"),
        ([move("1")], "expected an object"),
    ],
)
def test_a_wrong_move_is_set_aside_with_what_is_wrong_and_the_others_stand(entry: object, says: str) -> None:
    read = FORM.read(answer(move("2"), entry, move("3"), rewrites=[rewrite("2")]))
    assert read is not None
    assert ["2", "3"] == [one.quote for one in read.entries]
    assert 1 == len(read.wrong)
    assert read.wrong[0].why.startswith(says)
    assert [REWRITE] == list(rewrites_of(read.besides))


@pytest.mark.parametrize("rewrites", [None, {}, [], "What?", 7, {"quote": "2", "instead": "What?"}, [[]], [None]])
def test_rewrites_that_are_no_list_of_objects_are_none_and_the_moves_stand(rewrites: object) -> None:
    read = FORM.read(answer(move("1", "buyer_question"), rewrites=rewrites))
    assert read is not None
    assert ((ENTRY,), []) == (read.entries, list(rewrites_of(read.besides)))


def test_rewrites_that_are_missing_are_none() -> None:
    assert [] == list(rewrites_of({}))


@pytest.mark.parametrize(
    "wrong",
    [{"quote": "1"}, {"instead": "What?"}, rewrite(1), rewrite("1", None), rewrite("1", ["What?"]), {}, "What?", None],
)
def test_a_wrong_rewrite_is_passed_over_and_the_others_stand(wrong: object) -> None:
    assert [REWRITE] == list(rewrites_of({"rewrites": [wrong, rewrite("2")]}))


@pytest.mark.parametrize("cut", range(len('{"moves": ['), WHOLE.index('], "rewrites"')))
def test_of_an_answer_that_breaks_off_in_its_moves_the_whole_ones_are_taken(cut: int) -> None:
    read = FORM.read(WHOLE[:cut])
    assert read is not None
    first = WHOLE.index("}") + 1
    whole = 0 if cut < first else 1 if cut < WHOLE.index("}", first) + 1 else 2
    assert whole == len(read.entries)
    assert (True, []) == (read.broken_off, list(rewrites_of(read.besides)))


@pytest.mark.parametrize("cut", range(WHOLE.index('], "rewrites"'), len(WHOLE) - 1, 5))
def test_of_an_answer_that_breaks_off_behind_its_moves_no_rewrite_is_taken(cut: int) -> None:
    read = FORM.read(WHOLE[:cut])
    assert read is not None
    assert (2, True, []) == (len(read.entries), read.broken_off, list(rewrites_of(read.besides)))


_NAMES = ["moves", "rewrites", "suspected", "quote", "move", "instead", "x"]
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["1", "tell"]),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.sampled_from(_NAMES), inside),
    max_leaves=20,
)


@given(
    st.text()
    | st.text(alphabet='{}[]",:\\0189eE.-+ moves\ud800', max_size=200)
    | st.builds(lambda moves, rewrites: json.dumps({"moves": moves, "rewrites": rewrites}), _JSON, _JSON)
    | st.builds(
        lambda moves, rewrites, cut: json.dumps({"moves": moves, "rewrites": rewrites})[:cut],
        st.lists(_JSON),
        st.lists(_JSON),
        st.integers(0, 300),
    )
)
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    read = FORM.read(text)
    if read is not None:
        assert all(isinstance(one, MoveEntry) for one in read.entries)
        assert all(one.why for one in read.wrong)
        assert all(isinstance(one, RewriteEntry) for one in rewrites_of(read.besides))
