"""Metrics: each case is tallied once; every figure comes from a sum of tallies, so that a bootstrap only adds."""

from coach.domain.measured import Metric
from coach.evaluation.metrics.abstention import AtCoverage, accuracy_at_coverage
from coach.evaluation.metrics.attack import ATTACK, attack_tally, steered
from coach.evaluation.metrics.calibration import Calibration, Point, calibrate, points
from coach.evaluation.metrics.confusion import Confusion, confusion
from coach.evaluation.metrics.interval import measure
from coach.evaluation.metrics.outcome import PRIMARY, checks, grades
from coach.evaluation.metrics.repeats import Repeats, measure_repeats
from coach.evaluation.metrics.tally import Share, Tally, TaskMetrics
from coach.evaluation.metrics.task import POOLED, TASKS, case_tally

__all__ = [
    "ATTACK",
    "POOLED",
    "PRIMARY",
    "TASKS",
    "AtCoverage",
    "Calibration",
    "Confusion",
    "Metric",
    "Point",
    "Repeats",
    "Share",
    "Tally",
    "TaskMetrics",
    "accuracy_at_coverage",
    "attack_tally",
    "calibrate",
    "case_tally",
    "checks",
    "confusion",
    "grades",
    "measure",
    "measure_repeats",
    "points",
    "steered",
]
