"""Stretches: a note is cut at natural borders, nothing lost, nothing twice."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from coach.engines.llm.stretches import AROUND_CHARS, halves, shown, stretches
from coach.text.segment import clauses
from coach.text.span import Span

_PARTS = [
    "I sent the quote. ",
    "She said no, ",
    "and he agreed",
    "\n- ",
    "\n\n",
    "🎉 ",
    "; ",
    "x" * 60,
    "Their CFO ",
    "[",
]
_NOTES = st.lists(st.sampled_from(_PARTS), max_size=60).map("".join) | st.text(max_size=300)


def words(count: int) -> str:
    return " ".join(f"I sent quote {number}." for number in range(count))


def assert_they_share_out(text: str, whole: Span, parts: tuple[Span, ...], most_chars: int) -> None:
    """The parts are the whole, cut between clauses, and none is too long but one of a single clause."""
    assert (whole.start, whole.end) == (parts[0].start, parts[-1].end)
    assert all(one.end == other.start for one, other in pairwise(parts))
    begins = [piece.start for piece in clauses(text)]
    assert {one.start for one in parts[1:]} <= set(begins)
    for one in parts:
        inside = [piece for piece in clauses(text) if one.start <= piece.start < one.end]
        assert len(inside) < 2 or inside[-1].end - one.start <= most_chars


@given(_NOTES, st.integers(1, 200))
def test_stretches_hold_every_character_once_and_keep_to_their_length(text: str, most_chars: int) -> None:
    found = stretches(text, most_chars)
    assert bool(text.strip()) == bool(found) or not clauses(text)
    if found:
        assert_they_share_out(text, Span(0, len(text)), found, most_chars)


@given(_NOTES, st.integers(1, 200))
def test_halves_hold_every_character_of_their_stretch_once_and_each_is_shorter(text: str, most_chars: int) -> None:
    for stretch in stretches(text, most_chars):
        inside = [piece for piece in clauses(text) if stretch.start <= piece.start < stretch.end]
        found = halves(text, stretch)
        if len(inside) < 2:
            assert () == found
        elif found:
            assert_they_share_out(text, stretch, found, round((stretch.end - stretch.start) * 0.6))


def test_a_stretch_of_many_clauses_is_cut_in_two_or_three() -> None:
    text = words(50)
    assert 2 <= len(halves(text, Span(0, len(text)))) <= 3


def test_a_short_note_is_one_stretch_and_an_empty_one_none() -> None:
    text = words(3)
    assert (Span(0, len(text)),) == stretches(text, 1000)
    assert () == stretches(" \n ", 1000)


def test_a_blank_line_is_the_best_border_then_a_lines_end_then_a_sentences() -> None:
    def first(text: str, most_chars: int) -> str:
        start, end = stretches(text, most_chars)[0]
        return text[start:end].rstrip()

    text = "I sent one. I sent two. I sent three.\n\nI sent four.\nI sent five. I sent six. I sent seven."
    assert first(text, 55).endswith("three.")
    assert first(text.replace("\n\n", " "), 62).endswith("four.")
    assert first("I sent one, and I sent two. I sent three, and I sent four, and I sent five.", 40).endswith("two.")


def test_a_stretch_is_shown_with_a_little_around_it_and_never_more_than_the_note() -> None:
    text = "xy " * 1000
    around = shown(text, Span(999, 1200))
    assert Span(999 - AROUND_CHARS, 1200 + AROUND_CHARS - 1) == around
    assert text[around.start - 1].isspace()
    assert text[around.end].isspace()
    assert Span(999, around.end) == shown(text, Span(999, 1200), rest=True)
    assert Span(0, 30) == shown("x" * 30, Span(10, 20))
