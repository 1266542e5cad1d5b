"""Brings a database to the version that this code needs, and checks that it is as the code has it. Loads alembic."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from coach.errors import StoreError
from coach.store.database import revision
from coach.store.tables import metadata

_LOCK = 0x_C0AC_4DB0
"""Whoever migrates a PostgreSQL database holds this advisory lock; any number would do."""
_OTHERS = frozenset({"readings", "bookings", "sqlite_sequence"})
"""Tables of the same file that are not migrated: see `coach.store.local_file`."""


def _is_ours(name: str | None, kind: str, _: object) -> bool:
    return kind != "table" or name not in _OTHERS


OPTIONS: dict[str, Any] = {
    "target_metadata": metadata,
    "render_as_batch": True,
    "compare_type": True,
    "include_name": _is_ours,
    "transactional_ddl": True,
    # The connection's transaction is the caller's: several migrations count together or not at all.
    "transaction_per_migration": False,
}


def config(connection: Connection | None = None) -> Config:
    """What alembic needs to know."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


async def upgrade(connection: AsyncConnection) -> None:
    """Bring the database to this code's version, within the connection's transaction; others wait for it.

    Raises:
        StoreError: a newer version of Coach has written it.
    """
    await connection.run_sync(_upgrade)


async def differences(connection: AsyncConnection) -> list[str]:
    """How the tables differ from what the code has; empty where they do not."""
    return await connection.run_sync(_differences)


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    found = revision(connection)
    migrations = _migrations()
    known = {script.revision for script in migrations.walk_revisions()}
    if found is not None and found not in known:
        raise StoreError(
            f"the database is of version {found}, and this version of Coach knows versions up to {max(known)}; use "
            "the version of Coach that wrote it"
        )
    try:
        with EnvironmentContext(config(connection), migrations, fn=_to_head):
            migrations.run_env()
    except CommandError as error:
        raise StoreError(f"the database cannot be brought up to date: {error}") from None
    if connection.dialect.name == "sqlite":
        # On a connection that migrates SQLite does not look at each row.
        lost = connection.execute(text("PRAGMA foreign_key_check")).first()
        if lost is not None:
            raise StoreError(
                f"the database cannot be brought up to date: a row of {lost[0]} refers to no {lost[2]}; see "
                "`coach db check`"
            )


def _to_head(found: Any, _: MigrationContext) -> Any:  # noqa: ANN401  what alembic passes on to itself
    return _migrations()._upgrade_revs("head", found)  # noqa: SLF001  so the command `upgrade` of alembic does


@cache
def _migrations() -> ScriptDirectory:
    """The migrations, read once: that takes as long as to run them on an empty file."""
    return ScriptDirectory.from_config(config())


def _differences(connection: Connection) -> list[str]:
    context = MigrationContext.configure(connection, opts=OPTIONS)
    return [_named(one) for one in compare_metadata(context, metadata)]


def _named(difference: Any) -> str:  # noqa: ANN401  alembic gives tuples, and lists of tuples, of many forms
    if isinstance(difference, list):
        return "; ".join(_named(one) for one in difference)
    what, *about = difference
    names = (getattr(one, "name", one) for one in about if isinstance(one, str) or hasattr(one, "name"))
    return f"{what.replace('_', ' ')}: {' '.join(str(name) for name in names if name)}"
