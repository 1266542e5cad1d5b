"""The audit log on SQLite and PostgreSQL: whole under load, and every way to tamper with it is found."""

from __future__ import annotations

import asyncio
import errno
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import text

from coach.errors import InvalidInput, StoreError
from coach.service.audit import verify
from coach.store.audit import START, Audit, Entry, of
from coach.store.database import Database
from coach.store.secret import Secret
from coach.store.tables import audit

GIVEN = "the secret of these tests, long enough"
ENTRY = Entry(actor="key:1", role="admin", action="readDealReview", object="dr_1", detail={"status": 200})


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = Database(url)
    yield opened
    await opened.close()


@pytest.fixture
def log(database: Database, tmp_path: Path) -> Audit:
    return Audit(database, Secret(GIVEN, tmp_path / "none"))


async def tamper(database: Database, *statements: str) -> None:
    """What somebody could do who has the database and takes the triggers away."""
    drop = (
        ["DROP TRIGGER IF EXISTS audit_UPDATE_refused", "DROP TRIGGER IF EXISTS audit_DELETE_refused"]
        if database.is_file
        else ["DROP TRIGGER IF EXISTS audit_refused ON audit"]
    )
    async with database.writing() as connection:
        for statement in (*drop, *statements):
            await connection.execute(text(statement))


async def filled(log: Audit, count: int = 6) -> str:
    """Some entries; the head."""
    for number in range(count):
        await log.append(Entry(actor=f"key:{number}", role="admin", action="listDealReviews"))
    return (await verify(log)).head


async def test_entries_follow_one_another_from_the_first(log: Audit) -> None:
    assert (0, START) == await log.head()
    await filled(log, 3)
    entries = [one async for one in log.all()]
    assert [1, 2, 3] == [one.number for one in entries]
    assert [START, *(one.digest for one in entries[:2])] == [one.previous for one in entries]
    assert all(log.fits(one) for one in entries)
    assert (3, entries[-1].digest) == await log.head()


async def test_what_many_append_at_once_is_one_chain(log: Audit) -> None:
    await asyncio.gather(*(log.append(ENTRY) for _ in range(200)))
    proof = await verify(log)
    assert (200, True) == (proof.entries, proof.sound)


async def test_what_cannot_be_written_keeps_nobody_elses_from_being_written(log: Audit) -> None:
    wrong = Entry(actor="key:1", role="admin", action="x", detail={"at": Path()})
    told = await asyncio.gather(*(log.append(one) for one in (ENTRY, wrong, ENTRY)), return_exceptions=True)
    assert [None, TypeError, None] == [None if one is None else type(one) for one in told]
    assert 2 == (await verify(log)).entries


async def test_what_processes_append_at_once_is_one_chain(url: str, log: Audit) -> None:
    await log.append(ENTRY)
    code = (
        "import asyncio\n"
        "from pathlib import Path\n"
        "from coach.store.audit import Audit, Entry\n"
        "from coach.store.database import Database\n"
        "from coach.store.secret import Secret\n"
        "async def main():\n"
        f"    log = Audit(Database({url!r}), Secret({GIVEN!r}, Path('none')))\n"
        "    for _ in range(10):\n"
        "        await asyncio.gather(*(log.append(Entry(actor='a', role='r', action='x')) for _ in range(5)))\n"
        "    await log.close()\n"
        "asyncio.run(main())\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(3)]  # noqa: ASYNC220  awaited below
    assert [0, 0, 0] == [await asyncio.to_thread(process.wait) for process in running]
    proof = await verify(log)
    assert (151, True) == (proof.entries, proof.sound)


@pytest.mark.parametrize(
    ("statement", "right", "said"),
    [
        ("UPDATE audit SET action = 'nothing' WHERE number = 3", 2, "entry 3 was changed"),
        ("UPDATE audit SET detail = '{}x' WHERE number = 3", 2, "entry 3 was changed"),
        ("UPDATE audit SET digest = previous WHERE number = 6", 5, "entry 6 was changed"),
        ("DELETE FROM audit WHERE number = 4", 3, "entry 4 is missing"),
        ("DELETE FROM audit WHERE number = 1", 0, "entry 1 is missing"),
        ("UPDATE audit SET number = 7 WHERE number = 2", 1, "entry 2 is missing"),
        ("UPDATE audit SET previous = digest WHERE number = 5", 4, "entry 5 does not follow entry 4"),
        ("UPDATE audit SET number = -number WHERE number = 6", 0, "entry -6 was put in before the first"),
        ("UPDATE audit SET detail = '{ }' WHERE number = 2", 1, "entry 2 was changed"),
        ("UPDATE audit SET detail = '[]' WHERE number = 2", 1, "entry 2 was changed"),
        ("UPDATE audit SET detail = '" + "[" * 100_000 + "' WHERE number = 2", 1, "entry 2 was changed"),
        ("UPDATE audit SET role = '' WHERE number = 1", 0, "entry 1 was changed"),
    ],
)
async def test_what_is_tampered_with_is_found_where_it_was(
    database: Database, log: Audit, statement: str, right: int, said: str
) -> None:
    await filled(log)
    await tamper(database, statement)
    proof = await verify(log)
    assert (right, False) == (proof.entries, proof.sound)
    assert said in str(proof.problem)


async def test_two_entries_that_changed_places_are_found(database: Database, log: Audit) -> None:
    await filled(log)
    move = "UPDATE audit SET number = {} WHERE number = {}"
    await tamper(database, move.format(-1, 2), move.format(2, 3), move.format(3, -1))
    proof = await verify(log)
    assert (1, "entry 2 does not follow entry 1: one of them was replaced") == (proof.entries, proof.problem)


async def test_a_change_of_any_field_is_found(database: Database, log: Audit) -> None:
    fields = [one.name for one in audit.columns if one.name != "number"]
    await filled(log, len(fields))
    for number, field in zip(range(len(fields), 0, -1), fields, strict=True):
        value = "'2026-01-01 00:00:00.000000'" if field == "at" else "'other'"
        await tamper(database, f"UPDATE audit SET {field} = {value} WHERE number = {number}")  # noqa: S608
        assert number - 1 == (await verify(log)).entries, field


async def test_what_is_no_value_of_a_field_is_found_and_breaks_nothing(tmp_path: Path) -> None:
    """A SQLite file takes anything anywhere."""
    database = Database(tmp_path / "coach.sqlite3")
    log = Audit(database, Secret(GIVEN, tmp_path / "none"))
    wrong = list(product(["at", "actor", "detail", "person"], ["'x'", "5", "1.5", "X'00ff'"]))
    await filled(log, len(wrong))
    for number, (field, value) in zip(range(len(wrong), 0, -1), wrong, strict=True):
        await tamper(database, f"UPDATE audit SET {field} = {value} WHERE number = {number}")  # noqa: S608
        assert f"entry {number} was changed, or written with another secret" == (await verify(log)).problem, field
    assert len(wrong) == len(await log.page())
    await log.close()


async def test_what_was_written_with_another_secret_is_found(database: Database, log: Audit, tmp_path: Path) -> None:
    await filled(log, 2)
    await Audit(database, Secret("another secret, which is as long as that", tmp_path / "none")).append(ENTRY)
    assert "entry 3 was changed, or written with another secret" == (await verify(log)).problem


async def test_an_end_that_was_cut_off_shows_against_a_head_that_was_noted(database: Database, log: Audit) -> None:
    head = await filled(log)
    assert (await verify(log, head)).sound
    await log.append(ENTRY)
    assert (await verify(log, head)).sound
    await tamper(database, "DELETE FROM audit WHERE number > 4")
    assert (await verify(log)).sound
    assert "the log ends at entry 4, and entry 6 was in it: its end was cut off" == (await verify(log, head)).problem
    await filled(log, 3)
    assert "entry 6 is not the one that was noted: the log was written anew" == (await verify(log, head)).problem


@pytest.mark.parametrize("head", ["", "6", "x:y", "6:abc", f"-1:{START}", f"٣:{START}"])
async def test_what_is_no_head_is_refused(log: Audit, head: str) -> None:
    with pytest.raises(InvalidInput, match="the head is no number and digest"):
        await verify(log, head)


@pytest.mark.parametrize("statement", ["UPDATE audit SET action = 'x'", "DELETE FROM audit"])
async def test_the_database_itself_refuses_to_change_an_entry(database: Database, log: Audit, statement: str) -> None:
    await filled(log, 2)
    with pytest.raises(StoreError, match="append-only"):
        async with database.writing() as connection:
            await connection.execute(text(statement))
    assert 2 == (await verify(log)).entries


async def test_postgresql_refuses_to_empty_the_log(database: Database, log: Audit) -> None:
    if database.is_file:
        pytest.skip("SQLite has no TRUNCATE")
    await filled(log, 2)
    with pytest.raises(StoreError, match="append-only"):
        async with database.writing() as connection:
            await connection.execute(text("TRUNCATE audit"))
    assert 2 == (await verify(log)).entries


async def test_what_is_appended_is_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[str] = []
    inner = os.fsync

    def watched(descriptor: int) -> None:
        flushed.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        inner(descriptor)

    monkeypatch.setattr("os.fsync", watched)
    log = Audit(Database(tmp_path / "coach.sqlite3"), Secret(GIVEN, tmp_path / "none"))
    await asyncio.gather(*(log.append(ENTRY) for _ in range(5)))
    assert ["coach.sqlite3-wal"] == flushed

    def failing(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("os.fsync", failing)
    with pytest.raises(StoreError, match="Input/output error; check the disk"):
        await log.append(ENTRY)
    await log.close()


async def test_a_person_is_found_by_name_and_not_named(log: Audit) -> None:
    await log.append(Entry(actor="cli", role="admin", action="import", person=log.pseudonym("Ilse Brandt")))
    await log.append(ENTRY)
    (found,) = await log.page(of(person=log.pseudonym(" ilse  BRANDT ")))
    assert (1, "import") == (found.number, found.action)
    assert "ilse" not in repr(found).lower()


async def test_a_person_is_found_among_several(log: Audit) -> None:
    people = [log.pseudonym("Ruth"), log.pseudonym("Ilse")]
    await log.append(Entry(actor="cli", role="admin", action="x", person=people[0], detail={"people": people}))
    await log.append(Entry(actor="cli", role="admin", action="x", person=log.pseudonym("Anand")))
    assert [[1], [1]] == [[one.number for one in await log.page(of(person=person))] for person in people]


async def test_a_page_goes_on_where_the_last_one_stopped(log: Audit) -> None:
    await filled(log, 5)
    first = await log.page(most=2)
    rest = await log.page(before=first[-1].number)
    assert [5, 4, 3, 2, 1] == [one.number for one in (*first, *rest)]
    assert ["key:1"] == [one.actor for one in await log.page(of(actor="key:1"))]


async def test_where_it_cannot_be_written_everybody_who_waits_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "file"
    folder.write_text("no folder")
    log = Audit(Database(folder / "coach.sqlite3"), Secret(GIVEN, tmp_path / "none"))
    told = await asyncio.gather(*(log.append(ENTRY) for _ in range(3)), return_exceptions=True)
    assert [StoreError] * 3 == [type(one) for one in told]
