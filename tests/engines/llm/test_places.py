"""Places: the words that a model copied stand in the note, or they are not believed."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.engines.llm.places import nearest, place
from coach.text.ground import normalise
from coach.text.span import Span
from tests.engines.llm.scripted import CALLED, PAID, REDLINES, SIGN, SOLD, TEXT

LONG = " ".join(f"She sent contract {number}." for number in range(9000))[:200_000]


def whole(text: str) -> Span:
    return Span(0, len(text))


def words(text: str, span: Span | None) -> str | None:
    return None if span is None else text[span.start : span.end]


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        (CALLED, CALLED),
        ("  counsel sent\n", "counsel sent"),
        (f"{CALLED}. {SIGN}", f"{CALLED}. {SIGN}"),
        ("COUNSEL  sent", "counsel sent"),
    ],
)
def test_a_place_is_the_notes_own_words(quote: str, found: str) -> None:
    assert found == words(TEXT, place(TEXT, quote, whole(TEXT), 0))


@pytest.mark.parametrize("after", [".", ". ", ",", ";", ":", " –", " — ", "-", "...\n"])
def test_the_mark_that_ends_a_statement_is_none_of_it(after: str) -> None:
    text = f"She called{after} We met."
    assert "She called" == words(text, place(text, f"She called{after}", whole(text), 0))


def test_marks_and_blanks_may_differ_and_the_note_is_what_is_taken() -> None:
    text = "He said: “we’re  in” – today"
    assert "“we’re  in” – today" == words(text, place(text, '"we\'re in" - today', whole(text), 0))


@pytest.mark.parametrize(
    "quote",
    [
        "counsel sent no redlines",
        "I called thrice",
        "counse",
        "ounsel sent",
        "",
        " ",
        "...",
        ". ",
        "“”",
        "CALLED thrice",
    ],
)
def test_words_that_do_not_stand_there_are_not_believed(quote: str) -> None:
    assert place(TEXT, quote, whole(TEXT), 0) is None


@pytest.mark.parametrize("text", ["Say what they can't do.", "Say what they can’t do.", "Say what they cannot do."])
def test_a_denial_does_not_hold_what_it_denies(text: str) -> None:
    assert place(text, "they can", whole(text), 0) is None


def test_a_denial_before_it_does_not_hide_what_does_stand_there() -> None:
    text = "They cannot pay. They can sign."
    assert Span(17, 25) == place(text, "They can", whole(text), 0)


def test_half_a_word_after_the_quote_before_does_not_hide_a_whole_one_further_on() -> None:
    text = "She can pay. We met. She can't go. She can sign."
    assert Span(35, 42) == place(text, "She can", whole(text), 20)


def test_the_very_characters_go_before_those_that_are_alike() -> None:
    text = "she paid. She paid. SHE PAID."
    assert [10, 20] == [
        found.start for quote in ("She paid", "SHE PAID") if (found := place(text, quote, whole(text), 0))
    ]


def test_of_several_places_the_first_after_the_quote_before_is_meant_else_the_first() -> None:
    text = "She paid. He met us. She paid. We met. She paid."
    starts = [found.start for near in (0, 8, 21, 22, 40) if (found := place(text, "She paid", whole(text), near))]
    assert [0, 21, 21, 39, 0] == starts


def test_words_outside_the_stretch_do_not_stand_in_it() -> None:
    within = Span(TEXT.index(CALLED), TEXT.index(SOLD))
    assert [None, CALLED, SIGN, None] == [
        words(TEXT, place(TEXT, quote, within, within.start)) for quote in (REDLINES, CALLED, SIGN, SOLD)
    ]
    assert place(TEXT, f"{SIGN}. {SOLD}", within, within.start) is None
    assert place(TEXT, PAID.upper(), within, len(TEXT)) is None


def test_words_that_are_alike_are_found_at_their_place_in_the_note() -> None:
    within = Span(TEXT.index(CALLED), len(TEXT))
    assert SOLD == words(TEXT, place(TEXT, SOLD.upper(), within, within.start))


@given(
    st.text() | st.sampled_from(TEXT.split()) | st.integers(0, 60).map(lambda at: TEXT[at : at + 30]),
    st.integers(-5, 200),
)
def test_whatever_a_quote_is_its_place_is_its_words_inside_the_stretch(quote: str, near: int) -> None:
    within = Span(TEXT.index(CALLED), TEXT.index(PAID))
    span = place(TEXT, quote, within, near)
    if span is not None:
        assert within.start <= span.start < span.end <= within.end
        assert any(map(str.isalnum, TEXT[span.start : span.end]))
        assert normalise(TEXT[span.start : span.end]) in normalise(quote)


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_whole_words_copied_are_found_where_they_were_copied(one: int, other: int) -> None:
    start, end = min(one, other), max(one, other)
    between = [at for at in (start, end) if not (0 < at < len(TEXT) and TEXT[at - 1].isalnum() and TEXT[at].isalnum())]
    copied = TEXT[start:end].strip().rstrip(".")
    if len(between) == 2 and any(map(str.isalnum, copied)):
        found = place(TEXT, TEXT[start:end], whole(TEXT), start)
        assert found is not None
        assert start <= found.start < found.end <= end
        assert copied.strip(". ") in TEXT[found.start : found.end]


def test_the_sentence_that_a_quote_may_mean_holds_half_of_its_words() -> None:
    assert f"{CALLED}." == words(TEXT, nearest(TEXT, "I CALLED her thrice", whole(TEXT)))
    assert f"{SIGN}." == words(TEXT, nearest(TEXT, "she will sign it on Monday", whole(TEXT)))


@pytest.mark.parametrize("quote", ["", "...", "Board approved nine days ago", "I bought seven green houses there"])
def test_a_quote_that_is_like_nothing_has_no_sentence(quote: str) -> None:
    assert nearest(TEXT, quote, whole(TEXT)) is None


def test_the_sentence_that_a_quote_may_mean_is_looked_for_in_the_stretch_alone() -> None:
    after = Span(TEXT.index(SIGN), len(TEXT))
    assert nearest(TEXT, CALLED, after) is None
    assert f"{SOLD}." == words(TEXT, nearest(TEXT, f"{SOLD} now", after))
    assert nearest(" \n", CALLED, Span(0, 2)) is None


def all_there() -> list[Span | None]:
    return [place(LONG, f"She sent contract {number * 200}.", whole(LONG), 0) for number in range(30)]


def test_many_quotes_of_a_long_note_are_quickly_found() -> None:
    began = time.thread_time()
    assert None not in all_there()
    assert time.thread_time() - began < 1


@pytest.mark.parametrize(
    "quote",
    [
        "x" + " " * 100_000 + "x",
        "She sent " * 20_000,
        "." * 100_000,
        "contract " * 3,
        "\u200b" * 100_000,
        "e" * 100_000,
    ],
    ids=["blanks", "words", "dots", "repeated", "unseen", "letters"],
)
@pytest.mark.parametrize(
    "find", [lambda quote: place(LONG, quote, whole(LONG), 0), lambda quote: nearest(LONG, quote, whole(LONG))]
)
def test_a_senseless_quote_costs_no_time(find: Callable[[str], Span | None], quote: str) -> None:
    began = time.thread_time()
    find(quote)
    assert time.thread_time() - began < 1
    assert place(LONG, quote, whole(LONG), 0) is None
