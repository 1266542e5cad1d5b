"""What is taken out of a text, what is left in it, and the way back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.text.redaction import Redactor

CASES = Path("evals/cases")
PEOPLE = ("Priya Menon", "Ottoline Blackwood-Hurst", "Müller", "Seán O'Neil", "Wu Łęcki", "Jörg Weiß", "王伟")
VALUES = {
    "email": ["priya.menon@quillfeather.example", "o'neil+sales@mail.co.uk", "x_y@a-b.io"],
    "phone": ["+44 20 7946 0958", "+1 415-555-2671", "+4930901820", "020 7946 0958", "(415) 555-2671", "415-555-2671"],
    "card": ["4111 1111 1111 1111", "5500005555555559", "3782-822463-10005"],
    "iban": ["DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819", "FR1420041010050500013M02606"],
    "id": ["536-90-4399", "943 476 5919", "RCCMNL83S18D969H", "54362315K", "756.9217.0769.85"],
    "person": ["Priya Menon", "Priya", "menon's", "OTTOLINE", "Blackwood-Hurst", "Muller", "Müller", "priya menon"],
}
OTHERWISE_WRITTEN = {
    "email": ["priya@quillfeather.xn--p1ai", "zoë@müller.example"],
    "phone": [
        *(
            "+44 (0)20 7946 0958",
            "+44\u201120\u20117946\u20110958",
            "+44\u00a020\u00a07946\u00a00958",
            "06.12.34.56.78",
        ),
        *(
            "0033 6 12 34 56 78",
            "(415)5552671",
            "1-800-555-0199",
            "+49 (0) 30 / 90 18 20",
            "07911123456",
            "01273 555 012",
        ),
    ],
    "card": ["4111\u20131111\u20131111\u20131111", "4111\u202f1111\u202f1111\u202f1111", "4111  1111  1111  1111"],
    "iban": ["de89 3704 0044 0532 0130 00", "DE89-3704-0044-0532-0130-00"],
    "id": ["390.533.447-05", "ABCPK1234F", "2345 6789 0124", "131052-308T", "85.07.30-033 28"],
    "person": ["O\u2019Neil", "ONeil", "Sean", "Mu\u0308ller", "Wu", "Lecki", "Weiss", "blackwood_hurst", "PriyaMenon"],
}
SAID = [(kind, value) for found in (VALUES, OTHERWISE_WRITTEN) for kind, values in found.items() for value in values]


@pytest.mark.parametrize(("kind", "value"), SAID)
def test_it_is_taken_out_wherever_it_stands(kind: str, value: str) -> None:
    for text in (value, f"We wrote to {value}, who agreed.", f"({value})", f"Contact: {value}\nThe quote is out."):
        redactor = Redactor(PEOPLE)
        redacted = redactor.redact(text)
        assert {kind: 1} == dict(redactor.found), text
        assert value.removesuffix("'s") not in redacted.text
        assert text == redactor.put_back(redacted.text) or kind == "person"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("card no.4111 1111 1111 1111, exp 09/27", "card no.CARD_1, exp 09/27"),
        ("2345 4111 1111 1111 1111", "2345 CARD_1"),
        ("FY26 DE89 3704 0044 0532 0130 00 and more", "FY26 IBAN_1 and more"),
        ("12/03/2026 020 7946 0958 020 7946 0959", "12/03/2026 PHONE_1 PHONE_2"),
        ("+44 20 7946 0958 2026-03-31", "PHONE_1 2026-03-31"),
        ("call me on 98765 43210; cell 4155552671; Tel: 5551234", "call me on PHONE_1; cell PHONE_2; Tel: PHONE_3"),
        ("SSN: 536904399, NI number AB 12 34 56 C", "SSN: ID_1, NI number ID_2"),
        ("'joe@x.co'", "'EMAIL_1'"),
        ("王伟签了合同", "PERSON_1签了合同"),
    ],
)
def test_what_stands_beside_a_value_stays(text: str, left: str) -> None:
    assert left == Redactor(PEOPLE).redact(text).text


@pytest.mark.parametrize(
    "text",
    [
        "Call on 12/03/2026 at 14.30; ring 14.30 15.45; phone calls 30 40 50 60; mobile 10.2.300.4001 is out.",
        "01.02.2026-03.04.2026, 06.03.2026 14.30, 1 020 300 400 tonnes, +44 000 000 units, 10.000.000 / 20.000.000.",
        "The passport is renewed in 2026; SSN renewal planned for 2026; invoice 2024-0612-3456, ref 0045 112 334.",
        "EUR 60k over 3 years, 1.250.000 seats at 0,12; closes 2026-03-31 or 31/03/2026, 14:30 to 15:45.",
        "They spent £64,000 in 2025 and $1,234,567.89 in 2026; 250 000 000 units; version 10.2.300.4; Q3 FY26.",
        "Order 4500012345678 and ticket INC0012345, PO 100-200-3000, serial AB12CD34EF56, SKU 12345-67890-1.",
        "Opportunity 0065g00000ABCDEFG, deal 123456789, room 2-204, 1 200 300 400 tonnes, 2026 03 31 14 30.",
        "Will we close? Mark the date. Rose by 4 %. In may they grant it. Hope for it? I hope it will.",
    ],
)
def test_amounts_days_and_record_numbers_stay(text: str) -> None:
    redactor = Redactor(("Will Hope", "Mark Rose", "May Grant"))
    assert text == redactor.redact(text).text
    assert {} == dict(redactor.found)


@pytest.mark.parametrize(
    "text",
    ["I asked Will about it.", "It is for Mark and Rose.", "will hope signed", "She told May so.", "Mark signed."],
)
def test_a_name_that_is_a_word_too_is_taken_out_where_it_is_a_name(text: str) -> None:
    redactor = Redactor(("Will Hope", "Mark Rose", "May Grant"))
    assert text != redactor.redact(text).text


def _strings(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for one in content.values() if isinstance(content, dict) else content:
            yield from _strings(one)


@pytest.mark.parametrize("file", sorted(CASES.glob("*.jsonl")), ids=lambda file: file.stem)
def test_no_text_of_a_case_loses_an_amount_or_a_day(file: Path) -> None:
    texts = [text for line in file.read_text("utf-8").splitlines() for text in _strings(json.loads(line)["input"])]
    assert len(texts) > 50
    taken = [text[there.start : there.end] for text in texts for _, there in Redactor().redact(text).taken]
    # None of them holds a number or an address of a person.
    assert [] == taken


def test_one_value_has_one_placeholder_in_all_texts_and_people_are_told_apart() -> None:
    redactor = Redactor(PEOPLE)
    first = redactor.redact("Priya Menon wrote from a@b.io; Ottoline did not.").text
    second = redactor.redact("Menon (A@B.IO) and Müller met.").text
    assert "PERSON_1 wrote from EMAIL_1; PERSON_2 did not." == first
    assert "PERSON_1 (EMAIL_1) and PERSON_3 met." == second
    assert "Ask Priya Menon and a@b.io." == redactor.put_back("Ask PERSON_1 and EMAIL_1.")
    assert "PERSON_12 or MY_PERSON_1" == redactor.put_back("PERSON_12 or MY_PERSON_1")


def test_a_person_is_put_back_as_the_text_has_them_and_short_forms_are_no_names() -> None:
    redactor = Redactor(("Wu It", "Anand Rao"))
    assert "PERSON_1 asked IT about it; PERSON_2 did." == redactor.redact("Anand asked IT about it; Wu did.").text
    assert "What will Anand do?" == redactor.put_back("What will PERSON_1 do?")


def test_addresses_that_differ_by_a_dot_are_two_and_a_number_with_other_gaps_is_one() -> None:
    text = Redactor().redact("a.b@c.io, ab@c.io, 4111 1111 1111 1111, 4111-1111-1111-1111").text
    assert "EMAIL_1, EMAIL_2, CARD_1, CARD_1" == text


def test_a_text_that_has_placeholders_of_its_own_is_not_confused() -> None:
    text = "PERSON_1 is what they call the box; write to a@b.io."
    redactor = Redactor(("Priya",), [text])
    redacted = redactor.redact(text)
    assert "PERSON_1 is what they call the box; write to X_EMAIL_1." == redacted.text
    assert text == redactor.put_back(redacted.text)
    taken = [text, "X_EMAIL_1 and XXX"]
    assert "XX_EMAIL_1" == Redactor((), taken).redact("a@b.io").text


_WORDS = st.lists(st.sampled_from(["signed", "the", "Übergabe", "🎉", "on", "\n", "—", "x"]), max_size=8)


@given(st.lists(st.tuples(_WORDS, st.sampled_from(SAID)), max_size=6), _WORDS)
@settings(max_examples=200, deadline=None)
def test_every_span_leads_back_to_what_it_was_of(
    parts: list[tuple[list[str], tuple[str, str]]], last: list[str]
) -> None:
    text = " ".join([*(f"{' '.join(words)} {value} ;" for words, (_, value) in parts), *last])
    redacted = Redactor(PEOPLE).redact(text)
    values = [text[there.start : there.end] for _, there in redacted.taken]
    for here, there in redacted.taken:
        assert there == redacted.span(here.start, here.end)
        if here.end - here.start > 2:
            assert there == redacted.span(here.start + 1, here.end - 1)
    for found in re.finditer(r"\S+", redacted.text):
        span = redacted.span(*found.span())
        assert found[0] == text[span.start : span.end] or any(value in text[span.start : span.end] for value in values)
    assert (0, len(text)) == redacted.span(0, len(redacted.text))
    for value in values:
        assert not re.search(rf"(?<!\w){re.escape(value)}(?!\w)", redacted.text)
