"""Reports and comparisons on stdout: laid out for a terminal, Markdown for a pipe or a file."""

from __future__ import annotations

import sys

import click

from coach.evaluation.comparison import Comparison
from coach.evaluation.render.markdown import render_comparison, render_markdown
from coach.evaluation.report import Report


def print_report(report: Report, comparison: Comparison | None = None) -> None:
    """Print a report; what changed since another run comes first, where there is one."""
    if not sys.stdout.isatty():
        click.echo(render_markdown(report, comparison), nl=False)
        return
    from coach.evaluation.render.screen import report_screen, show  # noqa: PLC0415  rich is for a terminal only

    show(report_screen(report, comparison))


def print_comparison(comparison: Comparison) -> None:
    """Print a comparison: the verdict, cases that flipped, whom it touches, every difference."""
    if not sys.stdout.isatty():
        click.echo(render_comparison(comparison), nl=False)
        return
    from coach.evaluation.render.screen import comparison_screen, show  # noqa: PLC0415  rich is for a terminal only

    show(comparison_screen(comparison))
