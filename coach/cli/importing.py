"""`coach import`: exports of a CRM become dated snapshots, rosters become people and quotas."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import click

from coach.cli.auditing import audited, came_to
from coach.cli.deal import DAY, today
from coach.cli.forms import print_json

if TYPE_CHECKING:
    from coach.pipeline.rows import Mapping, Unrecognised
    from coach.service.import_report import ImportReport, PeopleReport

_IN_MEMORY = 1 << 24


@click.command("import")
@click.argument("files", metavar="FILES...", nargs=-1, required=True)
@click.option("--as-of", type=DAY, help="The day that the files show; today where not given.")
@click.option("--mapping", "mapping_file", metavar="FILE", help="What the columns are, where Coach does not know them.")
@click.option("--propose", metavar="FILE", help="Write a mapping to look over into a new FILE, and import nothing.")
@click.option("--people", is_flag=True, help="The files are rosters: reps, teams, managers and quotas.")
@click.option("--json", "as_json", is_flag=True, help="Print the report of each file as one JSON document.")
@audited()
def import_(
    files: Sequence[str],
    as_of: date | None,
    mapping_file: str | None,
    propose: str | None,
    *,
    people: bool,
    as_json: bool,
) -> None:
    """Import exports of a CRM: FILES are CSV or JSON of HubSpot, Salesforce, Pipedrive, Dynamics 365 or others.

    Each import is the snapshot of a day. What cannot be read without guessing is told, row by row, and the rest goes
    in. - is standard input.
    """
    if propose is not None:
        _write_proposal(files, propose)
        return
    mapping = mapping_of(mapping_file)
    nothing_kept = False
    read = kept = 0
    for file in files:
        report = asyncio.run(_imported(file, as_of or today(), mapping, people=people))
        read, kept = read + report.read, kept + report.kept
        came_to(read=read, kept=kept)
        nothing_kept |= not (report.kept or getattr(report, "deleted", 0))
        if as_json:
            print_json(report.model_dump(mode="json", by_alias=True))
        else:
            from coach.cli.import_report import print_report

            print_report(report)
    if nothing_kept:
        sys.exit(2)


async def _imported(name: str, as_of: date, mapping: Mapping | None, *, people: bool) -> ImportReport | PeopleReport:
    from coach.errors import InvalidInput
    from coach.pipeline.rows import Unrecognised
    from coach.service.importing import Source
    from coach.wiring import build

    coach = build()
    try:
        pipeline = coach.pipeline
        with opened(name) as (file, title), _progress(title) as progress:
            source = Source(file=file, name=title, mapping=mapping)
            if people:
                return await pipeline.import_people(source)
            return await pipeline.import_opportunities(source, as_of, progress)
    except Unrecognised as error:
        raise InvalidInput(_unrecognised(name, error)) from None
    finally:
        await coach.close()


def _unrecognised(name: str, error: Unrecognised) -> str:
    """What to do with a file that is not known, with the proposal to look over."""
    from coach.cli.terminal import plain

    return (
        f"{plain(error.detail)}\n\nThis could be one:\n\n{plain(error.proposal)}\n"
        f"Save it with `coach import {name} --propose mapping.yaml`, look it over, then import with "
        f"`coach import {name} --mapping mapping.yaml`"
    )


def _write_proposal(files: Sequence[str], target: str) -> None:
    from coach.errors import InvalidInput
    from coach.pipeline.rows import proposal_of

    if len(files) != 1:
        raise InvalidInput("--propose is for one file at a time")
    with opened(files[0]) as (file, title):
        proposal = proposal_of(file, name=title)
    try:
        with Path(target).open("x", encoding="utf-8") as saved:
            saved.write(proposal)
    except (OSError, ValueError) as error:
        raise InvalidInput(f"cannot write {target!r}: {_reason(error)}") from None
    click.echo(f"A mapping to look over is in {target}; import with --mapping {target} once it is right.")


def mapping_of(name: str | None) -> Mapping | None:
    """The mapping file that is named, if one is."""
    if name is None:
        return None
    from coach.cli.input import read_bytes
    from coach.pipeline.rows import read_mapping

    return read_mapping(*read_bytes(name))


@contextmanager
def opened(name: str) -> Iterator[tuple[BinaryIO, str]]:
    """A file, or standard input put aside so that it can be read again, and its name."""
    from coach.errors import InvalidInput

    if name == "-":
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
            yield cast("BinaryIO", file), "standard input"
        return
    path = Path(name)
    try:
        opened = path.open("rb")
    except (OSError, ValueError) as error:
        raise InvalidInput(f"cannot read {name!r}: {_reason(error)}") from None
    with opened:
        if not opened.seekable():
            raise InvalidInput(f"cannot read {name!r} twice; save it to a file first")
        yield opened, path.name


def _reason(error: OSError | ValueError) -> str:
    return os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "not a file name"


@contextmanager
def _progress(title: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on stderr where somebody watches; nothing where nobody does."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.text import Text

    from coach.cli.terminal import plain

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(Text(plain(title)).markup, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
