"""The reports that a run's folder holds, all of them made from the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from coach.evaluation.case import LabelledCase
from coach.evaluation.comparison import Comparison
from coach.evaluation.files import write_whole
from coach.evaluation.prediction import Predictions
from coach.evaluation.render.junit import render_junit
from coach.evaluation.render.markdown import render_markdown
from coach.evaluation.render.page import render_html
from coach.evaluation.report import Report


def write_report(
    report: Report,
    cases: Sequence[LabelledCase],
    predictions: Predictions,
    out: Path,
    comparison: Comparison | None = None,
) -> None:
    """Write `report.json`, `report.md`, `report.html` and `junit.xml` (Contract 2).

    Args:
        report: The figures.
        cases: The cases they were measured on.
        predictions: What came of each.
        out: Folder to write into.
        comparison: What changed since another run; the page and the Markdown begin with it.

    Raises:
        OSError: the folder cannot be written to.
    """
    written = {
        "report.json": report.model_dump_json(by_alias=True, indent=2) + "\n",
        "report.md": render_markdown(report, comparison),
        "report.html": render_html(report, cases, predictions, comparison),
        "junit.xml": render_junit(report, cases, predictions),
    }
    for name, content in written.items():
        write_whole(out / name, content)
