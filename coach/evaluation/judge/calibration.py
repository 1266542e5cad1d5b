"""How far a judge can be trusted: its verdicts against those of whoever labelled the same texts."""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from coach.domain.base import Frozen
from coach.errors import InvalidInput
from coach.evaluation.judge.criteria import Criteria
from coach.evaluation.judge.estimate import Estimate, Rate, rate
from coach.evaluation.judge.label import JudgeLabel
from coach.evaluation.judge.verdict import Judged, JudgeVerdict
from coach.evaluation.metrics.agreement import kappa
from coach.evaluation.statistics import cluster_bootstrap, total

_MENU = tuple(JudgeVerdict)
_Pair = tuple[JudgeVerdict, JudgeVerdict]


class JudgeCalibration(Frozen):
    """A judge against labels, on one criterion."""

    n: int
    """Labels that the judge gave a verdict on; only these are in the figures."""
    unscored: int
    """Labels that it gave none on."""
    tpr: Rate
    """Of what is labelled `yes`, the share that the judge calls so."""
    tnr: Rate
    """Of what is labelled `no`, the share that the judge calls so."""
    kappa: Estimate
    """Agreement beyond chance (Cohen 1960). Its interval has no width where the two never differed."""
    counts: dict[JudgeVerdict, dict[JudgeVerdict, int]]
    """How often each label came with each verdict: label first."""


class CalibrationReport(Frozen):
    """What is known of one judge: `coach.eval_judge_calibration/1`."""

    schema_: Literal["coach.eval_judge_calibration/1"] = Field(default="coach.eval_judge_calibration/1", alias="schema")
    judge: str
    criteria_version: int
    criteria_sha256: str
    labels_sha256: str
    labelled_by: tuple[str, ...]
    criteria: dict[str, JudgeCalibration]


def calibration(judged: Sequence[Judged], labels: Sequence[JudgeLabel]) -> dict[str, JudgeCalibration]:
    """Compare verdicts with labels, criterion by criterion; a label that was not judged is unscored.

    Raises:
        InvalidInput: something was judged that has no label.
    """
    verdicts = {one.id: one.verdict for one in judged}
    unknown = verdicts.keys() - {label.id for label in labels}
    if unknown:
        raise InvalidInput(f"{len(unknown)} judged items have no label, {min(unknown)!r} among them")
    by_criterion: defaultdict[str, list[JudgeLabel]] = defaultdict(list)
    for label in labels:
        by_criterion[label.criterion].append(label)
    return {criterion: _calibrate(of, verdicts) for criterion, of in by_criterion.items()}


def calibration_report(
    judged: Sequence[Judged], labels: Sequence[JudgeLabel], *, judge: str, criteria: Criteria
) -> CalibrationReport:
    """The calibration with what it holds for: this judge, these criteria, these labels.

    Raises:
        InvalidInput: something was judged that has no label.
    """
    digest = hashlib.sha256()
    for label in sorted(labels, key=lambda label: label.id):
        digest.update(label.model_dump_json().encode() + b"\n")
    return CalibrationReport(
        judge=judge,
        criteria_version=criteria.version,
        criteria_sha256=criteria.sha256,
        labels_sha256=digest.hexdigest(),
        labelled_by=tuple(sorted({label.labelled_by for label in labels})),
        criteria=calibration(judged, labels),
    )


def read_calibration(path: Path) -> CalibrationReport:
    """Read a calibration that was written as JSON.

    Raises:
        InvalidInput: the file cannot be read, or holds none.
    """
    try:
        return CalibrationReport.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InvalidInput(f"{path}: cannot be read: {error.strerror}") from None
    except ValidationError:
        raise InvalidInput(f"{path}: not the calibration of a judge; calibrate again") from None


def _calibrate(labels: Sequence[JudgeLabel], verdicts: Mapping[str, JudgeVerdict | None]) -> JudgeCalibration:
    pairs = [(label, verdict) for label in labels if (verdict := verdicts.get(label.id))]
    tallies = [Counter([(label.verdict, verdict)]) for label, verdict in pairs]
    groups = [label.group for label, _ in pairs]
    counts = total(tallies)
    interval = cluster_bootstrap(tallies, groups, _figures)["kappa"]
    value = _figures(counts)["kappa"]
    return JudgeCalibration(
        n=len(pairs),
        unscored=len(labels) - len(pairs),
        tpr=_right(pairs, JudgeVerdict.YES),
        tnr=_right(pairs, JudgeVerdict.NO),
        kappa=Estimate(
            value=None if math.isnan(value) else value,
            low=interval.low if interval else None,
            high=interval.high if interval else None,
            n=len(pairs),
        ),
        counts={label: {said: counts[label, said] for said in _MENU} for label in _MENU},
    )


def _right(pairs: Sequence[tuple[JudgeLabel, JudgeVerdict]], verdict: JudgeVerdict) -> Rate:
    of = [(said is verdict, label.group) for label, said in pairs if label.verdict is verdict]
    return rate([right for right, _ in of], [group for _, group in of])


def _figures(counts: Mapping[_Pair, int]) -> dict[str, float]:
    return {"kappa": kappa([[counts.get((label, said), 0) for said in _MENU] for label in _MENU])}
