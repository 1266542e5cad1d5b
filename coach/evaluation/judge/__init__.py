"""A judge for prose, off by default: nothing that runs an evaluation imports it, and no figure of a run needs it."""

from coach.evaluation.judge.ask import Asker, judge
from coach.evaluation.judge.batch import export_requests, import_responses
from coach.evaluation.judge.calibration import (
    CalibrationReport,
    JudgeCalibration,
    calibration,
    calibration_report,
    read_calibration,
)
from coach.evaluation.judge.criteria import Criteria, Criterion, Prose, load_criteria
from coach.evaluation.judge.estimate import Estimate, Rate, corrected_rate
from coach.evaluation.judge.item import Item, items_of
from coach.evaluation.judge.label import JudgeLabel, labelled_items, load_labels
from coach.evaluation.judge.render import render_calibration, render_judged, write_judged
from coach.evaluation.judge.replies import ReplyCache
from coach.evaluation.judge.report import CriterionReport, JudgeReport, judge_report
from coach.evaluation.judge.verdict import Judged, JudgeVerdict, Unscored, parse_reply

__all__ = [
    "Asker",
    "CalibrationReport",
    "Criteria",
    "Criterion",
    "CriterionReport",
    "Estimate",
    "Item",
    "JudgeCalibration",
    "JudgeLabel",
    "JudgeReport",
    "JudgeVerdict",
    "Judged",
    "Prose",
    "Rate",
    "ReplyCache",
    "Unscored",
    "calibration",
    "calibration_report",
    "corrected_rate",
    "export_requests",
    "import_responses",
    "items_of",
    "judge",
    "judge_report",
    "labelled_items",
    "load_criteria",
    "load_labels",
    "parse_reply",
    "read_calibration",
    "render_calibration",
    "render_judged",
    "write_judged",
]
