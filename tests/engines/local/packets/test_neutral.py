"""A neutral text tells no name, gender, age or length of service, and keeps the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.engines.local.packets.neutral import name_parts, neutral_words
from coach.text.wordlist import word_set

KNOWN = word_set("asked told me that good this who signs nobody ever showed was not sure here")


def neutral(text: str, rep: str = "Ines Amadi") -> list[str]:
    return [word.text for word in neutral_words(text, name_parts(rep), KNOWN)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("She told me herself that it was hers.", "He told me himself that it was his."),
        ("I gave her the list, her list.", "I gave him the list, his list."),
        ("Mrs Kaya, the forewoman, asked.", "Mr Kaya, the foreman, asked."),
        ("Her mother-in-law is a saleswoman.", "His father-in-law is a salesman."),
        ("The lady at the desk asked.", "The guy at the desk asked."),
        ("At 58 she's new here.", "At 58 he's new here."),
        ("He is 24 and sure of it.", "She is 61 and sure of it."),
        ("A young rep, in his twenties.", "An old rep, in her fifties."),
        ("Fourteen years like that.", "One year like that."),
        ("A six-month veteran asked.", "A 14-year newcomer asked."),
        ("I'm new here.", "I'm a veteran here."),
        ("I'm still new here, and sure.", "I'm a veteran here, and sure."),
        ("The new rep asked who signs.", "The long-standing rep asked who signs."),
        ("Oksana asked who signs.", "Deniz asked who signs."),
    ],
)
def test_who_somebody_is_makes_no_difference(one: str, other: str) -> None:
    assert neutral(one) == neutral(other)


def test_the_name_of_the_rep_is_left_out_in_every_form() -> None:
    expected = ["asked", "who", "signs"]
    assert expected == neutral("Ines asked who signs.")
    assert expected == neutral("I. asked who signs.")
    assert expected == neutral("I. Amadi asked who signs.")
    assert expected == neutral("AMADI: asked who signs.")
    # A name that is a word, too.
    assert expected == neutral("Good asked who signs.", rep="Ada Good")
    assert ["good"] == neutral("Good!")


def test_what_is_left_is_read_plainly() -> None:
    assert ["nobody", "ever", "showed", "i"] == neutral("Nobody ever showed... I've")
    assert ["i", "do", "not", "can", "not", "did", "not"] == neutral("I don't, can’t, didnt")
    assert ["N", "of", "N", "%"] == neutral("Twenty-two of 1,200: 14%")


def test_words_keep_their_place() -> None:
    text = "She asked: who signs?"
    assert ["She", "asked", "who", "signs", "?"] == [
        text[word.start : word.end] for word in neutral_words(text, (), KNOWN)
    ]


@given(st.text(max_size=200), st.text(max_size=20))
def test_any_text_is_read_in_order(text: str, rep: str) -> None:
    words = neutral_words(text, name_parts(rep), KNOWN)
    assert words == sorted(words, key=lambda word: word.start)
    assert all(0 <= word.start < word.end <= len(text) for word in words)
