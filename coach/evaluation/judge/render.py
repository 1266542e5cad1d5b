"""A judge's report and calibration in Markdown; what a model or a note said is shown as text, never as markup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from coach.evaluation.files import write_whole, writing_to
from coach.evaluation.judge.calibration import CalibrationReport, JudgeCalibration
from coach.evaluation.judge.estimate import Estimate
from coach.evaluation.judge.report import CriterionReport, JudgeReport
from coach.evaluation.judge.verdict import JudgeVerdict
from coach.text.markdown import escaped


def render_judged(report: JudgeReport, *, listed: bool = True) -> str:
    """The report as Markdown: every share with what is known of the judge beside it.

    Args:
        report: What the judge said.
        listed: Name each text that it said no to, or nothing.
    """
    lines = ["# Judged prose", "", *_made(report), ""]
    lines += ["| criterion | scored | unscored | yes, as judged | yes, corrected |", "|---|---|---|---|---|"]
    for name, one in report.criteria.items():
        unscored = sum(one.unscored.values())
        lines.append(f"| {escaped(name)} | {one.rate.n} | {unscored} | {_raw(one)} | {_corrected(one)} |")
    known = {name: one.calibration for name, one in report.criteria.items() if one.calibration}
    if known:
        lines += ["", "## The judge against labels", "", f"Labelled by {_by(report.labelled_by)}.", ""]
        lines += _calibrations(known)
    if listed:
        lines += _listed(report)
    return "\n".join(lines) + "\n"


def render_calibration(report: CalibrationReport) -> str:
    """A calibration as Markdown."""
    lines = ["# Calibration of a judge", "", *_made(report), f"Labelled by {_by(report.labelled_by)}.", ""]
    return "\n".join([*lines, *_calibrations(report.criteria)]) + "\n"


def write_judged(report: JudgeReport, folder: Path) -> None:
    """Write `judge.json` and `judge.md` into a folder.

    Raises:
        InvalidInput: the folder cannot be written to.
    """
    with writing_to(folder):
        write_whole(folder / "judge.json", report.model_dump_json(by_alias=True, indent=1) + "\n")
        write_whole(folder / "judge.md", render_judged(report))


def _made(report: JudgeReport | CalibrationReport) -> list[str]:
    criteria = f"version {report.criteria_version} (sha256 {report.criteria_sha256[:12]})"
    return [f"Judge: {escaped(report.judge)}. Criteria: {criteria}."]


def _by(labelled_by: tuple[str, ...]) -> str:
    return "; ".join(map(escaped, labelled_by))


def _raw(of: CriterionReport) -> str:
    return _figure(of.rate) + ("" if of.calibration else ", uncalibrated")


def _corrected(of: CriterionReport) -> str:
    if of.calibration is None:
        return "uncalibrated"
    return _figure(of.corrected) if of.corrected else "none: on the labels the judge is no better than chance"


def _calibrations(known: Mapping[str, JudgeCalibration]) -> Iterator[str]:
    yield "| criterion | labels | unscored | TPR | TNR | kappa |"
    yield "|---|---|---|---|---|---|"
    for name, one in known.items():
        figures = " | ".join(map(_figure, (one.tpr, one.tnr, one.kappa)))
        yield f"| {escaped(name)} | {one.n} | {one.unscored} | {figures} |"


def _listed(report: JudgeReport) -> Iterator[str]:
    rejected = [one for one in report.judged if one.verdict is JudgeVerdict.NO]
    if rejected:
        yield from ("", "## What the judge says no to", "")
        for one in rejected:
            beside = "" if report.criteria[one.criterion].calibration else " (uncalibrated)"
            yield f"- {escaped(one.id)}{beside}: {escaped(one.text)} Because: {escaped(one.reason) or '-'}"
    unscored = [one for one in report.judged if one.unscored]
    if unscored:
        yield from ("", "## Unscored", "")
        yield from (f"- {escaped(one.id)}: {escaped(str(one.unscored))}, {escaped(one.reason)}" for one in unscored)


def _figure(of: Estimate) -> str:
    if of.value is None:
        return "-"
    ends = "no interval" if of.low is None or of.high is None else f"{of.low:.3f} to {of.high:.3f}"
    return f"{of.value:.3f} ({ends}, n = {of.n})"
