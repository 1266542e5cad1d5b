"""Words as the reader of moves sees them: contractions undone, names, genders, days and figures as marks."""

from __future__ import annotations

import pytest

from coach.engines.local.moves.guess import guess
from coach.engines.local.moves.phrases import find_phrases
from coach.engines.local.moves.sentence import read_sentence, shape
from coach.engines.local.moves.words import Reading

KNOWN = frozenset({"the", "call", "send", "file", "noodle"})


def words(text: str) -> list[str]:
    return Reading(text, KNOWN, ["Jonas Berg"]).words(text)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["i", "will", "call", "@his"], "I'll call her"),
        (["i", "will", "call", "@his"], "I’ll call him"),
        (["i", "will", "call", "@his"], "ill call him"),
        (["do", "not", "send", "the", "file"], "Don't send the file"),
        (["do", "not", "send", "the", "file"], "dont send the file"),
        (["@rep", "call", "@title", "@name", "by", "@day"], "Jonas call Mrs Obi by Friday"),
        (["@he", "may", "call", "in", "@month"], "She may call in May"),
        (["@number", "calls", ",", "@number", "%"], "12 calls, 4%"),
        (["you", "are", "the", "@person"], "You're the lady"),
        (["the", "crm"], "the CRM"),
    ],
)
def test_words(expected: list[str], text: str) -> None:
    assert expected == words(text)


def test_a_name_in_lower_case_is_one_where_it_has_a_capital_elsewhere() -> None:
    reading = Reading("We met Oyelaran. oyelaran is a bully", KNOWN, [])
    assert ["@name", "is", "a", "bully"] == reading.words("oyelaran is a bully")


@pytest.mark.parametrize(
    ("asked", "text"), [(True, "who decides there"), (True, "So what next?"), (False, "Who knows."), (False, "Go on")]
)
def test_a_question_needs_no_mark(asked: bool, text: str) -> None:
    assert asked == read_sentence(Reading(text, KNOWN, []), text).asked


def test_the_shape_of_a_question() -> None:
    assert ("what", "did", "they") == shape(["what", "did", "@he", "say", "?"])
    assert ("-", "did", "you") == shape(["did", "you", "send", "it", "?"])
    assert ("-", "-", "-") == shape(["date", "?"])


@pytest.mark.parametrize(
    ("move", "text"),
    [
        ("buyer_question", "What did she say about the price?"),
        ("seller_question", "How many calls this week?"),
        ("coaching_question", "What would you do differently?"),
        ("takeover", "I'll call him."),
        ("judgement", "You're a natural."),
        ("support", "I like how you asked that."),
        ("tell", "Send the file."),
        ("accountability", "When do you see him?"),
        ("none", "Don't worry about it."),
        ("none", "The weather is awful."),
    ],
)
def test_the_guess_by_rules_alone(move: str, text: str) -> None:
    assert move == read_sentence(Reading(text, KNOWN, []), text).guess


def test_a_sentence_of_nothing_known_has_no_guess() -> None:
    assert guess([], [], asked=False, words=4) is None
    assert [] == find_phrases([])
