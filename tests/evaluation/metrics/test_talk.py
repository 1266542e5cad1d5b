"""The figures of conversations, worked by hand."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import pytest

from coach.domain import Move
from coach.evaluation.case import TalkCase
from coach.evaluation.metrics import TASKS, case_tally, confusion
from coach.evaluation.prediction import TalkOutput


def figures(case: TalkCase, *outputs: TalkOutput | None) -> dict[str, float]:
    return TASKS["talk"].figures(case_tally(case, outputs))


@pytest.fixture
def partly_wrong(talk: Callable) -> TalkOutput:
    """Right: the question. Wrong: the order, called a takeover and cut short. Missed: the label."""
    return talk(("What did Dana do?", Move.BUYER_QUESTION), ("Send the", Move.TAKEOVER))


def test_moves_worked_by_hand(talk_case: TalkCase, partly_wrong: TalkOutput) -> None:
    found = figures(talk_case, partly_wrong)
    # buyer_question 1; tell, judgement and takeover 0; the four others are in neither.
    assert found["buyer_question_f1"] == 1
    assert found["tell_recall"] == 0
    assert found["takeover_precision"] == 0
    assert math.isnan(found["support_f1"])
    assert found["move_macro_f1"] == 1 / 4
    # Two of two predicted and three gold are found.
    assert found["move_span_f1"] == 4 / 5
    # Exactly in place with the same label: one; in place or, for half a point, touched: one and a half.
    assert found["move_span_strict_f1"] == 2 / 5
    assert found["move_span_exact_f1"] == 2 / 5
    assert found["move_span_partial_f1"] == 3 / 5
    assert found["move_span_type_f1"] == 2 / 5
    assert (0, 0, 0) == (found["ungrounded"], found["hallucinated_quotes"], found["failed"])


def test_a_quote_that_is_not_at_its_offsets_is_ungrounded(talk_case: TalkCase, partly_wrong: TalkOutput) -> None:
    first, second = partly_wrong.moves
    found = figures(talk_case, TalkOutput(moves=(replace(first, start=1), second)))
    assert (1, 1 / 2) == (found["ungrounded"], found["hallucinated_quotes"])


def test_a_conversation_without_an_output_misses_every_move(talk_case: TalkCase, partly_wrong: TalkOutput) -> None:
    found = figures(talk_case, None)
    assert (0, 0, 1) == (found["move_macro_f1"], found["move_span_f1"], found["failed"])
    assert figures(talk_case, None, partly_wrong)["failed"] == 1 / 2


def test_the_table_of_moves_has_a_row_and_a_column_for_the_unmatched(talk_case: TalkCase, talk: Callable) -> None:
    read = talk(("What did Dana do?", Move.BUYER_QUESTION), ("Send the", Move.TAKEOVER), ("? S", Move.SUPPORT))
    table = confusion(case_tally(talk_case, [read]), "move", TASKS["talk"].confusions["move"])
    cells = {
        (gold, got): count
        for gold, row in zip(table.labels, table.counts, strict=True)
        for got, count in zip(table.labels, row, strict=True)
        if count
    }
    expected = {("buyer_question", "buyer_question"), ("tell", "takeover"), ("judgement", "none"), ("none", "support")}
    assert dict.fromkeys(expected, 1) == cells


def test_every_figure_that_is_named_elsewhere_exists(talk_case: TalkCase) -> None:
    assert set(TASKS["talk"].headlines) | set(TASKS["talk"].shares) <= set(figures(talk_case, None))
