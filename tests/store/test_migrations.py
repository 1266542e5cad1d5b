"""Migrations on SQLite and PostgreSQL: whole or not at all, and to what the code has."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic import command, op
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, Table, inspect

from coach.domain.commitment import Commitment, Owner
from coach.domain.identity import Role
from coach.errors import StoreError
from coach.store.database import Database, revision
from coach.store.migrating import OPTIONS, config, differences, upgrade
from coach.store.migrations import HEAD
from coach.store.records import Records
from coach.store.tables import metadata
from tests.postgres import postgres_database

DAY = date(2026, 3, 1)
STEP = Commitment(id=0, rep="Ilse", what="Call Dana", owner=Owner.REP, due_on=DAY, agreed_on=DAY)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{path}"
    else:
        with postgres_database(empty=True) as address:
            yield address


@pytest.fixture
async def empty(empty_url: str) -> AsyncIterator[Database]:
    opened = Database(empty_url)
    yield opened
    await opened.close()


async def table_names(database: Database) -> set[str]:
    async with database.raw(writes=False) as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    return set(names) - {"sqlite_sequence"}


async def bring_up_to_date(database: Database) -> None:
    async with database.raw() as connection:
        await upgrade(connection)


def fail_at(monkeypatch: pytest.MonkeyPatch, table: str) -> None:
    create = op.create_table

    def failing(name: str, *columns: Any, **options: Any) -> Table:
        if name == table:
            raise RuntimeError("in the middle")
        return create(name, *columns, **options)

    monkeypatch.setattr(op, "create_table", failing)


def test_the_code_needs_the_latest_script() -> None:
    assert [HEAD] == ScriptDirectory.from_config(config()).get_heads()


async def test_an_empty_database_becomes_what_the_code_has_and_goes_back(empty: Database) -> None:
    everything = {*metadata.tables, "alembic_version"}
    await bring_up_to_date(empty)
    async with empty.raw() as connection:
        assert [] == await differences(connection)
        assert HEAD == await connection.run_sync(revision)
    assert everything == await table_names(empty)
    async with empty.raw() as connection:
        await connection.run_sync(lambda sync: command.downgrade(config(sync), "base"))
    assert {"alembic_version"} == await table_names(empty)
    await bring_up_to_date(empty)
    async with empty.raw() as connection:
        assert [] == await differences(connection)
    assert everything == await table_names(empty)


async def test_to_upgrade_again_changes_nothing(empty: Database) -> None:
    await bring_up_to_date(empty)
    records = Records(empty)
    await records.one_on_ones.put("Ilse", DAY, "{}", [STEP])
    await bring_up_to_date(empty)
    assert [STEP.what] == [one.what for one in await records.commitments.of("Ilse", DAY)]


async def test_members_of_the_version_before_keep_their_ids_and_may_be_linked(empty: Database) -> None:
    await bring_up_to_date(empty)
    members = Records(empty).members
    gone = await members.put("tom@example.com", Role.ADMIN, None)
    await members.remove("tom@example.com")
    ruth = await members.put("ruth@example.com", Role.MANAGER, "Ruth Kerr")
    await empty.close()
    async with empty.raw() as connection:
        await connection.run_sync(lambda sync: command.downgrade(config(sync), "0002"))
    await bring_up_to_date(empty)
    assert (ruth,) == await members.all()
    linked = await members.put("ruth@example.com", Role.MANAGER, "Ruth Kerr", "pipedrive:123")
    assert gone.id < ruth.id < linked.id
    assert linked == await members.by_crm_user("pipedrive:123")


async def test_a_migration_that_fails_in_the_middle_leaves_nothing(
    empty: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        fail_at(patched, "findings")
        with pytest.raises(RuntimeError, match="in the middle"):
            await bring_up_to_date(empty)
    assert set() == await table_names(empty)
    await bring_up_to_date(empty)
    async with empty.raw() as connection:
        assert [] == await differences(connection)


async def test_a_migration_that_fails_at_first_use_leaves_what_was_kept_before(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE reviews (kind TEXT, about TEXT, source TEXT, day TEXT, review TEXT)")
        row = ("coach.deal_review/1", "ilse", "0" * 64, "2026-03-01", '{"id": "one"}')
        db.execute("INSERT INTO reviews VALUES (?, ?, ?, ?, ?)", row)
    records = Records(Database(path))
    with monkeypatch.context() as patched:
        fail_at(patched, "corrections")
        with pytest.raises(RuntimeError, match="in the middle"):
            await records.reviews.get("one")
    with closing(sqlite3.connect(path)) as db:
        assert [row] == db.execute("SELECT * FROM reviews").fetchall()
    assert '{"id": "one"}' == await records.reviews.get("one")
    await records.close()


async def test_a_table_that_is_changed_keeps_what_refers_to_it(empty: Database) -> None:
    await bring_up_to_date(empty)
    records = Records(empty)
    await records.one_on_ones.put("Ilse", DAY, "{}", [STEP])
    await empty.close()

    def copy(connection: Connection) -> None:
        operations = Operations(MigrationContext.configure(connection, opts=OPTIONS))
        # SQLite can change no column but in a copy of the table, PostgreSQL in place.
        with operations.batch_alter_table("reps") as batch:
            batch.alter_column("name", nullable=True)

    async with empty.raw() as connection:
        await connection.run_sync(copy)
    assert [STEP.what] == [one.what for one in await records.commitments.of("Ilse", DAY)]


async def test_a_migration_of_a_file_that_leaves_a_row_which_refers_to_nothing_counts_for_nothing(path: Path) -> None:
    database = Database(path)
    await bring_up_to_date(database)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("INSERT INTO replies (review_id, text, made_at) VALUES (7, 'canary', '2026-03-01')")
    with pytest.raises(StoreError, match="a row of replies refers to no reviews; see `coach db check`"):
        await bring_up_to_date(database)


async def test_differences_are_named(empty: Database) -> None:
    await bring_up_to_date(empty)
    async with empty.raw() as connection:
        operations = await connection.run_sync(lambda sync: Operations(MigrationContext.configure(sync)))
        await connection.run_sync(lambda _: operations.drop_index("ix_reviews_review", "reviews"))
        await connection.run_sync(
            lambda _: operations.add_column("teams", Column("motto", metadata.tables["teams"].c.name.type))
        )
    async with empty.raw() as connection:
        found = await differences(connection)
    assert {"add index: ix_reviews_review", "remove column: teams motto"} == set(found)
