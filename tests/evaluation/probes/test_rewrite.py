"""Edits, the way back from them, numbers, and the word lists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coach.errors import InvalidInput
from coach.evaluation.probes.numerals import NUMBER, article_before, number, written_like
from coach.evaluation.probes.rewrite import Edit, edit, match_case
from coach.evaluation.probes.words import PATH, Words, read_words, words


def test_an_edit_changes_its_stretch_and_the_way_back_is_known() -> None:
    #          0123456789012345678
    text = "she told her a lie."
    rewrite = edit(text, [Edit(9, 12, "the chairman"), Edit(0, 3, "he")])
    assert "he told the chairman a lie." == rewrite.text
    assert (0, 3) == rewrite.original(0, 2)
    assert (4, 8) == rewrite.original(3, 7)
    assert (9, 12) == rewrite.original(12, 20)  # a part of what was replaced is the whole of what it replaced
    assert (13, 19) == rewrite.original(21, 27)
    assert (0, 19) == rewrite.original(0, 27)


def test_of_two_edits_that_overlap_the_first_counts() -> None:
    assert "X cd" == edit("ab cd", [Edit(0, 2, "X"), Edit(1, 4, "Y")]).text


@pytest.mark.parametrize(
    ("model", "word", "expected"),
    [("He", "she", "She"), ("HE", "she", "SHE"), ("he", "she", "she"), ("Ma'am", "sir", "Sir"), ("B", "k", "K")],
)
def test_a_word_takes_the_capitals_of_the_one_it_replaces(model: str, word: str, expected: str) -> None:
    assert expected == match_case(model, word)


@pytest.mark.parametrize("n", [0, 9, 10, 14, 19, 20, 21, 58, 90, 99])
def test_a_number_is_read_as_it_is_written(n: int) -> None:
    for model in ("7", "seven", "Seven"):
        written = written_like(n, model)
        assert re.fullmatch(NUMBER, written, re.IGNORECASE)
        assert n == number(written)


@pytest.mark.parametrize(
    ("word", "article"),
    [
        ("old", "an"),
        ("young", "a"),
        ("8", "an"),
        ("18-year", "an"),
        ("11", "an"),
        ("110", "a"),
        ("28", "a"),
        ("one", "a"),
        ("eighteen", "an"),
        ("unique", "a"),
    ],
)
def test_the_article_follows_the_sound(word: str, article: str) -> None:
    assert article == article_before(word, "a")
    assert article.capitalize() == article_before(word, "A")


def test_no_word_is_swapped_for_itself_and_pronouns_swap_back() -> None:
    gender, age, tenure = words().gender, words().age, words().tenure
    for swaps in (
        gender.pronouns,
        gender.nouns,
        gender.titles,
        age.young,
        age.old,
        age.nouns,
        age.decades,
        tenure.words,
    ):
        assert not {word for word, other in swaps.items() if word == other}
    assert {"he", "she", "himself", "herself"} == {
        word for word in gender.pronouns if gender.pronouns.get(gender.pronouns[word]) == word
    }


@pytest.mark.parametrize(
    ("content", "where"),
    [("gender: [", "not YAML"), ("name: {people: []}\n", "at name.people"), ("name: {}\nname: {}\n", "stands twice")],
)
def test_a_file_of_words_that_an_edit_broke_says_where(tmp_path: Path, content: str, where: str) -> None:
    path = tmp_path / "words.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(InvalidInput, match=where):
        read_words(path)


def test_the_packaged_words_are_read_once() -> None:
    assert words() is words()
    assert isinstance(read_words(PATH), Words)
