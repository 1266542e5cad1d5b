"""The reports that a run's folder holds, all of them made from the same figures and written part by part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coach.evaluation.case import LabelledCase
from coach.evaluation.files import write_whole
from coach.evaluation.prediction import Predictions
from coach.evaluation.render.judged import judge_cases
from coach.evaluation.render.junit import junit_parts
from coach.evaluation.render.markdown import render_markdown
from coach.evaluation.render.page import page_parts
from coach.evaluation.report import Report

if TYPE_CHECKING:
    from coach.evaluation.comparison import Comparison


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
    judged = judge_cases(cases, predictions)
    written: dict[str, str | Iterable[str]] = {
        "report.json": (report.model_dump_json(by_alias=True, indent=2), "\n"),
        "report.md": render_markdown(report, comparison),
        "report.html": page_parts(report, judged, comparison),
        "junit.xml": junit_parts(report, judged),
    }
    for name, parts in written.items():
        write_whole(out / name, parts)


def write_page(
    report: Report,
    cases: Sequence[LabelledCase],
    predictions: Predictions,
    path: Path,
    comparison: Comparison | None = None,
) -> None:
    """Write the page alone, to a file of its own; otherwise as `write_report`.

    Raises:
        OSError: it cannot be written.
    """
    write_whole(path, page_parts(report, judge_cases(cases, predictions), comparison))
