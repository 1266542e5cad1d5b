"""A judge for prose, off by default: nothing that runs an evaluation imports it, and no figure of a run needs it.

It is asked by files, in the format that batch endpoints take, so that any model can be the judge.
"""

from coach.evaluation.judge.batch import export_requests, import_responses
from coach.evaluation.judge.calibration import calibration_report, read_calibration
from coach.evaluation.judge.criteria import Criteria, load_criteria
from coach.evaluation.judge.item import Item, items_of
from coach.evaluation.judge.label import labelled_items, load_labels
from coach.evaluation.judge.render import render_calibration, render_judged, write_judged
from coach.evaluation.judge.report import judge_report
from coach.evaluation.judge.verdict import Judged

__all__ = [
    "Criteria",
    "Item",
    "Judged",
    "calibration_report",
    "export_requests",
    "import_responses",
    "items_of",
    "judge_report",
    "labelled_items",
    "load_criteria",
    "load_labels",
    "read_calibration",
    "render_calibration",
    "render_judged",
    "write_judged",
]
