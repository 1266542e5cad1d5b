"""Marked text: whole markup whatever the spans, and every word of the note where it was."""

from __future__ import annotations

import re
from html import unescape

import pytest

from coach.domain import Kind, Move
from coach.evaluation.case import DealCase
from coach.evaluation.prediction import PredictedStatement
from coach.evaluation.render.marking import LETTERS, Mark, agreement, marked, statement_marks
from coach.evaluation.render.page import _resource

TEXT = "abcdefghij"


def spans(html: str) -> list[tuple[str, str]]:
    """The kind and the words of every mark."""
    return re.findall(r'<mark class="(\w+)" title="">([^<]*)</mark>', html)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        pytest.param([(0, 3, "x")], [("x", "abc")], id="at the start"),
        pytest.param([(7, 10, "x")], [("x", "hij")], id="at the end"),
        pytest.param([(0, 10, "x")], [("x", TEXT)], id="the whole"),
        pytest.param([(2, 4, "x"), (4, 6, "y")], [("x", "cd"), ("y", "ef")], id="adjacent"),
        pytest.param([(6, 8, "y"), (1, 3, "x")], [("x", "bc"), ("y", "gh")], id="out of order"),
        pytest.param([(1, 5, "x"), (3, 7, "y")], [("x", "bc"), ("y", "defg")], id="the later wins where they overlap"),
        pytest.param([(0, 9, "x"), (3, 5, "y")], [("x", "abc"), ("y", "de"), ("x", "fghi")], id="one inside another"),
        pytest.param([(3, 5, "x"), (0, 9, "y")], [("y", "abcdefghi")], id="covered"),
        pytest.param([(5, 3, "x"), (-4, 2, "y")], [("y", "ab")], id="back to front, and before the start"),
        pytest.param([(8, 99, "x")], [("x", "ij")], id="beyond the end"),
        pytest.param([(20, 30, "x"), (1, 2, "y")], [("y", "b")], id="outside the text"),
        pytest.param([(4, 4, "x")], [], id="empty"),
        pytest.param([], [], id="none"),
    ],
)
def test_spans_are_marked_with_their_words(marks: list[tuple[int, int, str]], expected: list[tuple[str, str]]) -> None:
    html = marked(TEXT, [Mark(*one, title="") for one in marks])
    assert expected == spans(html)
    assert re.sub("<[^>]*>", "", html) == TEXT


@pytest.mark.parametrize("marks", [[(3, 8)], [(3, 8), (0, 5)]], ids=["apart", "overlapping"])
def test_markup_in_a_note_is_text(marks: list[tuple[int, int]]) -> None:
    note = "a <script>alert(1)</script> & b"
    html = marked(note, [Mark(*one, kind="x", title="") for one in marks])
    assert "<script" not in html
    assert note == unescape(re.sub("</?mark[^>]*>", "", html))


def statement(start: int, end: int, kind: str) -> PredictedStatement:
    return PredictedStatement(
        quote="", start=start, end=end, kind=kind, verifiable=None, direction=None, informs=None, confidence=0.5
    )


@pytest.mark.parametrize(
    ("gold", "predicted", "expected"),
    [
        ((0, 10, "seller_action"), (0, 10, "seller_action"), True),
        ((0, 10, "seller_action"), (0, 10, "seller_opinion"), False),
        ((0, 10, "seller_action"), (8, 12, "seller_action"), True),  # shares 2 of the shorter's 4
        ((0, 10, "seller_action"), (9, 12, "seller_action"), False),  # shares 1 of the shorter's 3
        ((0, 10, "seller_action"), (10, 12, "seller_action"), False),
    ],
)
def test_spans_agree_on_label_and_half_of_the_shorter(
    gold: tuple[int, int, str], predicted: tuple[int, int, str], *, expected: bool
) -> None:
    found = {0} if expected else set()
    assert (found, found) == agreement([statement(*gold)], [statement(*predicted)], "kind")


def test_a_mark_says_what_is_known_of_its_span(deal_case: DealCase) -> None:
    buyer, *_ = deal_case.expected.statements
    (mark,) = statement_marks([buyer], {0})
    assert Mark(0, 21, "buyer_action", "buyer action · verifiable · advances · informs action") == mark
    (mark,) = statement_marks([statement(3, 5, "seller_action")], set())
    assert "seller_action off" == mark.kind
    assert "seller action · confidence 0.50 · read differently by the other side" == mark.title


@pytest.mark.parametrize("label", [*Kind, *Move])
def test_every_label_has_its_letters_in_the_style_sheet(label: Kind | Move) -> None:
    assert f'.{label}::after {{ content: "{LETTERS[label]}"; }}' in _resource("page.css")
