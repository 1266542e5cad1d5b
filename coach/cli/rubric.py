"""`coach rubric`: what the rubrics say, and whether they are whole."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path


@click.group()
def rubric() -> None:
    """List, show and check the rubrics."""


@rubric.command("list")
def list_() -> None:
    """List the rubrics: id, version, title."""
    from coach.rubrics import available, load

    root = _root()
    for rubric_id in available(root):
        loaded = load(rubric_id, root)
        click.echo(f"{loaded.id}  version {loaded.version}  {loaded.title}")


@rubric.command()
@click.argument("rubric_id")
def show(rubric_id: str) -> None:
    """Show a rubric: what there is to find, and by which rules."""
    from coach.cli.rubric_report import print_rubric
    from coach.rubrics import load

    print_rubric(load(rubric_id, _root()))


@rubric.command()
@click.option("--lock", is_flag=True, help="Record the content of each raised version, so that a later change is seen.")
def check(*, lock: bool) -> None:
    """Check every rubric; name the file and the path of each problem, and exit 1 if there is any."""
    from coach.rubrics import available
    from coach.rubrics import check as checks

    root = _root()
    problems = checks.lock(root) if lock else checks.check(root)
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        sys.exit(1)
    click.echo(f"{len(available(root))} rubrics are sound: {', '.join(available(root))}")


def _root() -> Path | None:
    from coach.settings import load_settings

    return load_settings().rubrics_dir
