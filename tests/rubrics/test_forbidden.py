"""Questions that Coach never asks, and near ones that it may."""

from __future__ import annotations

import pytest

from coach.rubrics import load
from coach.rubrics.forbidden import is_forbidden


@pytest.mark.parametrize(
    "ask",
    [
        "What's your confidence level?",
        "How confident are you in the date?",
        "Who's the decision maker?",
        "Who are the decision-makers there?",
        "What's the next step?",
        "What are the next steps?",
        "What is next?",
        "Is it still coming in this month?",
        "Will it close on Friday?",
        "When will this close?",
        "What probability do you give it?",
        "Did you send the quote?",
        "Have you followed up?",
        "How sure are you?",
        "Is it in the forecast?",
    ],
)
def test_stock_questions_and_questions_about_us_are_forbidden(ask: str) -> None:
    assert is_forbidden(ask)


@pytest.mark.parametrize(
    "ask",
    [
        "What has the CFO done since the demo?",
        "From whom there did you hear that?",
        "Which review comes first on their side, and who does it?",
    ],
)
def test_questions_about_the_customer_are_allowed(ask: str) -> None:
    assert not is_forbidden(ask)


def test_no_wording_of_the_rubric_is_forbidden() -> None:
    assert [entry.id for entry in load("buyer_evidence").question_bank if is_forbidden(entry.ask)] == []
