"""Which predicted span stands for which gold one."""

from __future__ import annotations

from collections.abc import Callable

from coach.domain import Kind
from coach.evaluation.case import DealCase
from coach.evaluation.metrics.quotes import Place
from coach.evaluation.metrics.spans import Overlap, in_text_order, match, overlaps


def test_a_pair_needs_half_of_the_shorter_span(deal_case: DealCase, statement: Callable) -> None:
    note = deal_case.input.note
    # «Dana signed the order» has 21 characters. «order. I sent a d» has 17 and shares 5 with it: 10 < 17, no pair. With
    # «I sent a deck» (13) it shares 10: 20 >= 13, a pair.
    predicted = [statement(note, "order. I sent a d", Kind.SELLER_ACTION)]
    assert [(1, 0)] == match(deal_case.expected.statements, predicted)


def test_pairs_are_one_to_one_and_the_larger_overlap_wins(deal_case: DealCase, statement: Callable) -> None:
    note = deal_case.input.note
    predicted = [
        statement(note, "Dana signed", Kind.BUYER_ACTION),
        statement(note, "signed the order", Kind.BUYER_ACTION),
    ]
    assert [(0, 1)] == match(deal_case.expected.statements, predicted)


def test_on_equal_overlap_the_earlier_has_it() -> None:
    assert [(0, 0)] == match([Place(0, 10)], [Place(0, 5), Place(5, 10)])
    assert [(0, 0)] == match([Place(0, 5), Place(5, 10)], [Place(0, 10)])


def test_exactly_half_is_enough_and_less_is_not() -> None:
    assert [(0, 0)] == match([Place(0, 4)], [Place(2, 8)])
    assert [] == match([Place(0, 4)], [Place(3, 9)])


def test_spans_that_touch_or_are_empty_share_nothing() -> None:
    assert [] == overlaps([Place(0, 4)], [Place(4, 8), Place(2, 2), Place(3, 1)])


def test_every_overlap_is_named_with_its_length() -> None:
    expected = [Overlap(0, 0, 2), Overlap(0, 1, 3), Overlap(1, 1, 1)]
    assert expected == overlaps([Place(0, 5), Place(6, 9)], [Place(0, 2), Place(2, 7)])


def test_text_order_is_by_start_then_end() -> None:
    assert [Place(0, 2), Place(1, 3), Place(1, 4)] == in_text_order([Place(1, 4), Place(0, 2), Place(1, 3)])
