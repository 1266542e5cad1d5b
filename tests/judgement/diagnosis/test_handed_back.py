"""What is handed back rather than judged: labels, and a contrast of the rep with themselves."""

from __future__ import annotations

import pytest

from coach.domain import Contrast
from tests.judgement.diagnosis.conftest import ELSEWHERE, HERE, concluded, signal


def test_each_label_is_handed_back_with_a_question_on_what_was_done() -> None:
    found = concluded("label", "avoided", signal("label", ELSEWHERE), "result", rep="Ilse").assumptions
    assert [0, 2] == [one.signal for one in found]
    asks = {one.ask for one in found}
    assert {
        "A word on the person is no evidence. What did Ilse do, or leave undone, that somebody could have seen?"
    } == asks


def test_a_contrast_prefers_an_example_of_another_text() -> None:
    signals = (
        signal("avoided", field="ride_along"),
        signal("shown_before", field="ride_along"),
        signal("to_standard", field="deal_notes.0"),
    )
    assert Contrast(competency=HERE, missing=0, shown=2) == concluded(*signals).contrast


def test_a_contrast_in_one_text_is_better_than_none() -> None:
    assert Contrast(competency=HERE, missing=1, shown=0) == concluded("to_standard", "done_wrong", "avoided").contrast


@pytest.mark.parametrize(
    "signals",
    [
        ("avoided", "undone"),
        ("to_standard",),
        ("shown_before",),
        ("to_standard", "obstacle", "never_shown"),
        ("to_standard", "label", "result"),
        (),
    ],
)
def test_there_is_no_contrast_without_both_sides_of_it_in_behaviour(signals: tuple[str, ...]) -> None:
    assert concluded(*signals).contrast is None


def test_a_contrast_is_of_the_one_competency() -> None:
    assert concluded(signal("avoided"), signal("undone"), signal("to_standard", ELSEWHERE)).contrast is None
