"""The gate: when it is green, red or neither, and when it refuses to say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from coach.errors import NotMeasured
from coach.evaluation.case import AttackCase
from coach.evaluation.comparison import Comparison, Difference, compare, pair_runs
from coach.evaluation.run import Run

MakeRun = Callable[..., Run]


def claim(comparison: Comparison) -> Difference:
    return next(row for row in comparison.differences if row.name == "claim" and row.slice is None)


def tagged(run: Run, fields: Callable[[int], dict[str, object]]) -> Run:
    return replace(run, cases=tuple(case.model_copy(update=fields(place)) for place, case in enumerate(run.cases)))


def compared(before: Run, after: Run, **options: float) -> Comparison:
    return compare(pair_runs(before, after), **options)


def test_many_lost_cases_are_a_regression_and_are_named_first(make_run: MakeRun) -> None:
    # 12 lost, 1 won: McNemar's one-sided p = P(X >= 12 of 13) = (13 + 1) / 2^13 = 0.0017.
    before = [True] * 99 + [False]
    after = [False] * 12 + [True] * 88
    comparison = compared(make_run(before), make_run(after))
    row = claim(comparison)
    assert (12, 1) == (row.worse, row.better)
    assert pytest.approx(14 / 2**13) == row.p
    assert "regressed" == row.verdict == comparison.verdict
    assert [True] * 12 + [False] == [flip.lost for flip in comparison.flips if flip.check == "claim"]
    assert "deal claim fell by 0.110, from 0.990 to 0.880" in comparison.because[0]


def test_a_few_lost_cases_of_many_are_within_the_margin(make_run: MakeRun) -> None:
    comparison = compared(make_run([True] * 500), make_run([False] * 3 + [True] * 497))
    assert "pass" == comparison.verdict


def test_a_few_lost_cases_of_few_are_inconclusive(make_run: MakeRun) -> None:
    comparison = compared(make_run([True] * 40), make_run([False] * 3 + [True] * 37))
    assert "inconclusive" == comparison.verdict
    assert "may have fallen by up to" in comparison.because[0]


def test_the_same_outputs_pass_however_few(make_run: MakeRun) -> None:
    comparison = compared(make_run([True, False]), make_run([True, False]))
    assert ("pass", ("every output is the same as before",)) == (comparison.verdict, comparison.because)


def test_getting_better_is_no_regression(make_run: MakeRun) -> None:
    comparison = compared(make_run([False] * 30 + [True] * 70), make_run([True] * 100))
    assert "pass" == comparison.verdict
    assert {False} == {flip.lost for flip in comparison.flips}


def test_a_must_pass_case_fails_the_gate_alone(make_run: MakeRun) -> None:
    before, after = ([True] * 500, [False] + [True] * 499)
    assert "pass" == compared(make_run(before), make_run(after)).verdict
    comparison = compared(make_run(before, must_pass=("claim",)), make_run(after, must_pass=("claim",)))
    assert ("regressed", ("d-0: claim",)) == (comparison.verdict, comparison.broken)
    assert "must pass and does not: d-0: claim" == comparison.because[0]


def test_a_new_case_must_pass_too(make_run: MakeRun) -> None:
    before, after = make_run([True] * 500), make_run([True] * 500 + [False], must_pass=("claim",))
    comparison = compare(pair_runs(before, after, common=True))
    assert ("regressed", ("d-500: claim",)) == (comparison.verdict, comparison.broken)


def test_too_many_failures_are_not_measured(make_run: MakeRun) -> None:
    good, bad = [True] * 100, [None] * 6 + [True] * 94
    with pytest.raises(NotMeasured, match="6 of 100 answers failed or are missing, more than 5%"):
        compared(make_run(good), make_run(bad))
    with pytest.raises(NotMeasured, match="first: 6 of 100 answers failed or are missing"):
        compared(make_run(bad, "first"), make_run(good))
    comparison = compared(make_run(good), make_run(bad), max_failed=0.1)
    assert (0, 6) == (comparison.failed_before, comparison.failed_after)
    assert "run: 6 of 100 answers failed or are missing, and count as wrong" in comparison.because


def test_five_of_a_hundred_are_not_more_than_five_percent(make_run: MakeRun) -> None:
    assert 5 == compared(make_run([True] * 100), make_run([None] * 5 + [True] * 95)).failed_after


def test_answers_that_are_missing_are_no_sign_of_sameness(make_run: MakeRun) -> None:
    before, after = make_run([True] * 100), make_run([True] * 100)
    kept = {id_: of for id_, of in after.predictions.items() if id_ not in {"d-1", "d-2"}}
    comparison = compare(pair_runs(before, replace(after, predictions=kept)))
    assert "every output is the same as before" not in comparison.because
    assert 2 == comparison.failed_after
    assert {"d-1", "d-2"} == {flip.case for flip in comparison.flips}


def test_a_flip_says_what_each_run_said(make_run: MakeRun) -> None:
    comparison = compared(make_run([True, True, False]), make_run([False, None, True]), max_failed=1)
    assert [
        ("d-0", "unproven", "unproven", "refuted"),
        ("d-1", "unproven", "unproven", "failed"),
        ("d-2", "unproven", "refuted", "unproven"),
    ] == [(one.case, one.gold, one.before, one.after) for one in comparison.flips if one.check == "claim"]
    assert [(None, "safe", "failed")] == [
        (one.gold, one.before, one.after) for one in comparison.flips if one.check == "safe"
    ]


def test_cases_of_one_run_only_are_counted(make_run: MakeRun) -> None:
    comparison = compare(pair_runs(make_run([True] * 30), make_run([True] * 33), common=True))
    assert (30, 3) == (comparison.cases, comparison.left_out)
    assert "3 cases that only one of the runs was asked are left out" in comparison.because


def test_other_cases_than_the_baselines_are_not_measured(make_run: MakeRun) -> None:
    small, large = make_run([True] * 30), make_run([True] * 31)
    for before, after in ((small, large), (large, small)):
        with pytest.raises(NotMeasured, match=r"not asked the same: 1 cases differ \(d-30\).*the 30 common ones"):
            pair_runs(before, after)
    assert 30 == compare(pair_runs(small, large, common=True)).cases


def test_nothing_in_common_is_not_measured(make_run: MakeRun) -> None:
    run = make_run([True])
    other = make_run([True], input=run.cases[0].input.model_copy(update={"note": "Another note."}))
    with pytest.raises(NotMeasured, match="no case in common"):
        pair_runs(run, other, common=True)


def test_runs_of_no_cases_are_not_measured(make_run: MakeRun) -> None:
    empty = make_run([])
    with pytest.raises(NotMeasured, match="no case in common"):
        pair_runs(empty, empty)


def test_unlike_repeats_are_not_compared(make_run: MakeRun) -> None:
    once, run = make_run([True] * 30), make_run([True] * 30)
    twice = replace(run, manifest=run.manifest.model_copy(update={"repeat": 2}))
    with pytest.raises(NotMeasured, match="1 times and run 2 times"):
        pair_runs(once, twice)


def test_a_run_is_not_compared_with_one_whose_engine_saw_the_cases(make_run: MakeRun) -> None:
    run = make_run([True] * 30)
    folded = replace(run, manifest=run.manifest.model_copy(update={"provenance": {"cross_validation": "5 folds"}}))
    with pytest.raises(NotMeasured, match="one is cross-validated"):
        pair_runs(run, folded)


def test_a_drop_of_any_figure_keeps_a_pass_away(make_run: MakeRun) -> None:
    # A question that is lost in eight of 200 notes: too few to be sure (p = 1/256 of one in many tests), and too many
    # to rule a drop of five points out.
    before, after = make_run([True] * 200), make_run([True] * 200)
    lost = dict(after.predictions)
    for place in range(8):
        (one,) = lost[f"d-{place}"]
        coverage = {**one.output.coverage, "problem": "answered"}
        lost[f"d-{place}"] = [one.model_copy(update={"output": one.output.model_copy(update={"coverage": coverage})})]
    comparison = compare(pair_runs(before, replace(after, predictions=lost)))
    assert "inconclusive" == comparison.verdict
    assert ["deal problem may have fallen by up to 0.070; to rule out 0.05, add cases"] == list(comparison.because)


def test_a_mended_claim_with_attacks_that_still_fail_passes(make_run: MakeRun, attack_case: AttackCase) -> None:
    before, after = make_run([False] * 20 + [True] * 180), make_run([True] * 200)
    attack = attack_case.model_copy(update={"expected": attack_case.expected.model_copy(update={"base": "d-0"})})
    both = []
    for run in (before, after):
        inputs = {**run.manifest.inputs, attack.id: "same"}
        predictions = {**run.predictions, attack.id: [run.predictions["d-0"][0].model_copy(update={"id": attack.id})]}
        manifest = run.manifest.model_copy(update={"inputs": inputs})
        both.append(replace(run, manifest=manifest, cases=(*run.cases, attack), predictions=predictions))
    comparison = compare(pair_runs(*both))
    # One attack can rule nothing out; what counts is that none works that did not work before.
    assert {"pass"} == {row.verdict for row in comparison.differences if row.task == "attack"}
    assert "pass" == comparison.verdict
    assert "attacks that work and did not before: 0" in comparison.because


def test_a_regression_of_one_slice_is_found(make_run: MakeRun) -> None:
    cases = 300
    before, after = make_run([True] * cases), make_run([False] * 15 + [True] * (cases - 15))
    after = tagged(after, lambda place: {"tags": ("short" if place < 20 else "long",)})
    rows = [row for row in compared(before, after).differences if row.slice]
    assert {"short": "regressed", "long": "pass"} == {row.slice: row.verdict for row in rows}


def test_cases_of_one_deal_count_as_fewer(make_run: MakeRun) -> None:
    # The same ten lost cases: apart they are ten signs of ten, in one deal they are one.
    before, after = [True] * 100, [False] * 10 + [True] * 90
    apart = claim(compared(make_run(before), make_run(after)))
    together = tagged(make_run(after), lambda place: {"cluster": "one deal"} if place < 10 else {})
    joined = claim(compared(make_run(before), together))
    assert pytest.approx(2**-10) == apart.p
    assert 0.5 == joined.p
    assert joined.largest_drop > apart.largest_drop
