"""`coach eval run`, and what can be done with one run: score it again, print it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coach.cli.engines import chosen_settings, engine_options
from coach.cli.evaluate.arguments import (
    FOLDER,
    PATHS,
    cases_argument,
    chosen,
    json_option,
    labels_option,
    opened,
    overwrite_option,
    where_option,
)

if TYPE_CHECKING:
    from coach.evaluation.report import Report

_AT_ONCE = {"local": 1}
"""Cases asked at once, by engine: more would only wait for one another, and be timed while they wait."""


@click.command()
@cases_argument
@engine_options
@click.option("--out", required=True, type=PATHS, help="Folder to write predictions and reports into.")
@where_option
@click.option("--repeat", default=1, show_default=True, type=click.IntRange(1), help="Times each case is asked.")
@click.option(
    "--concurrency",
    type=click.IntRange(1),
    help="Cases asked at once.  [default: 8; 1 of the embedded engine, which reads one note at a time]",
)
@click.option(
    "--timeout", default=120.0, show_default=True, type=click.FloatRange(0.001), help="Seconds an answer may take."
)
@click.option("--replay", is_flag=True, help="Ask nobody: only recorded answers, no network.")
@click.option("--cache/--no-cache", default=True, show_default=True, help="Keep answers for later runs, and use them.")
@overwrite_option
@json_option
def run(
    cases: tuple[Path, ...],
    engine: str | None,
    model: str | None,
    out: Path,
    where: tuple[str, ...],
    repeat: int,
    concurrency: int | None,
    timeout: float,
    *,
    replay: bool,
    cache: bool,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Run CASES (files, folders, globs) and write predictions.jsonl and the reports to --out.

    Stopped and run again with the same --out, it goes on where it stopped.
    """
    import asyncio
    from contextlib import ExitStack

    from coach.evaluation.coach_subject import CoachSubject
    from coach.evaluation.evaluate import evaluate
    from coach.evaluation.run import AT_ONCE, AnswerCache, RunOptions
    from coach.wiring import build

    settings = chosen_settings(engine, model)
    at_once = concurrency or _AT_ONCE.get(settings.engine_name, AT_ONCE)
    options = RunOptions(repeat=repeat, concurrency=at_once, timeout_s=timeout, replay=replay)
    todo = chosen(cases, where)
    with ExitStack() as stack:
        answers = stack.enter_context(AnswerCache(settings.eval_cache)) if cache else None
        coach = build(settings, measured=True)

        async def measured() -> Report:
            try:
                return await evaluate(
                    todo, CoachSubject(coach), out, options=options, cache=answers, overwrite=overwrite
                )
            finally:
                await coach.close()

        report = asyncio.run(measured())
    show(report, as_json=as_json)
    say_failed(report)


@click.command()
@click.argument("run_folder", metavar="RUN", type=FOLDER)
@labels_option
@json_option
def rescore(run_folder: Path, labels: tuple[Path, ...], *, as_json: bool) -> None:
    """Compute the figures of RUN again from its stored outputs, and write its reports again."""
    from coach.evaluation import evaluate

    made = evaluate.rescore(opened(run_folder, labels))
    show(made, as_json=as_json)
    say_failed(made)


@click.command()
@click.argument("run_folder", metavar="RUN", type=FOLDER)
@click.option("--baseline", type=FOLDER, help="An earlier run: what flipped since comes first.")
@click.option("--html", type=PATHS, help="Write the page here, too.")
@click.option("--common", is_flag=True, help="With --baseline: compare the cases that both have.")
@labels_option
@json_option
def report(
    run_folder: Path, baseline: Path | None, html: Path | None, labels: tuple[Path, ...], *, common: bool, as_json: bool
) -> None:
    """Print the figures of RUN."""
    from coach.cli.evaluate.comparing import compared
    from coach.evaluation.files import writing_to
    from coach.evaluation.render import write_page
    from coach.evaluation.render.terminal import print_report
    from coach.evaluation.report import build_report

    run = opened(run_folder, labels)
    made = build_report(run.cases, run.predictions, run.manifest.provenance, repeat=run.manifest.repeat)
    comparison = compared(baseline, run, common=common) if baseline else None
    if html:
        with writing_to(html):
            write_page(made, run.cases, run.predictions, html, comparison)
    if as_json:
        show(made, as_json=True)
    else:
        print_report(made, comparison)
    say_failed(made)


@click.command()
@cases_argument
@json_option
def judgement(cases: tuple[Path, ...], *, as_json: bool) -> None:
    """Judge the gold statements of CASES: how often the rules give the gold coverage and claim."""
    from coach.evaluation.judgement import judgement_report
    from coach.wiring import build

    show(judgement_report(chosen(cases), build()), as_json=as_json)


@click.command()
def schema() -> None:
    """Print the JSON Schema of a case, for an editor."""
    from coach.evaluation.case.schema import case_schema

    click.echo(case_schema(), nl=False)


def show(report: Report, *, as_json: bool) -> None:
    """Print a report, for people or as JSON."""
    from coach.evaluation.render.terminal import print_report

    if as_json:
        click.echo(report.model_dump_json(by_alias=True, indent=2))
    else:
        print_report(report)


def say_failed(report: Report) -> None:
    """Say on stderr that cases failed; a run in which all did has measured nothing.

    Raises:
        NotMeasured: no case was answered.
    """
    from coach.errors import NotMeasured

    if not report.errors:
        return
    failed = f"{len(report.errors)} cases failed, and count as wrong; the first: {next(iter(report.errors.values()))}"
    if report.spending.asked + report.spending.cached == 0:
        raise NotMeasured(f"nothing was measured: {failed}")
    click.echo(f"coach: {failed}", err=True)
