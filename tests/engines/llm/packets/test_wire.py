"""Reading what a model says of a packet: its signals, each by itself, whatever stands around them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain import Competency
from coach.engines.llm.packets.wire import SignalEntry, form, impressions_of
from coach.rubrics import load
from tests.engines.llm.packets.made import answer, finding, signal

FORM = form(frozenset(one.id for one in load("skill_will").signals))
ENTRY = SignalEntry(quote="1", signal="undone", competency=Competency.STAKEHOLDER_ACCESS)
FIRST = signal("1", "undone", "stakeholder_access")
WHOLE = answer(FIRST, signal("2"), findings=[finding()], suspected=["4"])


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        f"```json\n{WHOLE}\n```",
        f"Here is what I found:\n\n{WHOLE}\n\nTell me if you need {{more}}.",
        f"<think>a set {{1, 2}} of things</think>{WHOLE}",
        f'I answer as {{"signals": [...], "findings": [...]}}, so:\n{WHOLE}',
        json.dumps(json.loads(WHOLE), indent=2),
        WHOLE[:-1] + ', "note": {"signals": 7}}',
    ],
    ids=["bare", "fence", "prose", "thought", "form_first", "indented", "more_fields"],
)
def test_an_answer_is_found_whatever_stands_around_it(text: str) -> None:
    read = FORM.read(text)
    assert read is not None
    assert ["1", "2"] == [one.quote for one in read.entries]
    assert ENTRY == read.entries[0]
    assert ((), ("4",), False) == (read.wrong, read.suspected, read.broken_off)
    assert 1 == len(impressions_of(read.besides))


@pytest.mark.parametrize(
    "text", ["", "I judge nobody.", "{}", '{"signals": {}}', '{"statements": []}', '{"findings": []}']
)
def test_a_text_without_signals_is_no_answer(text: str) -> None:
    assert FORM.read(text) is None


@pytest.mark.parametrize(
    "entry",
    [
        signal("1", "Undone", "Stakeholder access"),
        signal("1", " UNDONE ", "stakeholder-access"),
        signal("1", "undone", " STAKEHOLDER_ACCESS "),
        FIRST | {"why": "an extra field"},
    ],
)
def test_case_blanks_and_hyphens_are_forgiven(entry: dict[str, object]) -> None:
    read = FORM.read(answer(entry))
    assert read is not None
    assert ((ENTRY,), ()) == (read.entries, read.wrong)


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (signal("1", "idle"), "signal is not one of asked_for_help, avoided, "),
        (signal("1", ""), "signal is not one of "),
        (signal("1", "will"), "signal is not one of "),
        (signal("1", 7), "at signal: "),
        (signal("1", None), "at signal: "),
        (signal("1", ["undone"]), "at signal: "),
        (signal("1", "undone", "charm"), "at competency: "),
        (signal("1", "undone", None), "at competency: "),
        (signal("1", "undone", {"id": "discovery"}), "at competency: "),
        (signal(None), "at quote: "),
        (signal(1), "at quote: "),
        (signal(["1"]), "at quote: "),
        ({"signal": "undone", "competency": "discovery"}, "at quote: Field required"),
        ({"quote": "1", "competency": "discovery"}, "at signal: Field required"),
        ({"quote": "1", "signal": "undone"}, "at competency: Field required"),
        ({}, "at "),
        ("text", "expected an object"),
        (None, "expected an object"),
        ([FIRST], "expected an object"),
    ],
)
def test_a_wrong_signal_is_set_aside_with_what_is_wrong_and_the_others_stand(entry: object, says: str) -> None:
    read = FORM.read(answer(signal("2"), entry, signal("3"), findings=[finding()]))
    assert read is not None
    assert ["2", "3"] == [one.quote for one in read.entries]
    assert 1 == len(read.wrong)
    assert read.wrong[0].why.startswith(says)
    assert (entry if isinstance(entry, dict) else {}) == read.wrong[0].entry
    assert 1 == len(impressions_of(read.besides))


@pytest.mark.parametrize("cut", range(len('{"signals": ['), WHOLE.index('], "findings"')))
def test_of_an_answer_that_breaks_off_in_its_signals_the_whole_ones_are_taken(cut: int) -> None:
    read = FORM.read(WHOLE[:cut])
    assert read is not None
    first = WHOLE.index("}") + 1
    whole = 0 if cut < first else 1 if cut < WHOLE.index("}", first) + 1 else 2
    assert whole == len(read.entries)
    assert (True, ()) == (read.broken_off, impressions_of(read.besides))


@pytest.mark.parametrize("cut", range(WHOLE.index('], "findings"'), len(WHOLE) - 1, 7))
def test_of_an_answer_that_breaks_off_behind_its_signals_no_finding_is_believed(cut: int) -> None:
    read = FORM.read(WHOLE[:cut])
    assert read is not None
    assert (2, True, ()) == (len(read.entries), read.broken_off, impressions_of(read.besides))


_NAMES = ["signals", "findings", "suspected", "quote", "signal", "competency", "gap", "sub_type", "self_view", "rival"]
_VALUES = ["1", "undone", "discovery", "will", "motive", "unclear", "high", "skill"]
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(_VALUES),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.sampled_from(_NAMES), inside),
    max_leaves=20,
)


@given(
    st.text()
    | st.text(alphabet='{}[]",:\\0189eE.-+ signal\ud800', max_size=200)
    | st.builds(lambda signals, findings: json.dumps({"signals": signals, "findings": findings}), _JSON, _JSON)
    | st.builds(
        lambda signals, findings, cut: json.dumps({"signals": signals, "findings": findings})[:cut],
        st.lists(_JSON),
        st.lists(_JSON),
        st.integers(0, 300),
    )
)
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    read = FORM.read(text)
    if read is not None:
        assert all(isinstance(one, SignalEntry) for one in read.entries)
        assert all(one.why for one in read.wrong)
        assert len(impressions_of(read.besides)) <= 3


@pytest.mark.parametrize(
    "text",
    [
        '{"signals":' + "[" * 100_000,
        '{"signals":[' + '{"quote":' * 100_000,
        '{"signals":[' + '{"quote":"1"},' * 9_000,
        '{"signals":[{"quote":"\\ud800","signal":"\\ud800","competency":"discovery"}]}',
        '{"signals":[],"findings":[' + "{}," * 9_000 + "{}]}",
        '{"signals":[],"findings":' + "[" * 100_000,
    ],
    ids=lambda text: text[:30].encode("ascii", "replace").decode(),
)
def test_no_text_is_too_large_or_too_deep_to_be_read(text: str) -> None:
    read = FORM.read(text)
    assert read is None or () == impressions_of(read.besides)
