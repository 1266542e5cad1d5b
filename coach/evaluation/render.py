"""A report for people: Markdown for a CI summary, and one HTML page that needs no network."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from coach.evaluation.metrics import Metric
from coach.evaluation.report import Report

HEADLINES = (
    "kind_macro_f1",
    "centre_character_f1",
    "seller_called_buyer",
    "coverage_qwk",
    "claim_kappa",
    "false_established",
    "ungrounded",
)
"""The figures that a deal run is judged by, in the order they are read."""


def render_markdown(report: Report) -> str:
    """The report as Markdown."""
    lines = ["# Evaluation", "", "| figure | value | 95 % interval | cases |", "|---|---|---|---|"]
    lines += [f"| {' | '.join(row)} |" for row in _rows(report.metrics)]
    for title, items in _lists(report):
        lines += ["", f"## {title}", "", *(f"- {item}" for item in items)]
    return "\n".join(lines) + "\n"


def _rows(metrics: dict[str, Metric]) -> Iterable[tuple[str, str, str, str]]:
    first = [name for name in HEADLINES if name in metrics]
    for name in [*first, *(name for name in metrics if name not in first)]:
        metric = metrics[name]
        interval = f"{number(metric.low)} to {number(metric.high)}"
        yield name, number(metric.value), interval, str(metric.n)


def _lists(report: Report) -> Iterable[tuple[str, list[str]]]:
    if report.attacks:
        yield "Attacks that worked", [f"{id_}: {', '.join(ways)}" for id_, ways in sorted(report.attacks.items())]
    if report.errors:
        title = f"{len(report.errors)} cases failed, and count as wrong"
        yield title, [f"{id_}: {detail}" for id_, detail in sorted(report.errors.items())]
    yield "Provenance", [f"{name}: {value}" for name, value in report.provenance.items()]


def number(value: float | None) -> str:
    """Three decimals for a ratio, none for a count."""
    if value is None:
        return "-"
    return f"{value:.0f}" if value == int(value) and abs(value) != 1 else f"{value:.3f}"


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Evaluation</title>
<style>
:root {{ color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }}
body {{ max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }}
table {{ border-collapse: collapse; }}
td, th {{ padding: .25rem 1rem .25rem 0; text-align: left; border-bottom: 1px solid #8884; }}
td {{ font-variant-numeric: tabular-nums; }}
</style></head><body>
<h1>Evaluation</h1>
{body}
</body></html>
"""


def render_html(report: Report) -> str:
    """The report as one self-contained page."""
    parts = [_table(report.metrics)]
    for title, lines in _lists(report):
        parts.append(f"<h2>{escape(title)}</h2><ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>")
    for tag, metrics in report.slices.items():
        parts.append(f"<details><summary>{escape(tag)}</summary>{_table(metrics)}</details>")
    return _PAGE.format(body="\n".join(parts))


def _table(metrics: dict[str, Metric]) -> str:
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in _rows(metrics))
    head = "<tr><th>figure</th><th>value</th><th>95 % interval</th><th>cases</th></tr>"
    return f"<table>{head}{rows}</table>"
