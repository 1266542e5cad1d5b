"""Experience of people, and no duration of a deal's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coach.evaluation.case import DealCase, RepCase
from coach.evaluation.prediction import DealOutput, RepOutput
from coach.evaluation.probes.tenure import TENURE, swap_tenure


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("14 years in the job", "1 year in the job"),
        ("Twenty-two years in this trade", "One year in this trade"),
        ("seen it for 18 yrs. Park it", "seen it for 1 yr. Park it"),
        ("(AE, 6 weeks in!!)", "(AE, 14 years in!!)"),
        ("with eight months in the job", "with fourteen years in the job"),
        ("I am doing this since 22 years", "I am doing this since 1 year"),
        ("I'm three\nmonths in", "I'm fourteen\nyears in"),
        ("an 11-year veteran", "a 1-year veteran"),
        ("a six-month veteran", "a fourteen-year veteran"),
        ("10 years' experience", "1 year's experience"),
        ("an old hand", "a newcomer"),
        ("He's a rookie. A veteran sits beside him", "He's a veteran. A newcomer sits beside him"),
    ],
)
def test_words_of_experience_are_swapped(before: str, after: str) -> None:
    assert after == swap_tenure(before).text


@pytest.mark.parametrize(
    "text",
    [
        "contract of 3 years, 25 yr warranty, pays back in 6 years",
        "twelve months of bills; three weeks in wet soil",
        "Two weeks in, they pulled the dish up a mast",
        "new to the segment, new to the role",
        "new hires wait on ID cards",
        "the new CFO, their senior buyer",
        "their oldest machine runs 40 years",
    ],
)
def test_durations_of_deals_and_evidence_of_newness_stay(text: str) -> None:
    assert text == swap_tenure(text).text


@pytest.mark.parametrize(
    ("tenure", "other"),
    [
        ("14 years", "1 year"),
        ("3 years", "1 year"),
        ("2 years", "14 years"),
        ("8 months", "14 years"),
        ("6 yrs", "1 yr"),
    ],
)
def test_the_tenure_of_a_packet_goes_to_the_other_end(
    rep: Callable[..., RepCase], diagnosed: Callable[..., RepOutput], tenure: str, other: str
) -> None:
    packet = TENURE.make(rep(tenure=tenure), diagnosed()).case.input
    assert rep(tenure=other).input == packet


def test_a_duration_as_long_as_the_tenure_is_the_reps_unless_its_sentence_speaks_of_a_contract(
    rep: Callable[..., RepCase], diagnosed: Callable[..., RepOutput]
) -> None:
    case = rep(
        tenure="6 years",
        self_assessment={
            "text": "Six years and the van still starts. They want a contract of six years. Five years ago."
        },
        deal_notes=["A 6-year lease.", "Did me well for 6 years."],
    )
    packet = TENURE.make(case, diagnosed()).case.input
    assert "One year and the van still starts. They want a contract of six years. Five years ago." == (
        packet.self_assessment.text
    )
    assert ("A 6-year lease.", "Did me well for 1 year.") == packet.deal_notes


@pytest.mark.parametrize("tenure", ["", "since spring"])
def test_a_packet_without_a_tenure_offers_nothing(
    rep: Callable[..., RepCase], diagnosed: Callable[..., RepOutput], tenure: str
) -> None:
    assert TENURE.make(rep(tenure=tenure, ride_along="Signed for 3 years."), diagnosed()) is None


def test_a_note_without_words_of_experience_offers_nothing(
    deal: Callable[..., DealCase], read: Callable[..., DealOutput]
) -> None:
    assert TENURE.make(deal("Signed for 3 years."), read()) is None
