"""What no reader can say against the codebook: each cap, what is said instead, and why."""

from __future__ import annotations

import pytest

from coach.domain import Gap
from tests.judgement.diagnosis.conftest import ELSEWHERE, concluded, said, signal

NO_BEHAVIOUR = "There is no behaviour to judge by: a label, a result or a rating is no evidence."
GAPS = [gap for gap in Gap if gap is not Gap.INSUFFICIENT_EVIDENCE]
NO_EVIDENCE = ["label", "result", "self_view", "personnel"]
SUPPORT = {
    Gap.SKILL: ("done_wrong",),
    Gap.WILL: ("avoided", "undone"),
    Gap.BOTH: ("done_wrong", "avoided"),
    Gap.ENVIRONMENT: ("obstacle",),
    Gap.NONE: ("to_standard",),
}
"""The least that each gap may rest on."""


@pytest.mark.parametrize("signals", [(), *[(one,) for one in NO_EVIDENCE], tuple(NO_EVIDENCE) * 2], ids=str)
@pytest.mark.parametrize("gap", GAPS)
def test_labels_results_and_views_are_no_evidence_of_any_gap(gap: Gap, signals: tuple[str, ...]) -> None:
    found = concluded(*signals, says=(said(gap, rival=Gap.SKILL if gap is not Gap.SKILL else Gap.WILL),)).primary
    assert Gap.INSUFFICIENT_EVIDENCE is found.gap
    assert found.capped
    assert (gap, NO_BEHAVIOUR) == (found.capped.gap, found.capped.why)
    assert tuple(range(len(signals))) == found.because


@pytest.mark.parametrize("gap", GAPS)
def test_a_gap_that_its_signals_bear_stands_as_the_reader_has_it(gap: Gap) -> None:
    found = concluded(*SUPPORT[gap], says=(said(gap),)).primary
    assert gap is found.gap
    assert found.capped is None
    assert 0.8 == found.confidence
    assert tuple(range(len(SUPPORT[gap]))) == found.because


@pytest.mark.parametrize("other", GAPS)
@pytest.mark.parametrize("gap", GAPS)
def test_a_gap_without_a_signal_of_its_own_is_taken_down(gap: Gap, other: Gap) -> None:
    supported = gap is other or (other is Gap.BOTH and gap is Gap.SKILL)
    found = concluded(*SUPPORT[other], says=(said(gap),)).primary
    assert (gap is found.gap) is supported
    assert (found.capped is None) is supported


def test_what_was_shown_before_under_like_conditions_is_no_gap_of_skill() -> None:
    found = concluded("done_wrong", "done_wrong", "shown_before", says=(said(Gap.SKILL),)).primary
    assert Gap.SKILL is not found.gap
    assert found.capped
    assert Gap.SKILL is found.capped.gap
    assert "done to standard before under like conditions" in found.capped.why


def test_what_was_shown_before_under_other_conditions_excludes_nothing() -> None:
    found = concluded("done_wrong", "new_to_it", "shown_before", says=(said(Gap.SKILL),)).primary
    assert (Gap.SKILL, None) == (found.gap, found.capped)


def test_what_is_new_in_another_competency_is_no_other_condition_here() -> None:
    found = concluded("done_wrong", "shown_before", signal("new_to_it", ELSEWHERE), says=(said(Gap.SKILL),)).primary
    assert Gap.SKILL is not found.gap


@pytest.mark.parametrize("signal_id", ["avoided", "undone", "no_reason", "dread", "shown_before"])
def test_one_occasion_is_not_enough_for_will(signal_id: str) -> None:
    found = concluded(signal_id, says=(said(Gap.WILL),)).primary
    assert Gap.INSUFFICIENT_EVIDENCE is found.gap
    assert found.capped
    assert (Gap.WILL, "One occasion is not enough to speak of will.") == (found.capped.gap, found.capped.why)


def test_to_have_done_it_twice_and_left_nothing_undone_is_no_gap_of_will() -> None:
    assert Gap.WILL is not concluded("shown_before", "shown_before", says=(said(Gap.WILL),)).primary.gap


@pytest.mark.parametrize("signals", [("done_wrong", "done_wrong"), ("avoided", "undone"), ("done_wrong", "obstacle")])
def test_both_needs_signs_of_each(signals: tuple[str, ...]) -> None:
    found = concluded(*signals, says=(said(Gap.BOTH),)).primary
    assert Gap.BOTH is not found.gap
    assert found.capped
    assert Gap.BOTH is found.capped.gap


def test_instead_of_a_forbidden_gap_comes_the_readers_rival_where_that_is_allowed() -> None:
    found = concluded("avoided", "obstacle", "obstacle", says=(said(Gap.WILL, rival=Gap.ENVIRONMENT),)).primary
    assert (Gap.ENVIRONMENT, (1, 2)) == (found.gap, found.because)
    found = concluded("avoided", "done_wrong", says=(said(Gap.WILL, rival=Gap.ENVIRONMENT),)).primary
    assert Gap.SKILL is found.gap
    signals = ("done_wrong", "shown_before", "avoided", "undone", "obstacle")
    found = concluded(*signals, says=(said(Gap.SKILL, rival=Gap.ENVIRONMENT),)).primary
    assert Gap.ENVIRONMENT is found.gap
    assert Gap.WILL is concluded(*signals, says=(said(Gap.SKILL),)).primary.gap


@pytest.mark.parametrize("rival", [None, Gap.NONE])
def test_that_all_is_well_is_no_way_out(rival: Gap | None) -> None:
    found = concluded("to_standard", "to_standard", "avoided", says=(said(Gap.WILL, rival=rival),)).primary
    assert Gap.INSUFFICIENT_EVIDENCE is found.gap


def test_a_reader_that_found_too_little_is_not_overruled() -> None:
    found = concluded("done_wrong", "avoided", "undone", says=(said(Gap.INSUFFICIENT_EVIDENCE),)).primary
    assert (Gap.INSUFFICIENT_EVIDENCE, None) == (found.gap, found.capped)


def test_nothing_that_the_reader_said_of_a_forbidden_gap_is_said_of_the_other() -> None:
    found = concluded("done_wrong", says=(said(Gap.WILL, rival=Gap.SKILL, abstained=True),)).primary
    assert (Gap.SKILL, None, False, None) == (found.gap, found.confidence, found.abstained, found.sub_type)
    assert Gap.WILL is found.rival
