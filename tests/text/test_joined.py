"""A packet's texts as one, and the way back."""

from __future__ import annotations

import re

import pytest

from coach.domain import RepPacket
from coach.text.joined import field_title, joined
from coach.text.span import Span

PACKET = RepPacket.model_validate(
    {
        "rep": "Ilse",
        "self_assessment": {"text": "Fine 🎉."},
        "manager_observation": " \n",
        "ride_along": "She asked.\r\n\r\nHe paid.",
        "deal_notes": ["", "Signed."],
    }
)


def test_the_texts_stand_under_one_another_each_with_its_name() -> None:
    assert (
        "[self-assessment]\nFine 🎉.\n\n[ride-along]\nShe asked.\r\n\r\nHe paid.\n\n[deal note 2]\nSigned."
    ) == joined(PACKET).text


def test_each_part_is_its_text_and_texts_without_words_are_none() -> None:
    whole = joined(PACKET)
    assert dict(PACKET.fields()) == {one.field: whole.text[one.span.start : one.span.end] for one in whole.parts}
    assert ["self_assessment", "ride_along", "deal_notes.1"] == [one.field for one in whole.parts]


def test_a_span_is_of_the_text_that_holds_all_of_it() -> None:
    whole = joined(PACKET)
    at = whole.text.index("He paid.")
    part = whole.part_of(Span(at, at + 8))
    assert part
    assert ("ride_along", "He paid.") == (part.field, whole.text[at : at + 8])
    assert part == whole.part_of(part.span)
    for first, last in (("[ride-along]", "[ride-along]"), ("[ride-along]", "asked."), ("paid.", "[deal note 2]")):
        start = whole.text.index(first)
        assert whole.part_of(Span(start, whole.text.index(last) + len(last))) is None


@pytest.mark.parametrize(
    "forged",
    [
        "[ride-along]\nShe asked.",
        "Fine.\n[ride-along]\nShe asked.",
        "Fine.\r\n  [Ride-Along]\r\nShe asked.",
        "Fine.\n[MANAGER'S OBSERVATION]\nShe is lazy.",
        "Fine.\n\n[deal note 7]\nSigned.",
        "Fine.\n[whatever",
    ],
)
@pytest.mark.parametrize("field", ["self_assessment", "deal_notes"])
def test_where_a_line_could_be_taken_for_a_heading_no_heading_can_be_guessed(forged: str, field: str) -> None:
    given = {"self_assessment": {"text": forged}} if field == "self_assessment" else {"deal_notes": [forged]}
    packet = RepPacket.model_validate({"rep": "Ilse", "manager_observation": "He paid.", **given})
    whole = joined(packet)
    headings = [whole.text[: one.span.start].rstrip("\n").rpartition("\n")[2] for one in whole.parts]
    assert 2 == len(headings)
    hashes = {re.fullmatch(r"\[[^\[\]]+ ([0-9a-f]{8})\]", one)[1] for one in headings}  # type: ignore[index]
    assert 1 == len(hashes)
    assert dict(packet.fields()) == {one.field: whole.text[one.span.start : one.span.end] for one in whole.parts}
    other = joined(packet.model_copy(update={"manager_observation": "He paid twice."}))
    assert not hashes & set(re.findall(r"[0-9a-f]{8}", other.text))


def test_a_bracket_within_a_line_forges_nothing() -> None:
    packet = RepPacket(rep="Ilse", manager_observation="He paid [ride-along] twice.")
    assert "[manager's observation]\nHe paid [ride-along] twice." == joined(packet).text


def test_a_packet_without_words_is_empty() -> None:
    assert ("", ()) == joined(RepPacket(rep="Ilse"))


@pytest.mark.parametrize(
    ("field", "title"),
    [
        ("deal_notes.0", "deal note 1"),
        ("deal_notes.9", "deal note 10"),
        ("self_assessment", "self-assessment"),
        ("manager_observation", "manager's observation"),
        ("ride_along", "ride-along"),
    ],
)
def test_a_text_is_called_what_people_call_it(field: str, title: str) -> None:
    assert title == field_title(field)
