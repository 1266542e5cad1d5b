"""Sentences, clauses and tokens: whole, ordered spans of the text, cut where notes are really cut."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.text.segment import clauses, sentences, tokens
from coach.text.span import Span


def texts(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dana signed. I sent a deck.", ["Dana signed.", "I sent a deck."]),
        ("Dr. Osei of Kerr Inc. rang at 4 p.m. today.", ["Dr. Osei of Kerr Inc. rang at 4 p.m. today."]),
        ("- sent deck\n- called Sam", ["sent deck", "called Sam"]),
        ("Amount is $1.2M. Fine.", ["Amount is $1.2M.", "Fine."]),
        ("see https://a.b/c?x=1. Then wait.", ["see https://a.b/c?x=1.", "Then wait."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert expected == texts(text, sentences(text))


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("I sent the proposal and she sent redlines back", "I sent the proposal", "she sent redlines back"),
        ("they tested it, we wrote it up", "they tested it", "we wrote it up"),
        ("so um she signed it then I rang Dana", "she signed it", "I rang Dana"),
    ],
)
def test_a_clause_begins_where_the_subject_changes(text: str, first: str, second: str) -> None:
    found = texts(text, clauses(text))
    assert any(first in one and second not in one for one in found)
    assert any(second in one and first not in one for one in found)


def test_tokens_keep_contractions_and_numbers_whole() -> None:
    text = "She's paid $24,150 on 3/4"
    assert ["She's", "paid", "$", "24,150", "on", "3/4"] == texts(text, tokens(text))


@settings(max_examples=300, deadline=None)
@given(
    st.text()
    | st.lists(st.sampled_from(["Dana ", "and she ", "\n- ", ". ", "🎉", "Mr. ", "\u2028", ", "])).map("".join)
)
def test_spans_are_ordered_whole_and_trimmed(text: str) -> None:
    for spans in (sentences(text), clauses(text), tokens(text)):
        end = 0
        for span in spans:
            assert end <= span.start < span.end <= len(text)
            piece = text[span.start : span.end]
            assert piece == piece.strip()
            end = span.end


@pytest.mark.parametrize("text", ["(" * 20_000, "a.b." * 20_000, "Mr. " * 20_000, "and " * 20_000, "\u05d0 " * 20_000])
def test_odd_runs_are_cut_and_do_not_hang(text: str) -> None:
    assert tokens(text)
    assert clauses(text)
    assert sentences(text)
