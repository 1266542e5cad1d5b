"""`coach eval judge`: a model's opinion of prose, by batch files; off unless asked for, and shown with how it errs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coach.cli.evaluate.arguments import FOLDER, PATHS, labels_option, opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.evaluation.judge import Criteria, Item, Judged

_folder_option = click.option(
    "--judge", "folder", default="evals/judge", show_default=True, type=PATHS, help="Folder of criteria and labels."
)
_model_option = click.option("--model", required=True, help="The model that judges; a calibration is of one model.")
_requests_option = click.option("--out", required=True, type=PATHS, help="File to write the requests into.")


@click.group()
def judge() -> None:
    """Have a model judge questions and prescriptions, by files in the OpenAI Batch format."""


@judge.command("export")
@click.argument("run_folder", metavar="RUN", type=FOLDER)
@_model_option
@_requests_option
@_folder_option
@labels_option
def export(run_folder: Path, model: str, out: Path, folder: Path, labels: tuple[Path, ...]) -> None:
    """Write what the judge is to be asked of RUN."""
    from coach.evaluation.judge import export_requests, load_criteria

    written = export_requests(_items(run_folder, labels, load_criteria(folder)), model, out)
    click.echo(f"{written} requests: {out}", err=True)


@judge.command("import")
@click.argument("run_folder", metavar="RUN", type=FOLDER)
@click.argument("responses", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_model_option
@click.option("--calibration", type=PATHS, help="What `calibrate` wrote of this judge.  [default: uncalibrated]")
@_folder_option
@labels_option
def import_(
    run_folder: Path, responses: Path, model: str, calibration: Path | None, folder: Path, labels: tuple[Path, ...]
) -> None:
    """Read the judge's RESPONSES, and write judge.json and judge.md into RUN."""
    from coach.evaluation.judge import (
        import_responses,
        judge_report,
        load_criteria,
        read_calibration,
        render_judged,
        write_judged,
    )

    criteria = load_criteria(folder)
    judged = _some_judged(import_responses(_items(run_folder, labels, criteria), responses))
    known = read_calibration(calibration) if calibration else None
    found = judge_report(judged, judge=model, criteria=criteria, calibrated=known)
    write_judged(found, run_folder)
    click.echo(render_judged(found, listed=False), nl=False)
    click.echo(f"coach: each verdict is in {run_folder / 'judge.md'}", err=True)


@judge.command()
@_model_option
@click.option("--export", "requests", type=PATHS, help="Write what the judge is to be asked of the labelled items.")
@click.option("--import", "responses", type=PATHS, help="Read its answers, and print how it errs.")
@click.option("--out", type=PATHS, help="With --import: write the calibration here, for `coach eval judge import`.")
@_folder_option
def calibrate(model: str, requests: Path | None, responses: Path | None, out: Path | None, folder: Path) -> None:
    """Measure a judge against labels: how often it says yes where the label does, and no where that does."""
    from coach.evaluation.files import write_whole, writing_to
    from coach.evaluation.judge import (
        calibration_report,
        export_requests,
        import_responses,
        labelled_items,
        load_criteria,
        load_labels,
        render_calibration,
    )

    if (requests is None) is (responses is None):
        raise click.UsageError("give --export FILE to write requests, or --import FILE to read responses")
    criteria, labels = load_criteria(folder), load_labels(folder / "labels.jsonl")
    items = labelled_items(labels, criteria)
    if requests:
        click.echo(f"{export_requests(items, model, requests)} requests: {requests}", err=True)
    if responses:
        judged = _some_judged(import_responses(items, responses))
        found = calibration_report(judged, labels, judge=model, criteria=criteria)
        click.echo(render_calibration(found), nl=False)
        if out:
            with writing_to(out):
                write_whole(out, found.model_dump_json(by_alias=True, indent=1) + "\n")


def _items(folder: Path, labels: tuple[Path, ...], criteria: Criteria) -> tuple[Item, ...]:
    from coach.errors import NotMeasured
    from coach.evaluation.judge import items_of

    run = opened(folder, labels)
    items = items_of(run.cases, run.predictions, criteria)
    if not items:
        raise NotMeasured(f"{folder}: no question and no prescription in it; there is nothing to judge")
    return items


def _some_judged(judged: Sequence[Judged]) -> Sequence[Judged]:
    from coach.errors import NotMeasured

    if not any(one.verdict for one in judged):
        raise NotMeasured(f"the judge gave no verdict on any of {len(judged)} texts; there is nothing to measure")
    return judged
