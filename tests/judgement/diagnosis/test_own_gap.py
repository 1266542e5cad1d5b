"""The gap by the rules alone, where no reader says one: what is around the rep, then skill, then will."""

from __future__ import annotations

import pytest

from coach.domain import Competency, Gap, WillSubType
from tests.judgement.diagnosis.conftest import ELSEWHERE, HERE, concluded, said, signal


@pytest.mark.parametrize(
    ("signals", "expected"),
    [
        (("obstacle", "done_wrong"), Gap.ENVIRONMENT),
        (("obstacle", "avoided"), Gap.ENVIRONMENT),
        (("obstacle", "to_standard"), Gap.ENVIRONMENT),
        (("obstacle", "done_wrong", "done_wrong"), Gap.SKILL),
        (("obstacle", "avoided", "avoided", "undone"), Gap.WILL),
        (("obstacle", "avoided", "undone", "to_standard"), Gap.ENVIRONMENT),
        (("done_wrong", "avoided"), Gap.SKILL),
        (("done_wrong", "done_wrong", "avoided", "undone"), Gap.SKILL),
        (("done_wrong", "avoided", "undone"), Gap.WILL),
        (("done_wrong", "done_wrong", "shown_before", "avoided"), Gap.WILL),
        (("to_standard",), Gap.NONE),
        (("to_standard", "to_standard", "done_wrong"), Gap.NONE),
        (("to_standard", "done_wrong"), Gap.SKILL),
        (("avoided",), Gap.INSUFFICIENT_EVIDENCE),
        (("label", "result"), Gap.INSUFFICIENT_EVIDENCE),
        ((), Gap.INSUFFICIENT_EVIDENCE),
    ],
)
def test_the_gap_by_the_rules_alone(signals: tuple[str, ...], expected: Gap) -> None:
    found = concluded(*signals).primary
    assert (expected, None, None) == (found.gap, found.capped, found.confidence)


@pytest.mark.parametrize(
    ("signals", "expected"),
    [
        (("dread", "avoided"), WillSubType.CONFIDENCE),
        (("no_reason", "undone"), WillSubType.MOTIVE),
        (("avoided", "undone"), None),
        (("dread", "no_reason"), None),
    ],
)
def test_the_sub_type_of_will_is_that_of_its_signals(signals: tuple[str, ...], expected: WillSubType | None) -> None:
    found = concluded(*signals).primary
    assert (Gap.WILL, expected) == (found.gap, found.sub_type)


def test_a_reader_has_the_word_on_the_sub_type_and_only_will_has_one() -> None:
    says = said(Gap.WILL, sub_type=WillSubType.MOTIVE)
    assert WillSubType.MOTIVE is concluded("dread", "avoided", says=(says,)).primary.sub_type
    assert WillSubType.CONFIDENCE is concluded("dread", "avoided", says=(said(Gap.WILL),)).primary.sub_type
    assert concluded("avoided", "undone", says=(said(Gap.WILL),)).primary.sub_type is None
    skill = said(Gap.SKILL, sub_type=WillSubType.MOTIVE)
    assert concluded("done_wrong", says=(skill,)).primary.sub_type is None


def test_what_the_reader_names_first_comes_first_then_what_has_most_evidence() -> None:
    signals = [signal("done_wrong"), signal("obstacle", ELSEWHERE), signal("obstacle", ELSEWHERE)]
    found = concluded(*signals)
    assert [ELSEWHERE, HERE] == [one.competency for one in (found.primary, *found.others)]
    found = concluded(*signals, says=(said(Gap.SKILL, HERE),))
    assert [HERE, ELSEWHERE] == [one.competency for one in (found.primary, *found.others)]


def test_what_only_stored_deal_reviews_speak_of_is_evidence_and_no_finding_of_its_own() -> None:
    stored = [signal("to_standard", one, field=f"deal_review.{one}") for one in (HERE, ELSEWHERE)]
    found = concluded("done_wrong", *stored)
    assert [(HERE, Gap.SKILL)] == [(one.competency, one.gap) for one in (found.primary, *found.others)]
    assert found.contrast
    assert (0, 1) == (found.contrast.missing, found.contrast.shown)
    assert () == found.further


def test_stored_deal_reviews_alone_are_not_enough_to_say_that_all_is_well() -> None:
    for competency in (HERE, ELSEWHERE):
        found = concluded(signal("to_standard", competency, field="deal_review.dr_1"))
        assert (Competency.DISCOVERY, Gap.INSUFFICIENT_EVIDENCE, ()) == (
            found.primary.competency,
            found.primary.gap,
            found.primary.because,
        )
        assert () == found.others
    labelled = concluded(signal("to_standard", field="deal_review.dr_1"), signal("label", ELSEWHERE))
    assert ELSEWHERE is labelled.primary.competency
    says = (said(Gap.NONE),)
    assert Gap.NONE is concluded(signal("to_standard", field="deal_review.dr_1"), says=says).primary.gap


def test_each_competency_rests_on_its_own_signals() -> None:
    found = concluded(signal("done_wrong"), signal("obstacle", ELSEWHERE), signal("done_wrong"))
    assert [(HERE, (0, 2)), (ELSEWHERE, (1,))] == [
        (one.competency, one.because) for one in (found.primary, *found.others)
    ]


@pytest.mark.parametrize(
    ("signals", "ratings", "expected"),
    [
        ((signal("label", ELSEWHERE),), {HERE: 3}, ELSEWHERE),
        ((), {ELSEWHERE: 3}, ELSEWHERE),
        ((), {}, Competency.DISCOVERY),
    ],
)
def test_without_evidence_there_is_still_something_to_look_at(
    signals: tuple[object, ...], ratings: dict[Competency, int], expected: Competency
) -> None:
    found = concluded(*signals, ratings=ratings)  # type: ignore[arg-type]
    assert (expected, Gap.INSUFFICIENT_EVIDENCE) == (found.primary.competency, found.primary.gap)
    assert () == found.others
