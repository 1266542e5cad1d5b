"""`coach eval`: run labelled cases and print what was measured."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from coach.evaluation.report import Report

_PATHS = click.Path(path_type=Path)


@click.group("eval")
def evaluate() -> None:
    """Run labelled cases against Coach."""


@evaluate.command()
@click.argument("cases", nargs=-1, required=True, type=_PATHS)
@click.option("--engine", type=click.Choice(["local"]), help="Which engine reads.  [default: local]")
@click.option("--out", required=True, type=_PATHS, help="Folder to write predictions and report into.")
def run(cases: tuple[Path, ...], engine: str | None, out: Path) -> None:
    """Run CASES (files or folders of .jsonl) and write predictions.jsonl and the report to --out."""
    import asyncio

    from coach.evaluation.case import load_cases
    from coach.evaluation.run import run_cases
    from coach.settings import load_settings
    from coach.wiring import build

    settings = load_settings()
    if engine:
        settings = settings.model_copy(update={"engine": engine})
    report = asyncio.run(run_cases(load_cases(cases), build(settings), out, progress))
    print_report(report)


@evaluate.command()
@click.argument("cases", nargs=-1, required=True, type=_PATHS)
def judgement(cases: tuple[Path, ...]) -> None:
    """Judge the gold statements of CASES: how often the rules give the gold coverage and claim."""
    from coach.evaluation.case import load_cases
    from coach.evaluation.judgement import judgement_report
    from coach.wiring import build

    print_report(judgement_report(load_cases(cases), build()))


def progress(done: int, total: int) -> None:
    """Show how far a run is, where somebody watches."""
    if sys.stderr.isatty():
        click.echo(f"\r{done}/{total} cases", nl=done == total, err=True)


def print_report(report: Report) -> None:
    """Print the figures as Markdown."""
    from coach.evaluation.render import render_markdown

    click.echo(render_markdown(report), nl=False)
