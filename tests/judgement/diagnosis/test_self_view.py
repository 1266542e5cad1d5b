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


@pytest.mark.parametrize("view", SelfView)
def test_without_a_rating_or_a_word_of_the_reps_own_there_is_no_view(view: SelfView) -> None:
    says = (said(Gap.SKILL, self_view=view),)
    assert SelfView.UNCLEAR is concluded("done_wrong", says=says).self_assessment[0].self_view
    elsewhere = signal("self_view", ELSEWHERE)
    assert SelfView.UNCLEAR is concluded("done_wrong", elsewhere, says=says).self_assessment[0].self_view
    assert view is concluded("done_wrong", "self_view", says=says).self_assessment[0].self_view


@pytest.mark.parametrize(
    ("rating", "signal_id", "view"),
    [
        (5, "done_wrong", SelfView.OVERRATES),
        (4, "avoided", SelfView.OVERRATES),
        (3, "done_wrong", SelfView.ACCURATE),
        (1, "done_wrong", SelfView.ACCURATE),
        (1, "to_standard", SelfView.UNDERRATES),
        (2, "to_standard", SelfView.UNDERRATES),
        (3, "to_standard", SelfView.ACCURATE),
        (5, "to_standard", SelfView.ACCURATE),
    ],
)
def test_a_reader_does_not_call_accurate_what_all_evidence_speaks_against(
    rating: int, signal_id: str, view: SelfView
) -> None:
    says = (said(Gap.SKILL, self_view=SelfView.ACCURATE),)
    for more in ((), ("self_view",), ("obstacle",)):
        found = concluded(signal_id, *more, says=says, ratings={HERE: rating}).self_assessment
        assert view is found[0].self_view


@pytest.mark.parametrize("rating", [1, 2, 4, 5])
def test_where_the_evidence_is_mixed_the_reader_has_the_word(rating: int) -> None:
    says = (said(Gap.SKILL, self_view=SelfView.ACCURATE),)
    found = concluded("done_wrong", "to_standard", says=says, ratings={HERE: rating}).self_assessment
    assert SelfView.ACCURATE is found[0].self_view


def test_every_competency_that_is_rated_or_shown_is_there_once() -> None:
    found = concluded(
        signal("avoided"), signal("obstacle", ELSEWHERE), says=(said(Gap.WILL),), ratings={HERE: 2}
    ).self_assessment
    assert [HERE, ELSEWHERE] == [one.competency for one in found]
    assert () == concluded("label").self_assessment


def test_it_rests_on_evidence_and_on_the_reps_own_words() -> None:
    assert (0, 2) == of("done_wrong", "label", "self_view", "result", rating=4).because
