"""The report of an import at a terminal: what went in, what the source lacks, and what is to be looked at."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from coach.cli.terminal import plain, rows, section, show
from coach.service.import_report import ImportReport, PeopleReport, RowProblem

_MOST_OF_A_CODE = 5
"""Problems of one kind that are shown; `--json` has more."""
_TITLES = {"hubspot": "HubSpot", "salesforce": "Salesforce", "pipedrive": "Pipedrive", "dynamics": "Dynamics 365"}


def print_report(report: ImportReport | PeopleReport) -> None:
    """Print what became of a file."""
    show(Group(*_parts(report)))


def _parts(report: ImportReport | PeopleReport) -> Iterator[RenderableType]:
    yield Text.assemble((plain(report.source), "bold"), f"  {_title(report)}")
    yield Text(_counts(report))
    if isinstance(report, ImportReport):
        if report.missing:
            yield Text(f"Not in this source: {', '.join(report.missing)}.")
        if report.new_reps:
            yield Text(f"New reps: {plain(', '.join(report.new_reps))}.")
    yield section("Columns", rows((Text(field), Text(plain(header))) for field, header in report.columns.items()))
    if report.counts:
        yield section("To look at", Group(*_problems(report)))


def _title(report: ImportReport | PeopleReport) -> str:
    if isinstance(report, PeopleReport):
        return "roster"
    return f"{_TITLES.get(report.crm, report.crm)}, as of {report.as_of}"


def _counts(report: ImportReport | PeopleReport) -> str:
    parts = [f"{report.read:,} row{'' if report.read == 1 else 's'} read", f"{report.kept:,} taken"]
    if report.left_out:
        parts.append(f"{report.left_out:,} left out")
    if isinstance(report, PeopleReport):
        parts.append(f"{report.reps:,} reps, {report.quotas:,} quotas")
    elif report.deleted:
        parts.append(f"{report.deleted:,} deleted in the CRM")
    return ", ".join(parts) + "."


def _problems(report: ImportReport | PeopleReport) -> Iterator[RenderableType]:
    """Kind by kind, the most first; of each the first rows."""
    for code, count in report.counts.items():
        told = [one for one in report.problems if one.code == code]
        shown = told[:_MOST_OF_A_CODE]
        yield Text.assemble((f"{code.replace('_', ' ')}", "bold"), f"  {count:,}")
        yield rows([(Text("  "), Text(_where(one), style="dim"), Text(_said(one))) for one in shown], gap=1)
        if count > len(shown):
            yield Text(f"    … and {count - len(shown):,} more", style="dim")


def _where(one: RowProblem) -> str:
    row = "the file" if one.row is None else f"row {one.row}"
    return f"{row}, {plain(one.column)}:" if one.column else f"{row}:"


def _said(one: RowProblem) -> str:
    value = f"{plain(one.value)!r}: " if one.value is not None else ""
    return f"{value}{plain(one.message)}{'' if one.kept else ' (row left out)'}"
