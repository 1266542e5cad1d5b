"""What follows from the probabilities."""

from __future__ import annotations

import pytest

from coach.domain import Gap
from coach.engines.local.packets.decide import cheapest, choose_signals, in_light_of


@pytest.mark.parametrize(
    ("gaps", "expected"),
    [
        ({"will": 0.5, "skill": 0.1, "none": 0.4}, Gap.NONE),
        ({"will": 0.6, "skill": 0.1, "none": 0.3}, Gap.WILL),
        # As long as it may well be skill, it is not called will.
        ({"will": 0.55, "skill": 0.45}, Gap.SKILL),
        ({"will": 0.8, "skill": 0.2}, Gap.WILL),
        ({"skill": 0.4, "will": 0.35, "both": 0.25}, Gap.SKILL),
        # Other errors cost the same.
        ({"environment": 0.41, "skill": 0.4, "none": 0.19}, Gap.ENVIRONMENT),
    ],
)
def test_the_gap_is_the_one_whose_error_costs_least(gaps: dict[str, float], expected: Gap) -> None:
    assert expected is cheapest(gaps)


def test_a_signal_is_likelier_where_the_gap_has_it_often() -> None:
    (found,) = in_light_of([{"-": 0.5, "dread": 0.25, "obstacle": 0.25}], {"dread": 3.0, "obstacle": 1.0, "-": 1.0})
    assert {"-": pytest.approx(1 / 3), "dread": pytest.approx(1 / 2), "obstacle": pytest.approx(1 / 6)} == found


def test_sentences_that_say_nothing_bear_no_signal() -> None:
    sentences = [{"-": 0.9, "dread": 0.1}, {"-": 0.2, "dread": 0.8}, {"-": 0.4, "dread": 0.6}]
    assert [(1, "dread", 0.8), (2, "dread", 0.6)] == [tuple(one) for one in choose_signals(sentences)]


def test_of_many_signals_the_likeliest_are_kept_in_order() -> None:
    sentences = [{"-": 0.0, "dread": 0.5 + n / 100} for n in range(20)]
    assert list(range(8, 20)) == [one.place for one in choose_signals(sentences)]
