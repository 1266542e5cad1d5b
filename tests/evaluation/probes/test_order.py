"""Another order, where the order means nothing."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from coach.evaluation.case import DealCase, RepCase
from coach.evaluation.prediction import DealOutput, RepOutput
from coach.evaluation.probes.order import ORDER, shuffle_lists

FREE = "Must have\n- oak floor stays\n- 35 dB between rooms\n- ten year warranty\nThat is all.\n"


def shuffled(text: str, seed: int = 1) -> str:
    return shuffle_lists(text, random.Random(seed)).text  # noqa: S311  a draw, not a secret


def test_a_list_of_things_is_shuffled_and_all_else_stays_where_it_was() -> None:
    lines, changed = FREE.split("\n"), shuffled(FREE).split("\n")
    assert sorted(lines[1:4]) == sorted(changed[1:4])
    assert lines[1:4] != changed[1:4]
    assert [lines[0], *lines[4:]] == [changed[0], *changed[4:]]


def test_a_list_of_two_trades_places_also_without_a_last_line_break() -> None:
    assert "Seen:\n  • file cabinets\n  • card printer" == shuffled("Seen:\n  • card printer\n  • file cabinets")


@pytest.mark.parametrize(
    "items",
    [
        ("oak floor stays", "it must not creak"),
        ("oak floor stays", "then the carpet"),
        ("oak floor stays", "carpet, too"),
        ("oak floor stays", "same for the carpet"),
        ("Dana signed", "asked for her bank"),
        ("Dana Reed signed", "rang Dana"),
        ("12 May: sent", "14 May: rang"),
        ("sent the list 3/4", "called the office 5/4"),
        ("Monday call", "visit"),
        ("oak floor,", "carpet"),
        ("oak floor and", "carpet"),
        ("oak floor", "(not asked)"),
    ],
)
def test_a_list_that_leans_on_its_order_stays(items: tuple[str, ...]) -> None:
    text = "Noted\n" + "".join(f"- {item}\n" for item in items)
    assert text == shuffled(text)


@pytest.mark.parametrize(
    "heading", ["Path, as told by Chris", "Next steps", "What happened", "Order of work", "Timeline", "Steps", ""]
)
def test_a_list_whose_heading_speaks_of_an_order_or_that_has_none_stays(heading: str) -> None:
    text = f"{heading}\n- payroll test file\n- union notice\n- parent countersigns\n"
    assert text == shuffled(text)


@pytest.mark.parametrize(
    "text",
    [
        "Must have\n1. oak floor\n2. carpet\n",
        "Must have\n- oak floor\n  in every room\n- carpet\n- light\n  - in the hall\n",
        "Must have\n- oak floor\nSeen\n- carpet\n",
        "No list at all.",
    ],
)
def test_numbers_items_of_several_lines_and_single_items_stay(text: str) -> None:
    assert text == shuffled(text)


def test_a_statement_of_the_shuffled_note_is_found_where_it_stood() -> None:
    rewrite = shuffle_lists(FREE, random.Random(1))  # noqa: S311  a draw, not a secret
    for words in ("oak floor stays", "35 dB between rooms", "ten year warranty", "That is all."):
        start = rewrite.text.index(words)
        assert (FREE.index(words), FREE.index(words) + len(words)) == rewrite.original(start, start + len(words))


def test_deal_notes_of_a_packet_are_shuffled_where_none_leans_on_another(
    rep: Callable[..., RepCase], diagnosed: Callable[..., RepOutput]
) -> None:
    notes = ("Karoo Fresh, voicemail.", "Umhlanga Storage, no call.")
    assert notes[::-1] == ORDER.make(rep(deal_notes=notes), diagnosed()).case.input.deal_notes
    assert ORDER.make(rep(deal_notes=("Brauhaus Ott, called.", "Same sequence, twice.")), diagnosed()) is None
    assert ORDER.make(rep(deal_notes=notes[:1]), diagnosed()) is None


def test_the_order_is_the_same_each_time(deal: Callable[..., DealCase], read: Callable[..., DealOutput]) -> None:
    orders = {ORDER.make(deal(FREE, f"d-{n}"), read()).case.input.note for n in range(20)}
    assert ORDER.make(deal(FREE), read()) == ORDER.make(deal(FREE), read())
    assert 5 == len(orders)  # of 3! = 6 orders, all but the one it had
