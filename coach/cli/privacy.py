"""`coach privacy`: delete what has grown too old, export what is held on a person, erase it."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

import click

from coach.cli.auditing import audited, came_to
from coach.cli.forms import print_json
from coach.cli.workspace import workspace_option

if TYPE_CHECKING:
    from coach.service.privacy import Erasure
    from coach.wiring.privacy import Privacy

_Result = TypeVar("_Result")
_also_option = click.option(
    "--also", "also", multiple=True, metavar="NAME", help="Another name that texts call them by; may be repeated."
)
_json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group()
def privacy() -> None:
    """Delete what has grown too old, and export or erase what is held on a person."""


@privacy.command()
@click.option("--dry-run", is_flag=True, help="Count, and delete nothing.")
@workspace_option
@_json_option
@audited()
def prune(workspace: str | None, *, dry_run: bool, as_json: bool) -> None:
    """Delete what is older than the workspace's settings say: see `coach workspace show`.

    A service does so by itself, once a day.
    """
    from coach.errors import Conflict

    done = _run(workspace, lambda privacy: privacy.prune(dry_run=dry_run))
    if done is None:
        raise Conflict("another process is deleting what has grown too old; let it end")
    came_to(rows=done.rows, dry_run=dry_run)
    if as_json:
        print_json(done.model_dump(mode="json", by_alias=True))
        return
    if done.texts_before is None and done.crm_before is None:
        click.echo("Everything is kept: neither retention_days nor retention_crm_days is set.")
    _show_rows(done.rows, "would be deleted" if dry_run else "deleted")


@privacy.command()
@click.argument("person", metavar="NAME")
@_also_option
@click.option("--out", type=click.Path(path_type=Path), help="The file to write; standard output where not given.")
@workspace_option
@audited("person")
def export(person: str, also: Sequence[str], out: Path | None, workspace: str | None) -> None:
    """Export everything that is held on a person, as one JSON document.

    NAME is a rep or manager as the roster has it, or anybody whom texts name, such as a customer's contact.
    """

    async def written(privacy: Privacy) -> None:
        async with aclosing(privacy.export(person, also)) as pieces:
            first = await anext(pieces)  # what cannot be read makes no file
            with nullcontext(sys.stdout) if out is None else _new_file(out) as file:
                file.write(first)
                async for piece in pieces:
                    file.write(piece)

    _run(workspace, written)
    if out is not None:
        click.echo(f"written to {out}, which only you may read", err=True)


@privacy.command()
@click.argument("person", metavar="NAME")
@_also_option
@click.option("--mentions", is_flag=True, help="Also erase every text that names them, whomever it is about.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@workspace_option
@_json_option
@audited("person")
def erase(person: str, also: Sequence[str], workspace: str | None, *, mentions: bool, yes: bool, as_json: bool) -> None:
    """Erase a person: every row, what is cached, and the bytes on the disk. It cannot be undone.

    What the CRM says of the company's deals stays, without the person. Without --yes it counts first, and asks.
    """

    async def erased(privacy: Privacy, *, dry_run: bool) -> Erasure:
        return await privacy.erase(person, also, mentions=mentions, dry_run=dry_run)

    if not yes:
        counted = _run(workspace, lambda privacy: erased(privacy, dry_run=True))
        _show_rows(counted.rows, "to be erased, or relieved of the name", err=True)
        click.confirm("Erase them?", abort=True, err=True)
    done = _run(workspace, lambda privacy: erased(privacy, dry_run=False))
    came_to(rows=done.rows, mentions=mentions)
    if as_json:
        print_json(done.model_dump(mode="json", by_alias=True))
    else:
        _show(done)
    if not all(one.done for one in done.rewritten):
        sys.exit(1)


def _show(done: Erasure) -> None:
    _show_rows(done.rows, "erased, or relieved of the name")
    for one in done.rewritten:
        click.echo(f"{one.place}: {'written anew' if one.done else 'NOT DONE'}{f'; {one.left}' if one.left else ''}")
    for backup in done.backups:
        gone = "" if backup.there else " (not on this machine)"
        click.echo(f"backup of {backup.made_at:%Y-%m-%d %H:%M} still holds it: {backup.place}{gone}")
    for left in done.left:
        click.echo(f"not reached: {left}")


def _show_rows(rows: dict[str, int], what: str, *, err: bool = False) -> None:
    for table, count in rows.items():
        click.echo(f"{count:>8,}  {table}", err=err)
    click.echo(f"{sum(rows.values()):,} rows {what}", err=err)


def _new_file(out: Path) -> TextIO:
    from coach.errors import InvalidInput

    try:
        return os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"{out}: cannot be written: {error.strerror}; name a new file") from None


def _run(workspace: str | None, do: Callable[[Privacy], Awaitable[_Result]]) -> _Result:
    from coach.settings import load_settings
    from coach.wiring.privacy import privacy_of

    async def done() -> _Result:
        settings = load_settings()
        async with privacy_of(settings, workspace or settings.workspace) as privacy:
            return await do(privacy)

    return asyncio.run(done())
