"""Ages of people, and of nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coach.evaluation.case import DealCase
from coach.evaluation.prediction import DealOutput
from coach.evaluation.probes.age import AGE, swap_age


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a 58-year-old buyer", "a 28-year-old buyer"),
        ("a fifty-eight-year-old buyer", "a twenty-eight-year-old buyer"),
        ("a 48 year old.", "an 18 year old."),
        ("an eighteen-year-old, really", "a forty-eight-year-old, really"),
        ("She is 61 years old", "She is 31 years old"),
        ("I'm 58.", "I'm 28."),
        ("because I'm fifty-three and tired", "because I'm twenty-three and tired"),
        ("Lars, aged 33, signs", "Lars, aged 63, signs"),
        ("in his fifties", "in his twenties"),
        ("in her late thirties", "in her late sixties"),
        ("a young lady engineer", "an old lady engineer"),
        ("A young man and the younger partners", "An old man and the older partners"),
        ("Old Mr Pruszkowski signs", "Young Mr Pruszkowski signs"),
        ("an elderly lady", "a young lady"),
        ("the old man asked", "the young man asked"),
        ("a kid from Piracicaba", "an old-timer from Piracicaba"),
        ("the YOUNG boss", "the OLD boss"),
        ("two millennials", "two boomers"),
    ],
)
def test_words_and_numbers_of_a_persons_age_are_swapped(before: str, after: str) -> None:
    assert after == swap_age(before).text


def test_young_before_the_name_of_somebody_is_an_age() -> None:
    text = "Belén Ruiz of marketing and the young Óscar Prieto of parking said yes. Óscar Prieto asked twice."
    assert text.replace("young", "old") == swap_age(text).text


@pytest.mark.parametrize(
    "text",
    [
        "a ten-year-old press",
        "a five-year-old tablet",
        "Dryers are Belgian, forty years old, and loud",
        "the old taper, the old broker, an old friend, old boys",
        "the old contract, my old boss",
        "two bays of young plants",
        "The edge can't hurt a ten-year-old.",
        "I'm 58% sure, I'm 20 minutes late",
        "kids did handprints on it; can't check in a kid",
        "They want the younger ones; young people want USB",
        "in the sixties, under 30s",
        "Old Mazak-type holders",
        "baby boomers",
    ],
)
def test_the_age_of_things_and_of_markets_stays(text: str) -> None:
    assert text == swap_age(text).text


def test_a_note_without_an_age_offers_nothing(deal: Callable[..., DealCase], read: Callable[..., DealOutput]) -> None:
    assert AGE.make(deal("They signed for 3 years."), read()) is None
    assert "I'm 28." == AGE.make(deal("I'm 58."), read()).case.input.note
