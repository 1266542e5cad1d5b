"""A database of either kind: what is made and when, what a connection holds to, and what is told of a failure."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import event, func, insert, select, text, update

from coach.domain.opportunity import Rep
from coach.errors import ConfigError, StoreError
from coach.store.database import Database
from coach.store.kept import Kept
from coach.store.migrations import HEAD
from coach.store.records import Records
from coach.store.tables import notes, quotas, reps
from tests.postgres import postgres_database
from tests.store.conftest import Start

CANARY = "Dana signed the order"
ILSE = {"name": "Ilse", "found_by": "ilse"}


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = Database(url)
    yield opened
    await opened.close()


@pytest.fixture
async def other(url: str) -> AsyncIterator[Database]:
    """The same database, as another process would open it."""
    opened = Database(url)
    yield opened
    await opened.close()


async def keep_a_note(path: Path) -> None:
    records = Records(Database(path))
    review = Kept(
        kind="k", review="1", about="Ilse", role="rep", text=CANARY, day=date(2026, 3, 1), content=CANARY * 2000
    )
    await records.reviews.put(review)
    await records.close()


async def counted(database: Database) -> int:
    async with database.reading() as connection:
        return int((await connection.execute(select(func.count()).select_from(reps))).scalar_one())


def read(path: Path) -> bytes:
    return path.read_bytes()


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def test_a_file_is_made_at_first_use_and_is_its_owners_alone(path: Path) -> None:
    records = Records(Database(path))
    assert not path.parent.exists()
    await records.people.put([Rep(name="Ilse")])
    assert 0o700 == mode(path.parent)
    assert {path.name: 0o600, f"{path.name}-wal": 0o600, f"{path.name}-shm": 0o600} == {
        one.name: mode(one) for one in path.parent.iterdir()
    }
    await records.close()
    assert [path.name] == [one.name for one in path.parent.iterdir()]


async def test_every_connection_to_a_file_is_set_up(path: Path) -> None:
    database = Database(path)
    async with database.reading() as one, database.reading() as another:
        for connection in (one, another):
            found = [
                (await connection.execute(text(f"PRAGMA {name}"))).scalar()
                for name in ("foreign_keys", "journal_mode", "busy_timeout", "synchronous")
            ]
            assert [1, "wal", 60_000, 1] == found
    await database.close()


async def test_a_row_cannot_refer_to_nothing(database: Database) -> None:
    values = {"rep_id": 7, "first": date(2026, 1, 1), "last": date(2026, 1, 31), "amount": 1}
    with pytest.raises(StoreError, match=r"(?i)foreign key"):
        async with database.writing() as connection:
            await connection.execute(insert(quotas).values(values))


async def test_a_moment_is_kept_in_utc_and_one_of_no_zone_is_refused(database: Database) -> None:
    given = datetime(2026, 3, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    row = {"sha256": "0" * 64, "text": CANARY, "written_on": date(2026, 3, 1)}
    async with database.writing() as connection:
        await connection.execute(insert(notes).values(row | {"received_at": given}))
    async with database.reading() as connection:
        found = (await connection.execute(select(notes.c.received_at))).scalar_one()
    assert (datetime(2026, 2, 28, 23, 30, tzinfo=UTC), timedelta(0)) == (found, found.utcoffset())
    with pytest.raises(StoreError) as raised:
        async with database.writing() as connection:
            await connection.execute(update(notes).values(received_at=given.replace(tzinfo=None)))
    assert CANARY not in raised.value.detail
    async with database.reading() as connection:
        assert [found] == (await connection.execute(select(notes.c.received_at))).scalars().all()


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgres://ilse:s3cret@db.example/coach", "postgresql+psycopg://ilse:***@db.example/coach"),
        ("postgresql://ilse@db.example:5433/coach", "postgresql+psycopg://ilse@db.example:5433/coach"),
        ("postgresql+psycopg://db.example/coach", "postgresql+psycopg://db.example/coach"),
        (
            "postgresql://ilse@db.example/coach?password=s3cret&sslmode=require&sslpassword=s3cret",
            "postgresql+psycopg://ilse@db.example/coach?sslmode=require",
        ),
        ("sqlite:///kept/coach.db", "kept/coach.db"),
        ("sqlite+aiosqlite:////srv/coach.db", "/srv/coach.db"),
    ],
)
def test_a_database_is_called_by_its_address_without_a_password(url: str, shown: str) -> None:
    assert shown == str(Database(url))


@pytest.mark.parametrize(
    "url",
    [
        "s3cret",
        "",
        "mysql://ilse:s3cret@db.example/coach",
        "postgresql+asyncpg://ilse:s3cret@db.example/coach",
        "postgresql://ilse:s3cret@db.example:port/coach",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:s3cret?mode=memory&uri=true",
    ],
)
def test_another_address_is_refused_without_showing_it(url: str) -> None:
    with pytest.raises(ConfigError, match="postgresql://user:password@host/name") as raised:
        Database(url)
    assert "COACH_DATABASE_URL" in raised.value.detail
    assert "s3cret" not in raised.value.detail


async def test_an_empty_postgresql_is_refused_with_what_to_run() -> None:
    with postgres_database(empty=True) as url:
        database = Database(url)
        with pytest.raises(StoreError, match=f"is empty, and this version of Coach needs {HEAD}; run `coach db upgr"):
            await counted(database)
        async with database.raw() as connection:
            assert not await connection.run_sync(lambda sync: sync.dialect.has_table(sync, "alembic_version"))
        await database.close()


async def test_a_newer_version_is_refused_and_left_as_it_is(url: str) -> None:
    records = Records(Database(url))
    await records.people.put([Rep(name="Ilse")])
    await records.close()
    async with records.database.raw() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=f"of version 9999, and this version of Coach .*{HEAD}"):
        await records.people.put([Rep(name="Anand")])
    await records.close()
    async with records.database.raw() as connection:
        assert "9999" == (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar()
        assert ["Ilse"] == (await connection.execute(select(reps.c.name))).scalars().all()


def test_processes_may_open_a_new_file_at_once(tmp_path: Path, start: Start) -> None:
    code = """
import asyncio, sys
import coach.store.migrating
from coach.domain.opportunity import Rep
from coach.store.database import Database
from coach.store.records import Records

async def put(file, name):
    records = Records(Database(Path(file)))
    await records.people.put([Rep(name=name)])
    await records.close()

print("ready", flush=True)
for line in sys.stdin:
    file, name = line.split()
    try:
        asyncio.run(put(file, name))
        print("kept", flush=True)
    except BaseException as error:
        print(repr(error), flush=True)
"""
    processes = [start(code) for _ in range(3)]
    for process in processes:
        assert process.stdin is not None
        assert process.stdout is not None
        assert "ready\n" == process.stdout.readline()
    for turn in range(8):
        file = tmp_path / f"new-{turn}" / "coach.sqlite3"
        for number, process in enumerate(processes):
            process.stdin.write(f"{file} rep-{number}\n")
            process.stdin.flush()
        assert ["kept\n"] * 3 == [process.stdout.readline() for process in processes]
        with closing(sqlite3.connect(file)) as db:
            assert [("rep-0",), ("rep-1",), ("rep-2",)] == db.execute("SELECT name FROM reps ORDER BY name").fetchall()


async def test_a_writer_waits_for_another(database: Database, other: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(insert(reps).values(ILSE))
        waiting = asyncio.create_task(Records(other).people.put([Rep(name="ILSE", team="North")]))
        await asyncio.sleep(0.2)
        assert not waiting.done()
    await waiting
    assert (Rep(name="ILSE", team="North"),) == await Records(database).people.reps()


async def test_writers_of_a_file_take_turns(path: Path) -> None:
    database = Database(path)
    done: list[int] = []

    async def write(number: int) -> None:
        for _ in range(3):
            await Records(database).people.put([Rep(name=f"Rep {number}")])
            done.append(number)

    await asyncio.gather(*map(write, range(4)))
    assert [0, 1, 2, 3] * 3 == done
    await database.close()


async def test_a_reader_sees_one_moment_while_another_writes(database: Database, other: Database) -> None:
    async with database.reading() as connection:
        names = select(reps.c.name)
        assert [] == (await connection.execute(names)).scalars().all()
        await Records(other).people.put([Rep(name="Ilse")])
        assert [] == (await connection.execute(names)).scalars().all()
    assert 1 == await counted(database)


async def test_what_fails_in_the_middle_leaves_nothing(database: Database) -> None:
    async def fail() -> None:
        async with database.writing() as connection:
            await connection.execute(insert(reps).values(ILSE))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert 0 == await counted(database)


async def test_who_is_cancelled_within_a_statement_keeps_nobody_from_writing(
    database: Database, other: Database
) -> None:
    assert 0 == await counted(database)
    assert 0 == await counted(other)

    def leave(*_: object) -> None:
        asyncio.get_running_loop().call_soon(writer.cancel)

    async def write_and_leave() -> None:
        async with database.writing() as connection:
            event.listen(connection.sync_connection, "before_cursor_execute", leave)
            await connection.execute(insert(reps).values(ILSE).returning(reps.c.id))

    writer = asyncio.create_task(write_and_leave())
    with pytest.raises(asyncio.CancelledError) as left:
        await writer
    async with asyncio.timeout(5), other.writing() as connection:
        await connection.execute(insert(reps).values(ILSE))
    assert 1 == await counted(database)
    del left  # which held on to the statement


async def test_a_reader_cannot_write_by_mistake_on_postgresql() -> None:
    with postgres_database() as url:
        database = Database(url)
        with pytest.raises(StoreError, match="read-only"):
            async with database.reading() as connection:
                await connection.execute(insert(reps).values(ILSE))
        await database.close()


async def test_a_database_is_opened_again_after_it_was_closed(database: Database) -> None:
    await Records(database).people.put([Rep(name="Ilse")])
    await database.close()
    assert 1 == await counted(database)


async def test_of_a_file_that_is_no_database_no_content_is_told(path: Path) -> None:
    write(path, (CANARY * 100).encode())
    with pytest.raises(
        StoreError, match=r"coach\.sqlite3: cannot be used: file is not a database; .*move the file"
    ) as raised:
        await counted(Database(path))
    assert CANARY not in raised.value.detail
    assert (CANARY * 100).encode() == read(path)


async def test_of_a_damaged_file_no_content_is_told(path: Path) -> None:
    await keep_a_note(path)
    with closing(sqlite3.connect(path)) as db:
        (root,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'reviews'").fetchone()
    content = bytearray(read(path))
    content[(root - 1) * 4096 : root * 4096] = (CANARY * 200).encode()[:4096]
    write(path, content)
    records = Records(Database(path))
    with pytest.raises(StoreError, match="cannot be used: database disk image is malformed") as raised:
        await records.reviews.get("1")
    await records.close()
    assert CANARY not in raised.value.detail


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"file/coach\.sqlite3: cannot be used: "):
        await counted(Database(tmp_path / "file" / "coach.sqlite3"))


async def test_a_server_that_cannot_be_reached_is_told_without_the_password() -> None:
    database = Database("postgresql://ilse:s3cret@127.0.0.1:1/coach")
    with pytest.raises(
        StoreError, match=r"ilse:\*\*\*@127\.0\.0\.1:1/coach: cannot be used: .*COACH_DATABASE_URL"
    ) as raised:
        await counted(database)
    assert "s3cret" not in raised.value.detail
    assert raised.value.__cause__ is None
