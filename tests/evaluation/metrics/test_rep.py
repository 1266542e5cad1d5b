"""The figures of rep packets, worked by hand."""

from __future__ import annotations

import math

import pytest
from sklearn.metrics import cohen_kappa_score

from coach.domain import Competency, Gap, SelfView, WillSubType
from coach.evaluation.case import RepCase
from coach.evaluation.metrics import TASKS, case_tally, confusion
from coach.evaluation.prediction import RepOutput
from coach.evaluation.statistics import total

CONFUSIONS = TASKS["rep"].confusions


def of_gap(case: RepCase, gap: Gap, **fields: object) -> RepCase:
    return case.model_copy(update={"expected": case.expected.model_copy(update={"gap": gap, **fields})})


def figures(*pairs: tuple[RepCase, RepOutput | None]) -> dict[str, float]:
    return TASKS["rep"].figures(total([case_tally(case, [output]) for case, output in pairs]))


def said(output: RepOutput, gap: Gap, **fields: object) -> RepOutput:
    return output.model_copy(update={"gap": gap, **fields})


def test_the_right_diagnosis_has_full_marks(rep_case: RepCase, diagnosis: RepOutput) -> None:
    found = figures((rep_case, diagnosis))
    full = ("gap_macro_f1", "gap_accuracy", "competency_accuracy", "self_view_accuracy", "key_quote_recall", "skill_f1")
    assert dict.fromkeys(full, 1) == {name: found[name] for name in full}
    none = ("skill_called_will", "ungrounded", "hallucinated_quotes", "abstained", "failed")
    assert dict.fromkeys(none, 0) == {name: found[name] for name in none}
    assert math.isnan(found["sub_type_accuracy"])


def test_gaps_worked_by_hand(rep_case: RepCase, diagnosis: RepOutput) -> None:
    pairs = [(Gap.SKILL, Gap.SKILL), (Gap.SKILL, Gap.WILL), (Gap.WILL, Gap.WILL), (Gap.BOTH, Gap.SKILL)]
    found = figures(*((of_gap(rep_case, gold), said(diagnosis, got)) for gold, got in pairs))
    # skill: 1 right, 2 gold, 2 predicted; will: 1, 1, 2; both: 0, 1, 0. The three others are in neither.
    assert found["skill_f1"] == 2 / 4
    assert pytest.approx(2 / 3) == found["will_f1"]
    assert found["will_precision"] == 1 / 2
    assert found["will_recall"] == 1
    assert found["both_f1"] == 0
    assert math.isnan(found["environment_f1"])
    assert pytest.approx((2 / 4 + 2 / 3 + 0) / 3) == found["gap_macro_f1"]
    assert found["gap_accuracy"] == 2 / 4
    # Observed 2/4; expected (2*2 + 1*2 + 1*0)/16 = 6/16; (8/16 - 6/16)/(10/16).
    assert pytest.approx(0.2) == found["gap_kappa"]
    assert pytest.approx(cohen_kappa_score(*zip(*pairs, strict=True))) == found["gap_kappa"]


@pytest.mark.parametrize(
    ("gold", "got", "count"),
    [
        (Gap.SKILL, Gap.WILL, 1),
        (Gap.SKILL, Gap.BOTH, 0),
        (Gap.BOTH, Gap.WILL, 0),
        (Gap.WILL, Gap.SKILL, 0),
        (Gap.SKILL, Gap.SKILL, 0),
    ],
)
def test_only_skill_called_will_is_the_harsh_error(
    rep_case: RepCase, diagnosis: RepOutput, gold: Gap, got: Gap, count: int
) -> None:
    assert count == figures((of_gap(rep_case, gold), said(diagnosis, got)))["skill_called_will"]


def test_the_harsh_error_is_counted_per_run(rep_case: RepCase, diagnosis: RepOutput) -> None:
    harsh = said(diagnosis, Gap.WILL)
    found = TASKS["rep"].figures(case_tally(rep_case, [harsh, harsh, diagnosis, None]))
    assert found["skill_called_will"] == 2 / 4


def test_the_gap_is_compared_whatever_competency_was_named(rep_case: RepCase, diagnosis: RepOutput) -> None:
    found = figures((rep_case, said(diagnosis, Gap.SKILL, competency=Competency.DISCOVERY)))
    assert (1, 0) == (found["gap_accuracy"], found["competency_accuracy"])


def test_self_view_worked_by_hand(rep_case: RepCase, diagnosis: RepOutput) -> None:
    wrong = said(diagnosis, Gap.SKILL, self_view=SelfView.UNCLEAR)
    overrates = of_gap(rep_case, Gap.SKILL, self_view=SelfView.OVERRATES)
    right = said(diagnosis, Gap.SKILL, self_view=SelfView.OVERRATES)
    found = figures((rep_case, diagnosis), (rep_case, wrong), (overrates, right), (overrates, right))
    assert found["self_view_accuracy"] == 3 / 4
    # Observed 3/4; expected (2*1 + 2*2)/16 = 6/16; (12 - 6)/(16 - 6).
    assert pytest.approx(0.6) == found["self_view_kappa"]


def test_the_sub_type_is_compared_where_gold_has_one(rep_case: RepCase, diagnosis: RepOutput) -> None:
    motive = of_gap(rep_case, Gap.WILL, sub_type=WillSubType.MOTIVE)
    right = said(diagnosis, Gap.WILL, sub_type=WillSubType.MOTIVE)
    wrong = said(diagnosis, Gap.WILL, sub_type=None)
    found = figures((motive, right), (motive, wrong), (motive, None), (rep_case, right))
    assert pytest.approx(1 / 3) == found["sub_type_accuracy"]


def test_a_quote_that_is_in_no_text_of_the_packet_is_ungrounded(rep_case: RepCase, diagnosis: RepOutput) -> None:
    read = said(diagnosis, Gap.SKILL, key_quotes=("Nobody picks up", "He gave up"), labels_without_behaviour=("lazy!",))
    found = figures((rep_case, read), (rep_case, diagnosis))
    # Two of three, and none of three.
    assert found["ungrounded"] == 2
    assert pytest.approx(2 / 6) == found["hallucinated_quotes"]
    # None of two, and both.
    assert found["key_quote_recall"] == 2 / 4


def test_abstaining_is_counted_and_kept_out_of_the_accuracy_when_answered(
    rep_case: RepCase, diagnosis: RepOutput
) -> None:
    unsure = said(diagnosis, Gap.WILL, abstained=True)
    lucky = said(diagnosis, Gap.SKILL, abstained=True)
    found = figures((rep_case, diagnosis), (rep_case, unsure), (rep_case, lucky), (rep_case, None))
    assert found["abstained"] == 2 / 4
    # The run that failed did not abstain: one right of two.
    assert found["accuracy_when_answered"] == 1 / 2
    assert found["gap_accuracy"] == 2 / 4


def test_a_packet_without_an_output_is_wrong_everywhere(rep_case: RepCase) -> None:
    found = figures((of_gap(rep_case, Gap.WILL, sub_type=WillSubType.MOTIVE), None))
    wrong = ("gap_macro_f1", "gap_accuracy", "competency_accuracy", "self_view_accuracy", "sub_type_accuracy")
    more = ("key_quote_recall", "accuracy_when_answered", "gap_kappa", "self_view_kappa")
    assert dict.fromkeys((*wrong, *more), 0) == {name: found[name] for name in (*wrong, *more)}
    assert found["failed"] == 1


def test_confusions_have_a_column_for_what_failed(rep_case: RepCase, diagnosis: RepOutput) -> None:
    tally = case_tally(rep_case, [said(diagnosis, Gap.WILL), None])
    tables = {name: confusion(tally, name, labels) for name, labels in CONFUSIONS.items()}
    assert (*Gap, "failed") == tables["gap"].labels
    assert tables["gap"].counts[0] == (0, 1, 0, 0, 0, 0, 1)
    assert tables["competency"].counts[0] == (1, 0, 0, 0, 0, 0, 0, 0, 1)
    assert tables["self_view"].counts[0] == (1, 0, 0, 0, 1)


def test_every_figure_that_is_named_elsewhere_exists(rep_case: RepCase) -> None:
    assert set(TASKS["rep"].headlines) | set(TASKS["rep"].shares) <= set(figures((rep_case, None)))
