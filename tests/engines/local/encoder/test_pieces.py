"""A text in pieces: words, capitals, lines, who speaks, and what heads it."""

from __future__ import annotations

import pytest
from tokenizers import Tokenizer

from coach.domain import Deal, DealNote
from coach.engines.local.encoder.artefact import load
from coach.engines.local.encoder.pieces import CAPITALS, INITIAL, NEW_LINE, PLAIN, TITLE, Pieces
from coach.engines.local.encoder.views import view_note, view_talk
from coach.text.segment import clauses
from coach.text.span import Span


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces(Tokenizer.from_str(load().vocabulary))


def test_a_unit_has_the_pieces_of_its_words_and_a_new_line_its_mark(pieces: Pieces) -> None:
    text = "Dana signed.\nWe wait"
    read = pieces.read("", text, [Span(0, 12), Span(13, 20)])
    assert (4, NEW_LINE) == (len(read.units[0].ids) + 1, read.units[1].ids[0])
    assert (TITLE, PLAIN, PLAIN) == read.units[0].capitals
    assert len(read.units[1].ids) == 3


@pytest.mark.parametrize(
    ("word", "expected"), [("dana", PLAIN), ("Dana", TITLE), ("CFO", CAPITALS), ("I", INITIAL), ("30k", PLAIN)]
)
def test_capitals_are_told_though_the_vocabulary_has_none(pieces: Pieces, word: str, expected: int) -> None:
    assert expected == pieces.read("", word, [Span(0, len(word))]).units[0].capitals[0]


def test_an_endless_unit_is_cut_and_an_empty_one_is_a_mark(pieces: Pieces) -> None:
    text = "so " * 500 + "\u200b"
    read = pieces.read("x " * 100, text, [Span(0, 1500), Span(1500, 1501)])
    assert (24, 100, 1) == (len(read.header.ids), len(read.units[0].ids), len(read.units[1].ids))


def test_a_note_is_headed_by_its_deal_and_dates() -> None:
    note = DealNote.model_validate(
        {
            "deal": {"name": "Acme", "close_date": "2026-03-31"},
            "written_on": "2026-03-02",
            "note": "Dana signed, we wait",
        }
    )
    assert "2026-03-02 | 2026-03-31 | Acme" == view_note(note, clauses(note.note)).header
    undated = note.model_copy(update={"deal": Deal()})
    assert view_note(undated, []).header.startswith("2026-03-02 | no date | ")


def test_a_long_name_costs_the_header_no_date(pieces: Pieces) -> None:
    note = DealNote.model_validate(
        {"deal": {"name": "Kooperativa " * 20, "close_date": "2026-03-31"}, "written_on": "2026-03-02", "note": "x"}
    )
    short = note.model_copy(update={"deal": note.deal.model_copy(update={"name": ""})})
    heads = [pieces.read(view_note(one, []).header, "", []).header.ids for one in (note, short)]
    assert heads[1] == heads[0][: len(heads[1])]


def test_in_a_conversation_every_sentence_is_told_whose_it_is() -> None:
    text = "Mia: Who signs? Ask him.\nTom: Dana does. I think.\nMia: Good."
    own = [Span(5, 15), Span(16, 24), Span(55, 60)]
    view = view_talk(text, own)
    assert ["Who signs?", "Ask him.", "Dana does.", "I think.", "Good."] == [
        text[one.start : one.end] for one in view.spans
    ]
    assert (2, 2, 3, 3, 2) == view.marks
