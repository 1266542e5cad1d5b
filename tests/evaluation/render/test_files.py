"""The written reports: the same as the rendered ones, from one judgement of every case, and whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from coach.evaluation.case import LabelledCase
from coach.evaluation.metrics import checks
from coach.evaluation.prediction import Predictions
from coach.evaluation.render import judged, render_html, render_junit, render_markdown, write_page, write_report
from coach.evaluation.report import Report
from tests.evaluation.render.made import comparison


def test_the_files_are_what_is_rendered(
    report: Report, cases: Sequence[LabelledCase], predictions: Predictions, tmp_path: Path
) -> None:
    write_report(report, cases, predictions, tmp_path, comparison())
    written = {file.name: file.read_text("utf-8") for file in tmp_path.iterdir()}
    assert {
        "report.json": report.model_dump_json(by_alias=True, indent=2) + "\n",
        "report.md": render_markdown(report, comparison()),
        "report.html": render_html(report, cases, predictions, comparison()),
        "junit.xml": render_junit(report, cases, predictions),
    } == written


def test_the_page_alone_is_the_same_page(
    report: Report, cases: Sequence[LabelledCase], predictions: Predictions, tmp_path: Path
) -> None:
    write_page(report, cases, predictions, tmp_path / "page.html", comparison())
    assert render_html(report, cases, predictions, comparison()) == (tmp_path / "page.html").read_text("utf-8")


def test_a_case_is_judged_once_for_all_files(
    report: Report,
    cases: Sequence[LabelledCase],
    predictions: Predictions,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[str] = []

    def counted(case: LabelledCase, *outputs: object) -> dict[str, bool]:
        seen.append(case.id)
        return checks(case, *outputs)  # type: ignore[arg-type]

    monkeypatch.setattr(judged, "checks", counted)
    write_report(report, cases, predictions, tmp_path)
    assert [case.id for case in cases] == seen


@pytest.mark.parametrize("module", ["click", "coach.evaluation.comparison", "coach.evaluation.render.terminal"])
def test_an_evaluation_loads_neither_the_terminal_nor_comparisons(module: str) -> None:
    code = f"import sys, coach.evaluation.evaluate; sys.exit({module!r} in sys.modules)"
    assert 0 == subprocess.run([sys.executable, "-c", code], check=False).returncode
