"""Statements get their words, the person who acted or spoke, and the date they speak of, all from the note."""

import json
from datetime import date
from pathlib import Path

import pytest

from coach.domain import DealNote, Direction, Kind, Label, Question, Statement
from coach.errors import InvalidInput
from coach.text.annotate import annotate

THURSDAY = date(2026, 3, 12)


def label(text: str, quote: str, kind: Kind = Kind.BUYER_ACTION) -> Label:
    start = text.index(quote)
    if kind.value.startswith("seller"):
        return Label(start=start, end=start + len(quote), kind=kind)
    return Label(
        start=start,
        end=start + len(quote),
        kind=kind,
        verifiable=True,
        direction=Direction.ADVANCES,
        informs=Question.ACTION,
        confidence=0.5,
    )


def statement(text: str, quote: str, kind: Kind = Kind.BUYER_ACTION) -> Statement:
    (made,) = annotate(DealNote(written_on=THURSDAY, note=text), [label(text, quote, kind)])
    return made


def test_a_statement_keeps_its_label_and_quotes_the_note() -> None:
    text = "🎉 Itzel Marroquín (purchasing) mailed their packet."
    made = statement(text, "Itzel Marroquín (purchasing) mailed their packet")
    assert "Itzel Marroquín (purchasing) mailed their packet" == made.quote == text[made.start : made.end]
    assert (Kind.BUYER_ACTION, True, Direction.ADVANCES, Question.ACTION, 0.5, 5) == (
        made.kind,
        made.verifiable,
        made.direction,
        made.informs,
        made.confidence,
        made.grade,
    )


def test_statements_come_sorted() -> None:
    text = "Ann said no. Bob said yes."
    made = annotate(DealNote(written_on=THURSDAY, note=text), [label(text, "Bob said yes"), label(text, "Ann said no")])
    assert ["Ann", "Bob"] == [each.who for each in made]


def test_a_label_outside_the_note_is_refused_without_its_words() -> None:
    outside = Label(start=0, end=99, kind=Kind.SELLER_ACTION)
    with pytest.raises(InvalidInput) as refused:
        annotate(DealNote(written_on=THURSDAY, note="I sent it"), [outside])
    assert "sent" not in refused.value.detail


WHO = [
    ("Dr. Osei signed the capital form", "Dr. Osei signed the capital form", "Dr. Osei"),
    ("Then their counsel sent redlines back", "their counsel sent redlines back", "their counsel"),
    ("The form was signed by Dr. Osei on Monday", "The form was signed by Dr. Osei on Monday", "Dr. Osei"),
    ("Itzel Marroquín (purchasing) raised the req, sent the packet", "sent the packet", "Itzel Marroquín"),
    ("Met Grace Mutua, works manager. She owns the budget", "She owns the budget", "Grace Mutua"),
    ("Met Grace Mutua, works manager. Said drills snap", "Said drills snap", "Grace Mutua"),
    ("Met Ann Lee (CFO) and Bob Hill (buyer). She owns the budget", "She owns the budget", None),
    ('Noguchi (plant head): "it must hold. Ninety minutes."', "Ninety minutes", "Noguchi"),
    ("Jacek (IT): I only stamp", "I only stamp", "Jacek"),
    ("Dr. Osei was kind. Invoice sent by post", "Invoice sent by post", None),
    ("Ann Lee (CFO) is in. The bank made the paper", "The bank made the paper", None),
    ("Radka said yes, Pavel sent IT clearance", "Pavel sent IT clearance", "Pavel"),
    ("their price list was asked for", "their price list was asked for", None),
]


@pytest.mark.parametrize(("text", "quote", "who"), WHO)
def test_who_is_read_from_the_statement_and_its_sentence(text: str, quote: str, who: str | None) -> None:
    assert who == statement(text, quote).who


def test_a_seller_centred_statement_names_nobody_but_a_colleague_who_acts() -> None:
    assert statement("I sent Dr. Osei the deck", "I sent Dr. Osei the deck", Kind.SELLER_ACTION).who is None
    text = "For us: Tomasz\nTomasz drew the layout"
    assert "Tomasz" == statement(text, "Tomasz drew the layout", Kind.SELLER_ACTION).who


WHEN = [
    ("Dr. Osei signed on Monday", "Dr. Osei signed on Monday", "2026-03-09"),
    ("Dr. Osei decides by end of June", "Dr. Osei decides by end of June", "2026-06-30"),
    ("Dr. Osei decides in June", "Dr. Osei decides in June", "2026-06-30"),
    ("She told us in January", "She told us in January", "2026-01-01"),
    ("It is decided this quarter", "It is decided this quarter", "2026-03-31"),
    (
        "Dr. Osei said on 2 March it goes to the 12 May board",
        "Dr. Osei said on 2 March it goes to the 12 May board",
        "2026-05-12",
    ),
    ("On 2 March their counsel called, and Ann Lee signed the NDA", "Ann Lee signed the NDA", "2026-03-02"),
    ("Their counsel called", "Their counsel called", None),
    ("2 Feb - Rang.\n9 Feb - Ann Lee said no.", "Ann Lee said no", "2026-02-09"),
    ("2 Feb - Rang.\n9 Feb - Ann Lee said no by Friday.", "Ann Lee said no by Friday", "2026-02-13"),
]


@pytest.mark.parametrize(("text", "quote", "when"), WHEN)
def test_when_is_the_day_a_judgement_may_rely_on(text: str, quote: str, when: str | None) -> None:
    assert when == statement(text, quote).when


def test_a_date_in_another_statement_is_not_borrowed() -> None:
    text = "Ann Lee takes it to the 12 May board and their counsel has the draft"
    labels = [label(text, "Ann Lee takes it to the 12 May board"), label(text, "their counsel has the draft")]
    assert ["2026-05-12", None] == [each.when for each in annotate(DealNote(written_on=THURSDAY, note=text), labels)]


def test_the_fiscal_year_is_passed_on() -> None:
    text = "they decide by EOQ"
    (made,) = annotate(DealNote(written_on=THURSDAY, note=text), [label(text, text)], fiscal_year_start=3)
    assert "2026-05-31" == made.when


def test_gold_statements_of_the_development_set_are_annotated() -> None:
    cases = Path(__file__).parents[2] / "evals" / "cases" / "deals.jsonl"
    buyer = named = 0
    for line in cases.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        note = DealNote(written_on=case["input"]["written_on"], note=case["input"]["note"])
        gold = case["expected"]["statements"]
        labels = [Label(**{key: one[key] for key in one if key != "quote" and one[key] is not None}) for one in gold]
        made = annotate(note, labels)
        assert [one["quote"] for one in gold] == [each.quote for each in made]
        assert all(each.who is None or each.who in note.note for each in made)
        buyer += sum(each.centre.value == "buyer" for each in made)
        named += sum(each.centre.value == "buyer" and each.who is not None for each in made)
    assert buyer > 700
    assert named > 0.5 * buyer


def test_a_long_note_with_many_labels_is_annotated_in_time() -> None:
    text = "Dr. Osei signed on 2 March, she sent it, " * 2_000
    labels = [Label(start=at, end=at + 27, kind=Kind.SELLER_OPINION) for at in range(0, len(text) - 41, 41)]
    assert len(labels) == len(annotate(DealNote(written_on=THURSDAY, note=text), labels))
