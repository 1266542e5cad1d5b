"""`coach db`: bring the database to this version, check that it is whole, back it up."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from coach.cli.auditing import audited

if TYPE_CHECKING:
    from coach.settings import Settings
    from coach.store.database import Database
    from coach.store.upkeep import Check

_T = TypeVar("_T")


@click.group()
def db() -> None:
    """Upgrade, check and back up the database: COACH_DATABASE_URL, or the SQLite file in COACH_DATA_DIR.

    Each workspace has its own: a file, or a schema; `check` and `backup` take that of COACH_WORKSPACE.
    """


@db.command()
def upgrade() -> None:
    """Bring the database of each workspace to this version of Coach.

    A SQLite file is brought up to date unasked when it is first used; PostgreSQL only by this command.
    """
    from coach.settings import load_settings
    from coach.wiring.places import workspaces

    places = workspaces(load_settings())
    for name in asyncio.run(places.names()):
        _upgrade(places.store(name).records.database)


def _upgrade(database: Database) -> None:
    from coach.store import upkeep
    from coach.store.migrations import HEAD

    before = _run(database, upkeep.upgrade(database))
    if before == HEAD:
        click.echo(f"{database} is up to date: version {HEAD}")
    elif before is None:
        click.echo(f"{database} is now of version {HEAD}; it had no tables of any version")
    else:
        click.echo(f"{database} is now of version {HEAD}; it was of version {before}")


@db.command()
@click.option("--json", "as_json", is_flag=True, help="Print the results as one JSON document.")
def check(*, as_json: bool) -> None:
    """Check that the database is of this version, as the code has it, and whole; exit 1 where it is not.

    Others may use it meanwhile. Every row is read, which takes minutes where there are millions.
    """
    _, database = _chosen()
    made = _run(database, _checked(database, shown=not as_json))
    passed = all(one.passed for one in made)
    if as_json:
        from coach.cli.forms import print_json

        checks = [{"name": one.name, "passed": one.passed, "detail": one.detail} for one in made]
        print_json({"schema": "coach.db_check/1", "database": str(database), "passed": passed, "checks": checks})
    if not passed:
        sys.exit(1)


@db.command()
@click.argument("to", metavar="TO", type=click.Path(path_type=Path))
@click.option("--overwrite", is_flag=True, help="Replace TO where it is there already.")
@audited()
def backup(to: Path, *, overwrite: bool) -> None:
    """Back the database up into the file TO, while others use it: whole, checked, or not at all.

    A SQLite file becomes another one; PostgreSQL a file of `pg_dump --format=custom`, for `pg_restore`.
    """
    from coach.errors import StoreError
    from coach.store.backup import back_up, remember

    settings, database = _chosen()
    _run(database, back_up(database, to, overwrite=overwrite))
    try:
        _run(database, remember(database, to))
    except StoreError as error:
        click.echo(f"coach: an erasure will not name this backup: {error.detail}", err=True)
    click.echo(f"{database} is backed up in {to} ({to.stat().st_size:,} bytes)")
    if not database.is_file:
        click.echo(f"To restore it into an empty database: pg_restore --no-owner --dbname=DATABASE {to}")
    if not (database.is_file and database.file.resolve() == settings.store.resolve()):
        click.echo(f"Not in it: what models answered and what calls cost on this machine; that is in {settings.store}")


async def _checked(database: Database, *, shown: bool) -> list[Check]:
    from coach.cli.terminal import plain
    from coach.store import upkeep

    if shown:
        click.echo(str(database))
    made = []
    async for one in upkeep.check(database):
        made.append(one)
        if shown:
            click.echo(f"{'ok    ' if one.passed else 'FAILED'}  {one.name:<10}  {plain(one.detail)}")
    return made


def _chosen() -> tuple[Settings, Database]:
    from coach.settings import load_settings
    from coach.wiring.places import workspaces

    settings = load_settings()
    return settings, workspaces(settings).store(settings.workspace).records.database


def _run(database: Database, work: Coroutine[Any, Any, _T]) -> _T:
    async def ended() -> _T:
        try:
            return await work
        finally:
            await database.close()

    return asyncio.run(ended())
