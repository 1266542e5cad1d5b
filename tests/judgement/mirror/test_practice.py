"""The balance of a conversation, and the one thing to practise: the gravest habit that it shows."""

from __future__ import annotations

import pytest

from coach.domain import MoveBalance
from coach.rubrics.manager_moves import Habit
from tests.judgement.mirror.conftest import RUBRIC, mirrored

TITLES = {one.id: one.title for one in RUBRIC.focuses}


def test_the_balance_counts_each_move_once() -> None:
    expected = MoveBalance(
        asked=6,
        told=7,
        buyer_questions=1,
        seller_questions=2,
        coaching_questions=3,
        tells=4,
        takeovers=1,
        judgements=2,
        supports=2,
        accountabilities=1,
        manager_words=70,
        other_words=30,
    )
    said = "buyer? ours? ours? coach? coach? coach? tell tell tell tell take judge judge support support agree"
    assert expected == mirrored(said).balance


@pytest.mark.parametrize(
    ("said", "habit", "because"),
    [
        ("judge take take ours? ours? tell tell", Habit.JUDGEMENT, (0,)),
        ("buyer? coach? agree support judge", Habit.JUDGEMENT, (4,)),
        ("take take ours? ours? tell", Habit.TAKEOVER, (0, 1)),
        ("take ours? ours? tell", Habit.SELLER_QUESTIONS, (1, 2)),
        ("ours? ours? buyer? coach? agree", Habit.SELLER_QUESTIONS, (0, 1)),
        ("take buyer? coach? agree", Habit.TAKEOVER, (0,)),
        ("take ours? tell tell", Habit.TAKEOVER, (0,)),
        ("take tell tell", Habit.TAKEOVER, (0,)),
        ("take buyer? coach? coach? agree", Habit.TAKEOVER, (0,)),
        ("tell tell tell support", Habit.NO_QUESTIONS, ()),
        ("tell tell tell", Habit.TELLING, (0, 1, 2)),
        ("tell tell support buyer?", Habit.TELLING, (0, 1)),
        ("tell take tell coach? coach?", Habit.TELLING, (0, 2)),
        ("buyer? buyer? agree support", Habit.NO_COACHING, ()),
        ("buyer? buyer? coach? support", Habit.NO_ACCOUNTABILITY, ()),
        ("buyer? coach? agree support tell", Habit.KEEP, ()),
        ("", Habit.LITTLE, ()),
        ("support", Habit.LITTLE, ()),
        ("buyer? coach? agree", Habit.LITTLE, ()),
        ("take coach? coach?", Habit.LITTLE, ()),
        ("tell", Habit.LITTLE, ()),
    ],
)
def test_the_gravest_habit_is_the_one_to_practise_and_its_moves_are_shown(
    said: str, habit: Habit, because: tuple[int, ...]
) -> None:
    practice = mirrored(said).practice
    assert (TITLES[habit], because) == (practice.title, practice.because)


@pytest.mark.parametrize(
    ("said", "habit"),
    [
        ("take buyer? buyer? coach? coach?", Habit.TAKEOVER),
        ("buyer? coach? support agree", Habit.LITTLE),
        ("ours? coach? agree support", Habit.SELLER_QUESTIONS),
        ("ours? ours? buyer? buyer? coach? agree", Habit.SELLER_QUESTIONS),
        ("tell buyer? coach? agree", Habit.TELLING),
        ("tell tell buyer? coach? agree", Habit.TELLING),
        ("buyer? support agree", Habit.NO_COACHING),
        ("buyer? coach? support", Habit.NO_ACCOUNTABILITY),
    ],
)
def test_what_happens_once_or_is_balanced_is_no_habit(said: str, habit: Habit) -> None:
    assert TITLES[habit] != mirrored(said).practice.title


def test_every_habit_has_words() -> None:
    assert set(Habit) == set(TITLES)
