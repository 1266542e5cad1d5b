"""What a judged run says, and what it never says without the judge's calibration."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.errors import InvalidInput
from coach.evaluation.judge import (
    Criteria,
    Judged,
    calibration_report,
    judge_report,
    render_calibration,
    render_judged,
    write_judged,
)
from coach.evaluation.judge.calibration import CalibrationReport
from coach.evaluation.judge.label import JudgeLabel
from coach.evaluation.judge.verdict import Unscored

MakeJudged = Callable[..., Judged]


@pytest.fixture
def calibrated(
    judged: MakeJudged, label: Callable[..., JudgeLabel], criteria: Criteria
) -> Callable[..., CalibrationReport]:
    """Calibrate `specific` to TPR 0.9 and the given TNR."""

    def make(judge: str = "a-model", tnr: float = 0.8) -> CalibrationReport:
        labels = [label(f"y-{n}", "yes") for n in range(10)] + [label(f"n-{n}", "no") for n in range(10)]
        said = [judged(f"y-{n}", "yes" if n < 9 else "no") for n in range(10)]
        said += [judged(f"n-{n}", "no" if n < tnr * 10 else "yes") for n in range(10)]
        return calibration_report(said, labels, judge=judge, criteria=criteria)

    return make


@pytest.fixture
def run(judged: MakeJudged) -> list[Judged]:
    """31 of 50 called specific, two unscored; one of two called answerable."""
    said = [judged(f"s-{n}", "yes" if n < 31 else "no") for n in range(50)]
    said += [judged("s-50", "off_menu"), judged("s-51", "missing")]
    return [*said, judged("a-1", "yes", "answerable"), judged("a-2", "no", "answerable")]


def test_the_share_is_given_as_judged_and_corrected(
    run: list[Judged], criteria: Criteria, calibrated: Callable[..., CalibrationReport]
) -> None:
    report = judge_report(run, judge="a-model", criteria=criteria, calibrated=calibrated())
    specific = report.criteria["specific"]
    assert (0.62, 50) == (specific.rate.value, specific.rate.n)
    assert {Unscored.OFF_MENU: 1, Unscored.MISSING: 1} == specific.unscored
    # (0.62 + 0.8 - 1) / (0.9 + 0.8 - 1) = 0.6
    assert specific.corrected.value == pytest.approx(0.6)
    assert specific.corrected.low < 0.6 < specific.corrected.high
    assert "| specific | 50 | 2 | 0.620 (" in (text := render_judged(report))
    assert "| specific | 20 | 0 | 0.900 (0.596 to 0.982, n = 10) | 0.800 (0.490 to 0.943, n = 10) | 0.700 (" in text
    assert "Labelled by two readers." in text


def test_without_a_calibration_every_figure_says_so(run: list[Judged], criteria: Criteria) -> None:
    report = judge_report(run, judge="a-model", criteria=criteria)
    assert [None, None] == [one.corrected for one in report.criteria.values()]
    rows = [line for line in render_judged(report).splitlines() if line.startswith(("| specific", "| answerable"))]
    assert 2 == len(rows)
    assert all(row.endswith(", uncalibrated | uncalibrated |") for row in rows)


def test_a_criterion_without_labels_is_uncalibrated_beside_one_with(
    run: list[Judged], criteria: Criteria, calibrated: Callable[..., CalibrationReport]
) -> None:
    text = render_judged(judge_report(run, judge="a-model", criteria=criteria, calibrated=calibrated()))
    (answerable,) = (line for line in text.splitlines() if line.startswith("| answerable"))
    (specific,) = (line for line in text.splitlines() if line.startswith("| specific | 50"))
    assert answerable.endswith(", uncalibrated | uncalibrated |")
    assert "uncalibrated" not in specific


def test_a_judge_no_better_than_chance_corrects_nothing(
    run: list[Judged], criteria: Criteria, calibrated: Callable[..., CalibrationReport]
) -> None:
    report = judge_report(run, judge="a-model", criteria=criteria, calibrated=calibrated(tnr=0.1))
    assert report.criteria["specific"].corrected is None
    assert "no better than chance" in render_judged(report)


def test_a_calibration_of_another_judge_or_of_other_criteria_is_refused(
    run: list[Judged], criteria: Criteria, calibrated: Callable[..., CalibrationReport]
) -> None:
    with pytest.raises(InvalidInput, match="is of 'other-model', but 'a-model' judged"):
        judge_report(run, judge="a-model", criteria=criteria, calibrated=calibrated("other-model"))
    changed = criteria.model_copy(update={"sha256": "f" * 64})
    with pytest.raises(InvalidInput, match="other criteria"):
        judge_report(run, judge="a-model", criteria=changed, calibrated=calibrated())


def test_criteria_come_in_the_order_of_their_file_and_only_those_judged(run: list[Judged], criteria: Criteria) -> None:
    assert ["specific", "answerable"] == list(judge_report(run[::-1], judge="m", criteria=criteria).criteria)


def test_repeats_of_a_case_do_not_make_its_interval_narrower(judged: MakeJudged, criteria: Criteria) -> None:
    once = [judged(f"c-{n}", "yes" if n % 2 else "no") for n in range(10)]
    thrice = [one.model_copy(update={"id": f"{one.id}#{n}"}) for one in once for n in range(3)]
    (one, three) = (judge_report(of, judge="m", criteria=criteria).criteria["specific"].rate for of in (once, thrice))
    assert (10, 30) == (one.n, three.n)
    assert three.high - three.low >= one.high - one.low


def test_what_the_judge_rejects_and_what_is_unscored_is_listed_as_plain_text(
    judged: MakeJudged, criteria: Criteria
) -> None:
    rejected = judged("d-1#0:shown.1:specific", "no").model_copy(
        update={"text": "What | <b>now</b>?\n# Not a heading", "reason": "[link](x) `code`"}
    )
    text = render_judged(judge_report([rejected, judged("u", "off_menu")], judge="m", criteria=criteria))
    expected = (
        r"- d-1\#0:shown.1:specific (uncalibrated): What \| \<b\>now\</b\>? \# Not a heading "
        r"Because: \[link\](x) \`code\`"
    )
    assert expected in text.splitlines()
    assert r"- u: off_menu, so it is" in text.splitlines()


def test_a_report_is_written_as_json_and_as_markdown(run: list[Judged], criteria: Criteria, tmp_path: Path) -> None:
    report = judge_report(run, judge="a-model", criteria=criteria)
    write_judged(report, tmp_path)
    written = json.loads((tmp_path / "judge.json").read_text("utf-8"))
    assert ("coach.eval_judge/1", "a-model", 54) == (written["schema"], written["judge"], len(written["judged"]))
    assert render_judged(report) == (tmp_path / "judge.md").read_text("utf-8")
    with pytest.raises(InvalidInput, match="cannot write to"):
        write_judged(report, tmp_path / "none")


def test_a_calibration_is_shown_with_its_judge_and_labels(calibrated: Callable[..., CalibrationReport]) -> None:
    text = render_calibration(calibrated())
    assert "Judge: a-model. Criteria: version 1" in text
    assert "Labelled by two readers." in text
    assert "| specific | 20 | 0 | 0.900 (" in text
