"""A judge against labels."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from sklearn.metrics import cohen_kappa_score

from coach.errors import InvalidInput
from coach.evaluation.judge import Criteria, Judged, calibration_report, read_calibration
from coach.evaluation.judge.calibration import calibration
from coach.evaluation.judge.label import JudgeLabel
from coach.evaluation.statistics import wilson

MakeJudged = Callable[..., Judged]
MakeLabel = Callable[..., JudgeLabel]


def paired(judged: MakeJudged, label: MakeLabel, pairs: list[tuple[str, str]]) -> tuple[list[Judged], list[JudgeLabel]]:
    ids = [f"x-{place}" for place in range(len(pairs))]
    return (
        [judged(id_, said) for id_, (_, said) in zip(ids, pairs, strict=True)],
        [label(id_, gold) for id_, (gold, _) in zip(ids, pairs, strict=True)],
    )


def test_the_figures_are_as_worked_by_hand(judged: MakeJudged, label: MakeLabel) -> None:
    pairs = [("yes", "yes")] * 8 + [("yes", "no")] * 2 + [("no", "yes")] * 3 + [("no", "no")] * 7
    found = calibration(*paired(judged, label, pairs))["specific"]
    assert (20, 0) == (found.n, found.unscored)
    assert {"yes": {"yes": 8, "no": 2}, "no": {"yes": 3, "no": 7}} == found.counts
    assert (0.8, 0.7) == (found.tpr.value, found.tnr.value)
    assert wilson(8, 10) == (found.tpr.low, found.tpr.high)
    assert wilson(7, 10) == (found.tnr.low, found.tnr.high)
    # observed 15/20 = 0.75; by chance (10 * 11 + 10 * 9) / 400 = 0.5; (0.75 - 0.5) / 0.5
    assert found.kappa.value == pytest.approx(0.5)
    assert found.kappa.low < 0.5 < found.kappa.high


@pytest.mark.parametrize("seed", range(5))
def test_kappa_agrees_with_scikit_learn(judged: MakeJudged, label: MakeLabel, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311  statistics, not secrets
    pairs = [(rng.choice(["yes", "no"]), rng.choice(["yes", "yes", "no"])) for _ in range(30)]
    found = calibration(*paired(judged, label, pairs))["specific"]
    gold, said = zip(*pairs, strict=True)
    assert found.kappa.value == pytest.approx(cohen_kappa_score(gold, said))


def test_an_unscored_label_is_in_no_figure_and_is_counted(judged: MakeJudged, label: MakeLabel) -> None:
    pairs = [("yes", "yes"), ("yes", "off_menu"), ("no", "no"), ("no", "missing"), ("no", "failed")]
    found = calibration(*paired(judged, label, pairs))["specific"]
    assert (2, 3, 1, 1) == (found.n, found.unscored, found.tpr.n, found.tnr.n)
    assert (1, 1) == (found.tpr.value, found.tnr.value)


def test_a_label_that_was_not_judged_is_unscored(label: MakeLabel) -> None:
    found = calibration([], [label("a", "yes")])["specific"]
    assert (0, 1) == (found.n, found.unscored)
    assert (None, None, None) == (found.tpr.value, found.tnr.value, found.kappa.value)
    assert (None, None) == (found.kappa.low, found.kappa.high)


def test_a_judge_that_always_says_yes_has_no_agreement_beyond_chance(judged: MakeJudged, label: MakeLabel) -> None:
    found = calibration(*paired(judged, label, [("yes", "yes"), ("no", "yes")] * 5))["specific"]
    assert (1, 0, 0) == (found.tpr.value, found.tnr.value, found.kappa.value)


def test_each_criterion_is_calibrated_by_itself(judged: MakeJudged, label: MakeLabel) -> None:
    found = calibration(
        [judged("a", "yes"), judged("b", "no", "fitting")], [label("a", "yes"), label("b", "yes", "fitting")]
    )
    assert {"specific": 1, "fitting": 0} == {name: one.tpr.value for name, one in found.items()}


def test_labels_of_one_context_count_together(judged: MakeJudged, label: MakeLabel) -> None:
    pairs = [("yes", "yes"), ("yes", "no")] * 4
    verdicts, apart = paired(judged, label, pairs)
    # All that is right hangs together, and so does all that is wrong.
    together = [one.model_copy(update={"context": said}) for one, (_, said) in zip(apart, pairs, strict=True)]
    one, other = (calibration(verdicts, of)["specific"].tpr for of in (apart, together))
    assert (8, 8) == (one.n, other.n)
    assert other.high - other.low > one.high - one.low


def test_what_has_no_label_cannot_be_calibrated(judged: MakeJudged, label: MakeLabel) -> None:
    with pytest.raises(InvalidInput, match="1 judged items have no label, 'b' among them"):
        calibration([judged("a", "yes"), judged("b", "yes")], [label("a", "yes")])


def test_a_calibration_says_what_it_holds_for_and_reads_back(
    judged: MakeJudged, label: MakeLabel, criteria: Criteria, tmp_path: Path
) -> None:
    labels = [label("a", "yes"), label("b", "no")]
    report = calibration_report([judged("a", "yes")], labels, judge="a-model", criteria=criteria)
    assert ("a-model", criteria.sha256, ("two readers",)) == (report.judge, report.criteria_sha256, report.labelled_by)
    path = tmp_path / "calibration.json"
    path.write_text(report.model_dump_json(by_alias=True))
    assert '"schema":"coach.eval_judge_calibration/1"' in path.read_text()
    assert report == read_calibration(path)
    in_other_order = calibration_report([], labels[::-1], judge="a-model", criteria=criteria)
    relabelled = calibration_report([], [labels[0], label("b", "yes")], judge="a-model", criteria=criteria)
    assert report.labels_sha256 == in_other_order.labels_sha256
    assert report.labels_sha256 != relabelled.labels_sha256


def test_what_is_no_calibration_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_calibration(tmp_path / "none.json")
    (tmp_path / "none.json").write_text("{}")
    with pytest.raises(InvalidInput, match="not the calibration"):
        read_calibration(tmp_path / "none.json")
