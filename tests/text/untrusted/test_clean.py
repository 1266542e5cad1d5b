"""What nobody sees is dropped, what passes for Latin is made Latin, and what has work to do stays."""

# ruff: noqa: RUF001 - letters and marks of other scripts are what this is about

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coach.text.untrusted import readable
from coach.text.untrusted.lookalikes import latin_of

_ODD = "\u200b\u200c\u200d\u2060\ufeff\u202e\u00ad\ufe0f\U000e0041"
_PLAIN = "Mira signed it on 4 May.\n"
_LATIN_LOOKALIKES = "аеорсхіο"


@pytest.mark.parametrize(
    ("note", "text", "hidden"),
    [
        ("Mi\u200bra si\u00adgned", "Mira signed", 2),
        ("\ufeffMira\u202e signed\x00", "Mira signed", 3),
        ("Mira\U000e0041\U000e0042 signed", "Mira signed", 2),
        ("Mira\tsigned\r\nit\u2028now", "Mira\tsigned\r\nit\u2028now", 0),
        ("fine ☀️ 👩\u200d🔧 1️⃣", "fine ☀️ 👩\u200d🔧 1️⃣", 0),
        ("🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f won", None, 0),
        ("می\u200cخواهم", "می\u200cخواهم", 0),
        ("क्\u200dष", "क्\u200dष", 0),
        ("a\ufe0fb", "ab", 1),
    ],
)
def test_the_invisible_is_dropped_but_where_a_script_or_an_emoji_needs_it(
    note: str, text: str | None, hidden: int
) -> None:
    read = readable(note)
    assert (note if text is None else text, hidden) == (read.text, read.hidden)


@pytest.mark.parametrize(
    ("note", "text"),
    [
        ("Mіra ѕіgned", "Mira signed"),
        ("she sаid уеѕ to the priсe", "she said yes to the price"),
        ("Ｍｉｒａ signed", "Mira signed"),
        ("𝐌𝐢𝐫𝐚 signed", "Mira signed"),
        ("Μira signed", "Mira signed"),
    ],
)
def test_lookalikes_are_folded_one_for_one(note: str, text: str) -> None:
    read = readable(note)
    assert text == read.text
    assert sum(map(str.__ne__, note, text)) == read.lookalikes


@pytest.mark.parametrize(
    "note",
    [
        "Мария подписала договор, оса в роще",
        "Mira met Мария Сорос, she signed",
        "Η Μαρία υπέγραψε",
        "10 μm, ΔT 4 K, α-amylase, Ω",
        "株式会社ＡＢＣと契約",
        "Łukasz, Nguyễn, Åsa, ışık, ß",
        "a ☀️ day, £5, ½, n.º 4, m²",
    ],
)
def test_what_is_truly_of_another_script_stays(note: str) -> None:
    read = readable(note)
    assert (note, 0) == (read.text, read.lookalikes)


@given(st.text(alphabet=_PLAIN + _ODD + _LATIN_LOOKALIKES + "я🍀", max_size=80), st.data())
@example("Mi\u200bra аnd", None)
def test_every_span_leads_back_to_the_characters_it_came_from(note: str, data: st.DataObject | None) -> None:
    read = readable(note)
    if not read.text:
        return
    start = data.draw(st.integers(0, len(read.text) - 1)) if data else 0
    end = data.draw(st.integers(start + 1, len(read.text))) if data else len(read.text)
    span = read.original(start, end)
    assert 0 <= span.start < span.end <= len(note)
    assert all(span.end <= cut.start or cut.end <= span.start for cut in read.suspected)
    if not read.suspected:
        came_from = iter(note[span.start : span.end])
        assert all(
            any(latin_of(other) == letter or other == letter for other in came_from) for letter in read.text[start:end]
        )
        assert read.hidden == len(note) - len(read.text)


def test_an_ordinary_note_is_given_back_as_it_is() -> None:
    read = readable(_PLAIN)
    assert read.text is _PLAIN
    assert ((), 0, 0) == (read.suspected, read.hidden, read.lookalikes)
    assert (5, 11) == read.original(5, 11)
