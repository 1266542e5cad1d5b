"""A quote is found where it stands word for word, and nowhere else; tried on more than 10,000 generated strings."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coach.text.ground import ground, normalise
from coach.text.span import Span

NOTE = "Priya said: “we can’t wait –\r\n until\u00a0June”. She\u200b signed.\nThey cannot sign. She signed."

GROUNDED = [
    ('priya SAID: "we can\'t wait - until June"', "Priya said: “we can’t wait –\r\n until\u00a0June”"),
    ("  She signed ", "She\u200b signed"),
    ("THEY CANNOT SIGN", "They cannot sign"),
    ("until june", "until\u00a0June"),
]

NOT_GROUNDED = [
    "",
    "  \n",
    "\u200b",
    "They can",
    "not sign",
    "we can",
    "Priya said we can't",
    "she signs",
    "Priya says",
]


@pytest.mark.parametrize(("quote", "source"), GROUNDED)
def test_marks_spaces_and_case_may_differ(quote: str, source: str) -> None:
    span = ground(NOTE, quote)
    assert span is not None
    assert source == NOTE[span.start : span.end]


@pytest.mark.parametrize("quote", NOT_GROUNDED)
def test_what_is_not_there_is_not_found(quote: str) -> None:
    assert ground(NOTE, quote) is None


def test_of_several_places_the_first_or_the_nearest_is_given() -> None:
    text = "She signed. He left. She signed."
    assert Span(0, 10) == ground(text, "she signed")
    assert Span(21, 31) == ground(text, "she signed", near=30)
    assert Span(0, 10) == ground(text, "she signed", near=2)


@pytest.mark.parametrize(
    ("text", "quote", "source"),
    [
        ("Die STRASSE ist zu", "straße", "STRASSE"),
        ("Die Straße ist zu", "STRASSE", "Straße"),
        ("der İstanbul deal", "i\u0307stanbul", "İstanbul"),
        ("the cafe\u0301 signed", "café", "cafe\u0301"),
        ("the café signed", "cafe\u0301", "café"),
        ("🎉🎉 \U0001d518 signed 🎉", "signed", "signed"),
        ("اتفقنا على السعر أمس", "على السعر", "على السعر"),
        ("契約は六月です", "六月", "六月"),
    ],
)
def test_letters_that_change_their_length_are_mapped_back(text: str, quote: str, source: str) -> None:
    span = ground(text, quote)
    assert span is not None
    assert source == text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "quote"), [("weiß", "weis"), ("cafe\u0301", "cafe"), ("café", "cafe"), ("x ﬁne", "ine")]
)
def test_half_a_letter_is_no_quote(text: str, quote: str) -> None:
    assert ground(text, quote) is None


@settings(max_examples=2_600, deadline=None)
@given(st.text(max_size=60), st.text(max_size=12), st.none() | st.integers(0, 60))
def test_whatever_is_found_reads_as_the_quote(text: str, quote: str, near: int | None) -> None:
    span = ground(text, quote, near=near)
    assert span is None or normalise(text[span.start : span.end]) == normalise(quote) != ""


@settings(max_examples=1_500, deadline=None)
@given(st.data(), st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=60))
def test_every_whole_line_of_a_text_is_found_in_it(data: st.DataObject, text: str) -> None:
    quote = data.draw(st.sampled_from(text.splitlines() or [text]))
    assume(normalise(quote))
    span = ground(text, quote)
    assert span is None or normalise(quote) == normalise(text[span.start : span.end])
    assert (ground(quote, quote) is not None) == (ground(f" {quote} ", quote) is not None)
    assert ground(quote, quote) is not None


@settings(max_examples=600, deadline=None)
@given(st.lists(st.text("abcdefg", min_size=2, max_size=6), min_size=4, max_size=9, unique=True), st.data())
def test_a_quote_with_a_word_dropped_or_changed_is_not_found(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    inner = data.draw(st.integers(1, len(words) - 2))
    dropped = " ".join(words[:inner] + words[inner + 1 :])
    changed = " ".join([*words[:inner], words[inner] + "s", *words[inner + 1 :]])
    assert ground(text, text) == Span(0, len(text))
    assert ground(text, dropped) is None
    assert ground(text, changed) is None


def test_every_gold_quote_is_grounded_at_its_offsets() -> None:
    cases = Path(__file__).parents[2] / "evals" / "cases" / "deals.jsonl"
    missed = 0
    total = 0
    for line in cases.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        note = case["input"]["note"]
        for one in case["expected"]["statements"]:
            cuts_word = any(
                0 < edge < len(note) and re.match(r"\w\w", note[edge - 1 : edge + 1])
                for edge in (one["start"], one["end"])
            )
            span = ground(note, one["quote"], near=one["start"])
            total += 1
            missed += not cuts_word and (span is None or note[span.start : span.end] != one["quote"])
    assert total > 1_000
    assert 0 == missed


def test_a_long_text_is_searched_in_time() -> None:
    text = "((((( signed " * 20_000
    assert ground(text, "signed ((((( signed", near=200_000) is not None
    assert ground(text, "signed ((((( resigned") is None
