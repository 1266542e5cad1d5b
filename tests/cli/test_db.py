"""`coach db`: what it says, and how it ends."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from coach.store import Store
from coach.store.kept import Kept
from coach.store.migrations import HEAD
from tests.cli.conftest import Command
from tests.postgres import postgres_database

CANARY = "Dana signed the order"


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("COACH_DATABASE_URL", raising=False)
    return tmp_path / "data" / "coach.sqlite3"


@pytest.fixture
def empty_postgres(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with postgres_database(empty=True) as url:
        monkeypatch.setenv("COACH_DATABASE_URL", url)
        yield


def keep_a_note(file: Path) -> None:
    async def keep() -> None:
        store = Store(file)
        review = Kept(kind="k", review="1", about="Ilse", role="rep", text=CANARY, day=date(2026, 3, 1), content="{}")
        await store.records.reviews.put(review)
        await store.aclose()

    asyncio.run(keep())


def spoil_the_note(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("UPDATE notes SET text = text || ' never'")


def test_an_upgrade_says_from_which_version_to_which(coach: Command, file: Path) -> None:
    first, second = coach("db", "upgrade"), coach("db", "upgrade")
    assert (0, f"{file} is now of version {HEAD}; it had no tables of any version\n") == (first.code, first.out)
    assert (0, f"{file} is up to date: version {HEAD}\n") == (second.code, second.out)
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    newer = coach("db", "upgrade")
    assert (2, "") == (newer.code, newer.out)
    assert "is of version 9999" in newer.err


@pytest.mark.usefixtures("empty_postgres")
def test_postgresql_is_upgraded_by_the_command_alone(coach: Command) -> None:
    before = coach("db", "check")
    assert 1 == before.code
    assert "FAILED  version " in before.out
    assert "run `coach db upgrade`" in before.out
    upgraded = coach("db", "upgrade")
    assert (0, True) == (upgraded.code, f"is now of version {HEAD}" in upgraded.out)
    after = coach("db", "check")
    assert (0, ["ok"] * 5) == (after.code, [line.split()[0] for line in after.out.splitlines()[1:]])


def test_a_check_prints_a_line_for_each_thing(coach: Command, file: Path) -> None:
    keep_a_note(file)
    ended = coach("db", "check")
    lines = ended.out.splitlines()
    assert (0, str(file)) == (ended.code, lines[0])
    names = ["version", "tables", "content", "references", "notes"]
    assert [["ok", name] for name in names] == [line.split()[:2] for line in lines[1:]]
    spoil_the_note(file)
    ended = coach("db", "check")
    assert 1 == ended.code
    assert "FAILED  notes       note 1 is not as it came" == ended.out.splitlines()[-1]
    assert CANARY not in ended.out + ended.err


def test_a_check_is_one_document_where_asked(coach: Command, file: Path) -> None:
    keep_a_note(file)
    spoil_the_note(file)
    ended = coach("db", "check", "--json")
    found = json.loads(ended.out)
    assert 1 == ended.code
    assert ("coach.db_check/1", str(file), False) == (found["schema"], found["database"], found["passed"])
    assert [True] * 4 + [False] == [one["passed"] for one in found["checks"]]
    assert {"name": "notes", "passed": False, "detail": "note 1 is not as it came"} == found["checks"][-1]
    assert CANARY not in ended.out


def test_what_cannot_be_opened_ends_with_2(coach: Command, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = coach("db", "check")
    assert (2, True) == (missing.code, "there is no such file" in missing.err)
    assert not file.parent.exists()
    monkeypatch.setenv("COACH_DATABASE_URL", "postgresql://ilse:s3cret@127.0.0.1:1/coach")
    for command in (("upgrade",), ("check",), ("check", "--json"), ("backup", file.parent.parent / "to")):
        ended = coach("db", *command)
        assert (2, True) == (ended.code, "check that the server runs" in ended.err)
        assert "s3cret" not in ended.out + ended.err
    monkeypatch.setenv("COACH_DATABASE_URL", "mysql://ilse:s3cret@127.0.0.1/coach")
    ended = coach("db", "check")
    assert (2, False) == (ended.code, "s3cret" in ended.err)


def test_a_backup_is_the_database_again(coach: Command, file: Path, tmp_path: Path) -> None:
    keep_a_note(file)
    to = tmp_path / "backup.db"
    ended = coach("db", "backup", to)
    assert (0, f"{file} is backed up in {to} ({to.stat().st_size:,} bytes)\n") == (ended.code, ended.out)
    with closing(sqlite3.connect(to)) as db:
        assert [(CANARY,)] == db.execute("SELECT text FROM notes").fetchall()
    again = coach("db", "backup", to)
    assert (2, True) == (again.code, "--overwrite" in again.err)
    assert 0 == coach("db", "backup", to, "--overwrite").code


def test_a_backup_says_what_is_not_in_it(
    coach: Command, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.db"
    keep_a_note(other)
    monkeypatch.setenv("COACH_DATABASE_URL", f"sqlite:///{other}")
    ended = coach("db", "backup", tmp_path / "backup.db")
    last = f"Not in it: what models answered and what calls cost on this machine; that is in {file}"
    assert (0, last) == (ended.code, ended.out.splitlines()[-1])
