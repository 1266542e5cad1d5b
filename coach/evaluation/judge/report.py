"""What a judge found in a run: `coach.eval_judge/1`. No share stands without what is known of its judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from coach.domain.base import Frozen
from coach.errors import InvalidInput
from coach.evaluation.judge.calibration import CalibrationReport, JudgeCalibration
from coach.evaluation.judge.criteria import Criteria
from coach.evaluation.judge.estimate import Estimate, Rate, corrected, rate
from coach.evaluation.judge.verdict import Judged, JudgeVerdict, Unscored


class CriterionReport(Frozen):
    """One criterion over a run."""

    rate: Rate
    """Share of the scored items that the judge calls `yes`, as it says."""
    corrected: Estimate | None
    """The same share, corrected for the judge's known errors; None without a calibration that allows it."""
    unscored: dict[Unscored, int]
    """Items without a verdict, by reason."""
    calibration: JudgeCalibration | None
    """None: the judge is uncalibrated here, and nothing is known of how it errs."""


class JudgeReport(Frozen):
    """All that one judge said of one run."""

    schema_: Literal["coach.eval_judge/1"] = Field(default="coach.eval_judge/1", alias="schema")
    judge: str
    criteria_version: int
    criteria_sha256: str
    labelled_by: tuple[str, ...]
    """Who made the labels that the judge was calibrated against."""
    labels_sha256: str | None
    criteria: dict[str, CriterionReport]
    judged: tuple[Judged, ...]


def judge_report(
    judged: Sequence[Judged], *, judge: str, criteria: Criteria, calibrated: CalibrationReport | None = None
) -> JudgeReport:
    """Sum up a judged run.

    Args:
        judged: What was judged.
        judge: The model that did, and its parameters.
        criteria: What it was asked.
        calibrated: What is known of this judge.

    Raises:
        InvalidInput: the calibration is of another judge, or of other criteria.
    """
    if calibrated:
        _check_same(calibrated, judge, criteria)
    known = calibrated.criteria if calibrated else {}
    found = {one.criterion for one in judged}
    return JudgeReport(
        judge=judge,
        criteria_version=criteria.version,
        criteria_sha256=criteria.sha256,
        labelled_by=calibrated.labelled_by if calibrated else (),
        labels_sha256=calibrated.labels_sha256 if calibrated else None,
        criteria={
            id_: _of_criterion([one for one in judged if one.criterion == id_], known.get(id_))
            for id_ in criteria.criteria
            if id_ in found
        },
        judged=tuple(judged),
    )


def _check_same(calibrated: CalibrationReport, judge: str, criteria: Criteria) -> None:
    if calibrated.judge != judge:
        raise InvalidInput(f"the calibration is of {calibrated.judge!r}, but {judge!r} judged; calibrate that one")
    if calibrated.criteria_sha256 != criteria.sha256:
        raise InvalidInput("the calibration was made with other criteria or another prompt; calibrate again")


def _of_criterion(judged: Sequence[Judged], known: JudgeCalibration | None) -> CriterionReport:
    scored = [one for one in judged if one.verdict]
    observed = rate([one.verdict is JudgeVerdict.YES for one in scored], [one.group for one in scored])
    return CriterionReport(
        rate=observed,
        corrected=corrected(observed, known.tpr, known.tnr) if known else None,
        unscored=dict(Counter(one.unscored for one in judged if one.unscored)),
        calibration=known,
    )
