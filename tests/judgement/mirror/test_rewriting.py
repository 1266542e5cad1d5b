"""What a leader would have asked: at most three, of different kinds first, and nothing that was not said."""

from __future__ import annotations

import pytest

from coach.domain import Move
from coach.judgement.mirror.rewriting import is_fit
from tests.judgement.mirror.conftest import KNOWN, RUBRIC, mirrored, moves

ASK = "What has Mr Pell done with the quote?"
OWN = {one.ask for one in RUBRIC.rewrites}


def rewritten(said: str, **more: object) -> list[int]:
    return [one.move for one in mirrored(said, **more).rewrites]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("tell tell tell tell", [0, 1, 2]),
        ("tell tell ours? take judge", [2, 3, 4]),
        ("tell tell tell judge", [0, 1, 3]),
        ("tell judge judge judge", [0, 1, 2]),
        ("tell take", [0, 1]),
        ("buyer? coach? support agree", []),
        ("", []),
    ],
)
def test_at_most_three_are_rewritten_one_of_each_kind_first_in_their_order(said: str, expected: list[int]) -> None:
    assert expected == rewritten(said)


def test_of_a_kind_the_move_that_a_reader_has_a_question_for_comes_first() -> None:
    assert [2, 3, 4] == rewritten("tell tell tell judge take", offered={2: ASK})
    assert [0, 3, 4] == rewritten("tell tell tell judge take")


def test_of_a_kind_the_move_that_speaks_of_a_person_there_comes_next() -> None:
    assert [1, 3, 4] == rewritten("tell tell tell judge take", named={1: "Mr Pell"})
    assert [2, 3, 4] == rewritten("tell tell tell judge take", named={1: "Mr Pell"}, offered={2: ASK})
    assert [0, 1, 2] == rewritten("tell judge take", named={0: "Mr Pell"})


def test_no_question_is_asked_twice() -> None:
    found = mirrored("tell tell tell take", offered=dict.fromkeys(range(4), ASK)).rewrites
    asks = [one.ask for one in found]
    assert 3 == len(set(asks)) == len(asks)
    assert 1 == asks.count(ASK)


def test_a_readers_own_question_is_shown_where_it_is_fit() -> None:
    assert [ASK] == [one.ask for one in mirrored("tell", offered={0: ASK}).rewrites]


@pytest.mark.parametrize(
    "ask",
    [
        ASK,
        "What would you ask him on 14 May?",
        "If Mr Pell wavers, what would you ask him, and what would you listen for?",
        "What has Mr. Pell done with the two crews?",
        "What would I see if I came along?",
        "Pell’s crews: what do they wait for?",
    ],
)
def test_what_is_fit(ask: str) -> None:
    assert is_fit(ask, KNOWN)


@pytest.mark.parametrize("title", ["Mr", "Mrs", "Ms", "Dr"])
def test_a_title_before_a_name_ends_no_sentence(title: str) -> None:
    assert is_fit(f"What has {title}. Pell done with the quote?", KNOWN | {title.lower()})
    assert not is_fit(f"What has the {title}x. Pell done?", KNOWN | {f"{title.lower()}x"})


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param("", id="empty"),
        pytest.param("Ask Mr Pell what he has done.", id="no question"),
        pytest.param("What has Mr Pell done? Ask him", id="a question and more"),
        pytest.param("What has " + "he " * 80 + "done?", id="too long"),
        pytest.param("What has Siobhan done with the quote?", id="a name from nowhere"),
        pytest.param("Siobhan has the quote, so what has he done?", id="a name at the head"),
        pytest.param("Mr Pell has the quote. Which of the two crews does he want?", id="a statement first"),
        pytest.param("Drop the quote. What did he say?", id="an order first"),
        pytest.param("Drop the quote! What did he say?", id="a loud order first"),
        pytest.param("Did he want two crews?\nWhat has he done?", id="two questions"),
        pytest.param("What has Siobhan Pell done?", id="a first name from nowhere"),
        pytest.param("What has Mr Pell-Okafor done?", id="half a name from nowhere"),
        pytest.param("What would 15 crews change?", id="a number from nowhere"),
        pytest.param("15 crews, then what?", id="a number at the head"),
        pytest.param("What would a 3rd crew change?", id="a number in a word"),
        pytest.param("What would v2 change?", id="a number behind a letter"),
        pytest.param("What does the CFO need?", id="a role from nowhere"),
        pytest.param("How confident are you?", id="our forecast"),
        pytest.param("Have you sent the quote?", id="our activity"),
        pytest.param("Is it still closing on 14 May?", id="our date"),
        pytest.param("What is next?", id="a stock question"),
    ],
)
def test_what_is_not_fit_gives_way_to_the_rubrics_question(ask: str) -> None:
    assert not is_fit(ask, KNOWN)
    (found,) = mirrored("tell", offered={0: ask}).rewrites
    assert found.ask in OWN


def test_the_rubrics_question_names_the_customers_person_where_one_is_known() -> None:
    (found,) = mirrored("tell", named={0: "Mr Pell"}).rewrites
    assert "What do you think Mr Pell needs to see next, and how would you find out?" == found.ask
    (found,) = mirrored("tell").rewrites
    assert "What have you thought of doing next, and what would the customer get out of it?" == found.ask


def test_two_moves_of_a_kind_are_not_asked_alike_where_the_rubric_has_two_questions() -> None:
    asks = [one.ask for one in mirrored("tell tell", named={0: "Mr Pell", 1: "Mr Pell"}).rewrites]
    assert 2 == len(set(asks))


@pytest.mark.parametrize("move", [Move.JUDGEMENT, Move.TAKEOVER, Move.SELLER_QUESTION, Move.TELL])
def test_every_question_of_the_rubric_asks_and_is_fit_itself(move: Move) -> None:
    short = {Move.JUDGEMENT: "judge", Move.TAKEOVER: "take", Move.SELLER_QUESTION: "ours?", Move.TELL: "tell"}[move]
    asks = [one.ask for named in ({}, {0: "Mr Pell"}) for one in mirrored(short, named=named).rewrites]
    assert 2 == len(asks)
    assert all(is_fit(ask, KNOWN) for ask in asks)
    assert all("$" not in ask for ask in asks)
    assert move is moves(short)[0].move
