"""Requests on personnel: declined where they are of the rep, or where a reader marked them."""

from __future__ import annotations

import pytest

from coach.domain import Gap
from tests.judgement.diagnosis.conftest import concluded, said, signal


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Should we let him go?", "Should we let him go"),
        ("Should we fire Tom?", "fire Tom"),
        ("Should we fire Tom Okafor-Byrne?", "fire Tom Okafor-Byrne"),
        ("Is OKAFOR-BYRNE worth a raise?", "worth a raise"),
        ("What of a PIP for Tom?", "PIP for Tom"),
        ("Let\nTom go by June.", "Let\nTom go by"),
        ("I'd rather not, but: fire her.", "fire her"),
        ("Should they be let go?", "Should they be let go"),
        ("Is it time to replace this rep with somebody?", "replace this rep with"),
        ("Next is disciplinary action.", "disciplinary action"),
        ("Dock their pay?", "Dock their pay"),
        ("Cut Tom’s bonus?", "Cut Tom’s bonus"),
        ("Why not cut the rep's salary?", "cut the rep's salary"),
        ("Put her on a performance improvement plan.", "Put her on a performance improvement plan"),
    ],
)
def test_a_request_of_the_rep_is_declined_with_its_words_wherever_it_stands(text: str, quote: str) -> None:
    whole = f"Four mornings went by. {text} The quote is out."
    declined = concluded("avoided", text=whole, rep="Tom Okafor-Byrne").declined
    assert declined
    assert ((), (quote,)) == (declined.because, declined.quotes)
    assert quote in whole
    assert declined.reason.startswith("Coach does not advise on hiring, firing, pay or discipline")


def test_each_request_is_quoted_once_in_the_order_of_the_texts() -> None:
    declined = concluded(text="Should we let him go? I would not fire him. Should we let him go?").declined
    assert declined
    assert ("Should we let him go", "fire him") == declined.quotes


def test_a_request_that_a_reader_found_is_declined_with_its_signals() -> None:
    declined = concluded("avoided", "personnel", "undone", "personnel").declined
    assert declined
    assert ((1, 3), ()) == (declined.because, declined.quotes)


@pytest.mark.parametrize(
    "text",
    [
        "The customer fired up the test rig.",
        "He is a pipefitter by trade.",
        "She dismissed the objection.",
        "The buyer said they'd let him go to the board.",
        "They asked for a written warning about the price.",
        "The board may fire Siobhan.",
        "Their PIP for the plant is late.",
        "They may terminate their contract with the old supplier.",
        "He would rank their plants by size.",
        "Tomorrow we fire tomatoes at it.",
        "",
    ],
)
def test_the_same_words_of_somebody_else_are_no_request(text: str) -> None:
    assert concluded("avoided", text=text, rep="Tom").declined is None


@pytest.mark.parametrize("rep", ["", " ", "Tom (", ".*", "a|b", "The 1 J."])
def test_a_name_is_no_pattern(rep: str) -> None:
    assert concluded("avoided", text="They rank 1 and J. first, and fire a kiln.", rep=rep).declined is None
    declined = concluded("avoided", text="Should we fire him?", rep=rep).declined
    assert declined
    assert ("fire him",) == declined.quotes


def test_what_is_declined_changes_nothing_of_the_diagnosis() -> None:
    plain, asked = (concluded("avoided", "undone", text=text) for text in ("It rained.", "Should we let him go?"))
    assert asked.declined
    assert plain == asked._replace(declined=None)


def test_a_request_is_no_behaviour_whatever_a_reader_takes_it_for() -> None:
    asked = signal("done_wrong", quote="Should we let Tom go by June?")
    found = concluded(asked, says=(said(Gap.SKILL),), rep="Tom Byrne").primary
    assert (Gap.INSUFFICIENT_EVIDENCE, Gap.SKILL) == (found.gap, found.capped and found.capped.gap)
    told = signal("done_wrong", quote="He opened with the price, so should we let Tom go by June, I ask.")
    assert Gap.SKILL is concluded(told, says=(said(Gap.SKILL),), rep="Tom Byrne").primary.gap
