"""The rep's own view beside what the texts show of today."""

from __future__ import annotations

import pytest

from coach.domain import Gap, SelfAssessed, SelfView
from tests.judgement.diagnosis.conftest import ELSEWHERE, HERE, concluded, said, signal


def of(*signals: str, rating: int | None = None) -> SelfAssessed:
    ratings = {} if rating is None else {HERE: rating}
    return concluded(*signals, ratings=ratings).self_assessment[0]


@pytest.mark.parametrize(
    ("signals", "shows"),
    [
        ((), "nothing"),
        (("label", "result", "self_view"), "nothing"),
        (("obstacle",), "nothing"),
        (("shown_before",), "nothing"),
        (("to_standard",), "to_standard"),
        (("to_standard", "shown_before"), "to_standard"),
        (("to_standard", "obstacle"), "to_standard"),
        (("done_wrong",), "below_standard"),
        (("avoided", "shown_before"), "below_standard"),
        (("to_standard", "done_wrong"), "mixed"),
        (("to_standard", "undone"), "mixed"),
    ],
)
def test_what_the_texts_show_is_what_is_done_today(signals: tuple[str, ...], shows: str) -> None:
    assert shows == of(*signals, rating=3).shows


@pytest.mark.parametrize(
    ("rating", "below", "to_standard"),
    [
        (1, SelfView.ACCURATE, SelfView.UNDERRATES),
        (2, SelfView.ACCURATE, SelfView.UNDERRATES),
        (3, SelfView.ACCURATE, SelfView.ACCURATE),
        (4, SelfView.OVERRATES, SelfView.ACCURATE),
        (5, SelfView.OVERRATES, SelfView.ACCURATE),
        (None, SelfView.UNCLEAR, SelfView.UNCLEAR),
    ],
)
def test_a_rating_is_held_against_what_is_shown(rating: int | None, below: SelfView, to_standard: SelfView) -> None:
    assert (below, to_standard) == (of("avoided", rating=rating).self_view, of("to_standard", rating=rating).self_view)


@pytest.mark.parametrize("signals", [(), ("label",), ("obstacle",), ("to_standard", "done_wrong")])
@pytest.mark.parametrize("rating", [1, 5])
def test_a_rating_with_nothing_clear_to_hold_it_against_is_unclear(signals: tuple[str, ...], rating: int) -> None:
    assert SelfView.UNCLEAR is of(*signals, rating=rating).self_view


def test_a_reader_who_also_reads_the_words_goes_before_the_rating() -> None:
    says = said(Gap.SKILL, self_view=SelfView.UNDERRATES)
    found = concluded("done_wrong", says=(says,), ratings={HERE: 5}).self_assessment
    assert [(HERE, 5, SelfView.UNDERRATES)] == [(one.competency, one.rating, one.self_view) for one in found]


def test_every_competency_that_is_rated_or_shown_is_there_once() -> None:
    found = concluded(
        signal("avoided"), signal("obstacle", ELSEWHERE), says=(said(Gap.WILL),), ratings={HERE: 2}
    ).self_assessment
    assert [HERE, ELSEWHERE] == [one.competency for one in found]
    assert () == concluded("label").self_assessment


def test_it_rests_on_evidence_and_on_the_reps_own_words() -> None:
    assert (0, 2) == of("done_wrong", "label", "self_view", "result", rating=4).because
