"""Entries become labels that are proved and do not overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain import Direction, Kind, Label, Question, grade
from coach.engines.llm import placing
from coach.engines.llm.deals.task import DealTask
from coach.engines.llm.deals.wire import BuyerEntry, Entry, SellerEntry
from coach.rubrics import load
from coach.text.span import Span
from tests.engines.llm.scripted import CALLED, REDLINES, SIGN, TEXT, deal_note

ALL = Span(0, len(TEXT))
TASK = DealTask(load("buyer_evidence"))


def placed(text: str, entries: Sequence[Entry], shown: Span) -> placing.Placed[Label]:
    return placing.placed(text, entries, shown, lambda entry, span: TASK.label(deal_note(text), entry, span))


def apart(labels: Iterable[Label]) -> tuple[Label, ...]:
    return placing.apart(labels, TASK.strength)


def action(quote: str, *, verifiable: bool = True) -> BuyerEntry:
    return BuyerEntry(
        quote=quote,
        kind=Kind.BUYER_ACTION,
        verifiable=verifiable,
        direction=Direction.ADVANCES,
        informs=Question.ACTION,
    )


def label(start: int, end: int, kind: Kind = Kind.SELLER_ACTION) -> Label:
    return Label(start=start, end=end, kind=kind)


def test_an_entry_becomes_a_label_at_its_place() -> None:
    found = placed(TEXT, [action(REDLINES), SellerEntry(quote="called", kind=Kind.SELLER_ACTION)], ALL)
    assert (REDLINES, "called") == tuple(TEXT[one.start : one.end] for one in found.labels)
    assert (Kind.BUYER_ACTION, True, Direction.ADVANCES, Question.ACTION) == (
        found.labels[0].kind,
        found.labels[0].verifiable,
        found.labels[0].direction,
        found.labels[0].informs,
    )
    assert (Kind.SELLER_ACTION, None) == (found.labels[1].kind, found.labels[1].verifiable)
    assert () == found.wrong


def test_an_entry_without_a_place_is_set_aside_whole() -> None:
    entry = action("counsel sent nothing")
    found = placed(TEXT, [entry], ALL)
    assert () == found.labels
    assert [entry.model_dump(mode="json")] == [one.entry for one in found.wrong]
    assert found.wrong[0].why.startswith("quote: ")


def test_words_that_stand_twice_are_labelled_in_the_order_of_the_answer() -> None:
    text = "She paid. We met. She paid."
    found = placed(text, [action("She paid"), action("We met"), action("She paid")], Span(0, len(text)))
    assert [0, 10, 18] == [one.start for one in found.labels]


def test_an_entry_that_repeats_the_one_before_finds_the_next_place_and_then_the_same_again() -> None:
    text = "She paid. We met. She paid."
    found = placed(text, [action("She paid")] * 3, Span(0, len(text)))
    assert [0, 18, 0] == [one.start for one in found.labels]
    assert [0, 18] == [one.start for one in apart(found.labels)]


def test_an_entry_out_of_order_is_found_all_the_same() -> None:
    found = placed(TEXT, [action(SIGN), action("nothing of this"), action(REDLINES), action(CALLED)], ALL)
    assert [SIGN, REDLINES, CALLED] == [TEXT[one.start : one.end] for one in found.labels]
    assert 1 == len(found.wrong)


def test_what_stands_outside_what_was_shown_is_set_aside() -> None:
    found = placed(TEXT, [action(REDLINES), action(SIGN)], Span(TEXT.index(CALLED), len(TEXT)))
    assert [SIGN] == [TEXT[one.start : one.end] for one in found.labels]
    assert [REDLINES] == [one.entry["quote"] for one in found.wrong]


def test_of_two_labels_over_the_same_words_the_one_that_proves_less_stands() -> None:
    strong = placed(TEXT, [action(REDLINES)], ALL).labels[0]
    weak = label(strong.start, strong.end, Kind.SELLER_OPINION)
    assert (weak,) == apart([strong, weak])
    assert (weak,) == apart([weak, strong])


def test_of_two_that_are_equal_one_stands() -> None:
    assert (label(3, 9),) == apart([label(3, 9), label(3, 9)])


@pytest.mark.parametrize(
    ("other", "left"),
    [((0, 10), (4, 10)), ((3, 10), (4, 10)), ((0, 8), None), ((1, 3), None), ((4, 9), (4, 9))],
)
def test_a_label_keeps_what_is_left_of_its_words_where_that_is_more_than_half(
    other: tuple[int, int], left: tuple[int, int] | None
) -> None:
    weak, strong = label(0, 4, Kind.SELLER_OPINION), label(*other)
    assert [(0, 4), *([left] if left else [])] == [(one.start, one.end) for one in apart([strong, weak])]


@st.composite
def some_labels(draw: st.DrawFn) -> list[Label]:
    labels = []
    for _ in range(draw(st.integers(0, 12))):
        start = draw(st.integers(0, 40))
        kind = draw(st.sampled_from(Kind))
        more = (
            {
                "verifiable": draw(st.booleans()),
                "direction": draw(st.sampled_from(Direction)),
                "informs": Question.ACTION,
            }
            if kind.value.startswith("buyer")
            else {}
        )
        labels.append(Label(start=start, end=start + draw(st.integers(1, 20)), kind=kind, **more))
    return labels


@given(some_labels())
def test_labels_that_are_apart_share_no_character_and_none_is_made_stronger_or_longer(labels: list[Label]) -> None:
    found = apart(labels)
    assert bool(labels) == bool(found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for one in found:
        before = [other for other in labels if other.start <= one.start < one.end <= other.end]
        assert grade(one) in map(grade, before)
    assert found == apart(found)


_QUOTES = st.sampled_from(
    ["sent", SIGN, "twice. She", "nothing of this", ".", "", "she", "She", f"{CALLED}. {SIGN}."]
) | (st.integers(0, 80).map(lambda at: TEXT[at : at + 20]))


@given(
    st.lists(
        st.builds(action, _QUOTES) | st.builds(SellerEntry, quote=_QUOTES, kind=st.just(Kind.SELLER_OPINION)),
        max_size=12,
    )
)
def test_whatever_entries_there_are_their_labels_are_words_of_the_note_and_apart(entries: list[Entry]) -> None:
    found = placed(TEXT, entries, ALL)
    assert len(entries) == len(found.labels) + len(found.wrong)
    labels = apart(found.labels)
    assert all(one.end <= other.start for one, other in pairwise(labels))
    assert all(0 <= one.start < one.end <= len(TEXT) for one in labels)
    assert all(TEXT[one.start : one.end].strip() for one in labels)
