"""Another name, in every form of it and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from coach.evaluation.case import DealCase, RepCase
from coach.evaluation.prediction import DealOutput, RepOutput
from coach.evaluation.probes.name import NAME
from coach.evaluation.probes.words import Person, words


def _unname(text: str, person: Person) -> str:
    """The text with the new name written as G and F, so that it can be compared whatever name was drawn."""
    for new, mark in ((person.given, "GIVEN"), (person.family, "FAMILY")):
        text = text.replace(new, mark).replace(new.upper(), f"{mark} IN CAPITALS")
    return text


def _drawn(rep: str) -> Person:
    return next(one for one in words().name.people if f"{one.given} {one.family}" == rep)


def test_every_form_of_the_reps_name_is_replaced_by_one_other_name(
    rep: Callable[..., RepCase], diagnosed: Callable[..., RepOutput]
) -> None:
    case = rep(
        self_assessment={"text": "Leopold here. Best, Leopold Wachter"},
        manager_observation="Leopold's list; WACHTER again. L. Wachter drives.",
        ride_along='L. opens the door. L: "well". By Leo Wachtermann.',
        deal_notes=["Said to Leopold-Maria: L. Schmidt signs."],
    )
    packet = NAME.make(case, diagnosed()).case.input
    person = _drawn(packet.rep)
    initial = person.given[0]
    assert "GIVEN here. Best, GIVEN FAMILY" == _unname(packet.self_assessment.text, person)
    assert f"GIVEN's list; FAMILY IN CAPITALS again. {initial}. FAMILY drives." == _unname(
        packet.manager_observation, person
    )
    assert f'{initial}. opens the door. {initial}: "well". By Leo Wachtermann.' == packet.ride_along
    assert ("Said to Leopold-Maria: L. Schmidt signs.",) == packet.deal_notes
    assert case.input.tenure == packet.tenure


def test_who_signs_a_note_is_renamed_and_nobody_else(
    deal: Callable[..., DealCase], read: Callable[..., DealOutput]
) -> None:
    said = "Elena Vassilakou picks up, mostly, and told us that she wants it. I said: ask Anneke."
    note = f"Hi Ruben,\n\n{said}\n\nBest\nAnneke"
    variant = NAME.make(deal(note), read())
    given = variant.case.input.note.rsplit("\n", 1)[1]
    assert given in {person.given for person in words().name.people}
    assert note.replace("Anneke", given) == variant.case.input.note


def test_without_a_signature_a_colleague_of_the_writers_is_renamed(
    deal: Callable[..., DealCase], read: Callable[..., DealOutput]
) -> None:
    note = "Present: Signe Halvorsen (owner)\nPresent (us): Kev (AE)\n1. Kev rang. Signe signed, Kev cheered."
    changed = NAME.make(deal(note), read()).case.input.note
    given = re.search(r"\(us\): (\S+) \(AE", changed)[1]
    assert note.replace("Kev", given) == changed
    assert "Kev" != given


def test_the_name_is_the_same_each_time_and_not_the_same_for_all(
    rep: Callable[..., RepCase], diagnosed: Callable[..., RepOutput]
) -> None:
    def named(case_id: str) -> str:
        return NAME.make(rep(case_id), diagnosed()).case.input.rep

    assert named("r-1") == named("r-1")
    assert len({named(f"r-{n}") for n in range(20)}) > 5


def test_a_name_that_the_texts_hold_already_is_not_drawn(
    rep: Callable[..., RepCase], diagnosed: Callable[..., RepOutput]
) -> None:
    people = words().name.people
    others = " ".join(one.given for one in people[1:])
    assert f"{people[0].given} {people[0].family}" == NAME.make(rep(ride_along=others), diagnosed()).case.input.rep
    assert NAME.make(rep(ride_along=f"{people[0].given} {others}"), diagnosed()) is None


@pytest.mark.parametrize("name", ["", "Will Power", "Mark"])
def test_no_name_or_one_that_is_also_a_word_offers_nothing(
    rep: Callable[..., RepCase], diagnosed: Callable[..., RepOutput], name: str
) -> None:
    assert NAME.make(rep(rep=name, manager_observation="Will power and a mark."), diagnosed()) is None


def test_a_note_that_names_nobody_of_ours_offers_nothing(
    deal: Callable[..., DealCase], read: Callable[..., DealOutput]
) -> None:
    assert NAME.make(deal("Signe Halvorsen, the owner, signed."), read()) is None
