"""The rules measured alone: gold statements in, coverage and claim out, against the gold coverage and claim."""

from __future__ import annotations

from collections.abc import Sequence

from coach.errors import InvalidInput
from coach.evaluation.case import DealCase, LabelledCase
from coach.evaluation.coach_subject import CoachSubject, judged_from_gold
from coach.evaluation.prediction import Prediction
from coach.evaluation.report import Report, build_report
from coach.wiring import Coach

_OF_JUDGEMENT = ("coverage_qwk", "coverage_accuracy", "claim_kappa", "claim_accuracy", "false_established")


def judgement_report(cases: Sequence[LabelledCase], coach: Coach) -> Report:
    """Measure the rules on every deal case.

    Raises:
        InvalidInput: no deal case is among the cases.
    """
    deals = [case for case in cases if isinstance(case, DealCase)]
    if not deals:
        raise InvalidInput("nothing to measure: none of the cases is a deal note")
    predictions = {case.id: [_judged(case, coach)] for case in deals}
    made = {**CoachSubject(coach).provenance(), "engine": "gold statements"}
    for name in ("engine_version", "trained_on"):
        made.pop(name, None)
    report = build_report(deals, predictions, made)
    return report.model_copy(
        update={
            "metrics": {name: report.metrics[name] for name in _OF_JUDGEMENT},
            "slices": {
                name: {figure: metrics[figure] for figure in _OF_JUDGEMENT} for name, metrics in report.slices.items()
            },
            "confusions": {name: report.confusions[name] for name in ("coverage", "claim")},
            "slice_confusions": {},
            "calibration": {},
            "abstention": {},
        }
    )


def _judged(case: DealCase, coach: Coach) -> Prediction:
    return Prediction(
        id=case.id, task=case.task, output=judged_from_gold(case, coach), engine="gold statements", duration_ms=0
    )
