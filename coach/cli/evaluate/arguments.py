"""Arguments and options that several `coach eval` commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from coach.evaluation.case import LabelledCase
    from coach.evaluation.run import Run

PATHS = click.Path(path_type=Path)
FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)

cases_argument = click.argument("cases", nargs=-1, required=True, type=PATHS)
where_option = click.option(
    "--where",
    multiple=True,
    metavar="NAME=VALUE",
    help="Only cases with this tag, task, split, id, cluster or named slice; != excludes. May be repeated.",
)
labels_option = click.option(
    "--cases",
    "labels",
    multiple=True,
    type=PATHS,
    help="Take the cases and their labels from here.  [default: those the run kept]",
)
overwrite_option = click.option("--overwrite", is_flag=True, help="Replace another run that --out holds.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")


def chosen(paths: tuple[Path, ...], where: tuple[str, ...] = ()) -> tuple[LabelledCase, ...]:
    """Load the cases of these paths that meet every condition.

    Raises:
        InvalidInput: something is not a case, or none is left.
    """
    from coach.evaluation.case import load_cases, select

    return select(load_cases(paths), where)


def opened(folder: Path, labels: tuple[Path, ...] = ()) -> Run:
    """Open a run, with its own labels or those given.

    Raises:
        InvalidInput: the folder is no run, or the cases given are not the ones that were asked.
    """
    from coach.evaluation.run import open_run

    return open_run(folder, chosen(labels) if labels else None)
