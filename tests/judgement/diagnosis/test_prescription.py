"""What to do: the codebook's remedy for the gap, by a date, and going to look first where nobody is sure."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from coach.domain import Competency, Gap, WillSubType
from coach.rubrics import SkillWill
from tests.judgement.diagnosis.conftest import AS_OF, ELSEWHERE, HERE, concluded, said, signal


def test_the_first_remedy_is_for_the_primary_finding_and_the_others_come_later() -> None:
    found = concluded(signal("done_wrong"), signal("obstacle", ELSEWHERE), says=(said(Gap.SKILL),))
    assert (HERE, Gap.SKILL, "Teach it") == (
        found.prescription.competency,
        found.prescription.gap,
        found.prescription.title,
    )
    assert [(ELSEWHERE, Gap.ENVIRONMENT)] == [(one.competency, one.gap) for one in found.further]


def test_one_who_is_not_sure_goes_and_looks_first_for_what_tells_the_two_apart() -> None:
    found = concluded("done_wrong", says=(said(Gap.SKILL, rival=Gap.ENVIRONMENT, abstained=True),))
    assert (Gap.SKILL, True) == (found.primary.gap, found.primary.abstained)
    assert (Gap.INSUFFICIENT_EVIDENCE, "Go and look") == (found.prescription.gap, found.prescription.title)
    assert found.primary.look == found.prescription.watch_for
    assert [Gap.SKILL] == [one.gap for one in found.further]
    assert found.prescription.manager_action is None


def test_what_the_manager_may_have_to_mend_is_looked_at_first_too() -> None:
    found = concluded("obstacle", says=(said(Gap.ENVIRONMENT, rival=Gap.WILL, abstained=True),))
    assert Gap.INSUFFICIENT_EVIDENCE is found.prescription.gap
    (later,) = found.further
    assert later.manager_action
    assert later.manager_action == found.prescription.manager_action


@pytest.mark.parametrize(
    ("signals", "gap", "expected"),
    [
        (("no_reason", "avoided", "shown_before", "undone", "avoided"), Gap.WILL, (1, 3)),
        (("shown_before", "no_reason", "avoided"), Gap.WILL, (2,)),
        (("never_shown", "asked_for_help", "new_to_it"), Gap.SKILL, (0, 1)),
        (("never_shown", "done_wrong"), Gap.SKILL, (1,)),
        (("never_shown", "done_wrong", "avoided", "dread"), Gap.BOTH, (1, 2)),
        (("to_standard", "obstacle", "obstacle", "obstacle"), Gap.ENVIRONMENT, (1, 2)),
        (("to_standard", "label", "avoided"), Gap.NONE, (0,)),
        (("done_wrong", "avoided"), Gap.INSUFFICIENT_EVIDENCE, ()),
    ],
)
def test_at_most_two_quotes_are_brought_and_what_was_done_comes_first(
    signals: tuple[str, ...], gap: Gap, expected: tuple[int, ...]
) -> None:
    found = concluded(*signals, says=(said(gap),))
    assert (gap, expected) == (found.primary.gap, found.prescription.bring)


def test_what_is_brought_is_of_the_competency_and_nothing_where_one_only_looks() -> None:
    says = (said(Gap.SKILL, abstained=True), said(Gap.SKILL, ELSEWHERE))
    found = concluded(signal("done_wrong", ELSEWHERE), signal("done_wrong"), says=says)
    assert () == found.prescription.bring
    assert [(HERE, (1,)), (ELSEWHERE, (0,))] == [(one.competency, one.bring) for one in found.further]


def test_nothing_is_prescribed_for_what_is_not_known_besides() -> None:
    says = (said(Gap.SKILL), said(Gap.SKILL, ELSEWHERE, abstained=True))
    found = concluded(signal("done_wrong"), signal("done_wrong", ELSEWHERE), says=says)
    assert () == found.further
    says = (said(Gap.SKILL), said(Gap.INSUFFICIENT_EVIDENCE, ELSEWHERE))
    assert () == concluded("done_wrong", says=says).further


def test_no_more_than_three_remedies_come_later() -> None:
    found = concluded(*(signal("done_wrong", one) for one in Competency))
    assert (7, 3) == (len(found.others), len(found.further))
    assert [one.competency for one in found.others[:3]] == [one.competency for one in found.further]


@pytest.mark.parametrize(
    ("sub_type", "title"),
    [
        (None, "Find the reason"),
        (WillSubType.MOTIVE, "Find what it is for"),
        (WillSubType.CONFIDENCE, "Make the first step small and safe"),
    ],
)
def test_will_has_a_remedy_for_each_reason(sub_type: WillSubType | None, title: str) -> None:
    found = concluded("avoided", "undone", says=(said(Gap.WILL, sub_type=sub_type),))
    assert title == found.prescription.title


def test_the_date_is_counted_from_the_day_and_stands_in_the_words(rubric: SkillWill) -> None:
    found = concluded("done_wrong", says=(said(Gap.SKILL),), as_of=date(2026, 12, 15)).prescription
    assert date(2026, 12, 15) + timedelta(days=rubric.remedy(Gap.SKILL, None).days) == found.by
    assert found.by.isoformat() in found.shows_it_worked


def test_the_observation_is_the_rubrics_for_the_gap_and_its_rival() -> None:
    found = concluded("avoided", "undone", says=(said(Gap.WILL, rival=Gap.SKILL),), rep="Ilse Brandt").primary
    assert found.look.startswith("Take everything away but the task: in a role-play that counts for nothing, can Ilse")


@pytest.mark.parametrize(
    ("signals", "gap", "expected"),
    [
        (("avoided", "undone", "obstacle"), Gap.WILL, Gap.ENVIRONMENT),
        (("avoided", "undone", "to_standard"), Gap.WILL, Gap.NONE),
        (("done_wrong",), Gap.SKILL, Gap.WILL),
        (("obstacle",), Gap.ENVIRONMENT, Gap.WILL),
        ((), Gap.INSUFFICIENT_EVIDENCE, Gap.SKILL),
    ],
)
def test_where_no_reader_names_a_rival_it_is_what_most_speaks_for(
    signals: tuple[str, ...], gap: Gap, expected: Gap
) -> None:
    found = concluded(*signals, says=(said(gap),)).primary
    assert (gap, expected) == (found.gap, found.rival)


@pytest.mark.parametrize("rep", ["", " ", "\n"])
def test_a_rep_without_a_name_is_the_rep(rep: str) -> None:
    assert "Ask the rep what was different" in concluded("done_wrong", rep=rep).prescription.next_one_on_one[2]


@pytest.mark.parametrize(
    ("rep", "called"),
    [
        ("Ilse Brandt", "Ilse"),
        (" Ilse\tMaria Brandt ", "Ilse"),
        ("Ilse", "Ilse"),
        ("Dr. Ilse Brandt", "Dr. Ilse Brandt"),
        ("Mrs Brandt", "Mrs Brandt"),
        ("J. P.  Brandt", "J. P. Brandt"),
    ],
)
def test_sentences_speak_of_a_rep_by_first_name_unless_a_title_comes_first(rep: str, called: str) -> None:
    found = concluded("done_wrong", signal("label"), rep=rep)
    assert f"Ask {called} what was different" in found.prescription.next_one_on_one[2]
    assert f"What did {called} do, or leave undone" in found.assumptions[0].ask


def test_a_name_is_put_in_as_it_is(rubric: SkillWill) -> None:
    found = concluded("done_wrong", rep="${by}$x{0}%s\\1").prescription
    assert "Ask ${by}$x{0}%s\\1 what was different" in found.next_one_on_one[2]
    assert AS_OF + timedelta(days=rubric.remedy(Gap.SKILL, None).days) == found.by
