"""The file: when it is made, who may read it, and what is said when it cannot be used."""

from __future__ import annotations

import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from coach.errors import StoreError
from coach.store import Store
from tests.store.conftest import Start

DAY = date(2026, 3, 2)
SECRET = "Dana signed"  # noqa: S105  a note's words


def test_a_store_that_is_not_used_makes_nothing(path: Path) -> None:
    with Store(path):
        pass
    assert not path.parent.exists()


def test_only_the_owner_may_read_the_files(path: Path, store: Store) -> None:
    store.readings.put("k1", "{}")
    modes = {one.name: one.stat().st_mode & 0o777 for one in path.parent.iterdir()}
    assert {"coach.sqlite3": 0o600, "coach.sqlite3-wal": 0o600, "coach.sqlite3-shm": 0o600} == modes
    assert 0o700 == path.parent.stat().st_mode & 0o777


def test_a_closed_store_opens_again_at_its_next_use(store: Store) -> None:
    store.readings.put("k1", "{}")
    store.close()
    assert "{}" == store.readings.get("k1")


def test_stores_that_make_the_file_at_the_same_time_do_not_meet_a_lock(path: Path) -> None:
    def make(number: int) -> str | None:
        with Store(path) as store:
            store.readings.put(f"k{number}", str(number))
            return store.readings.get(f"k{number}")

    with ThreadPoolExecutor(16) as pool:
        assert [str(number) for number in range(64)] == list(pool.map(make, range(64)))


def test_a_new_file_that_another_process_is_writing_to_is_waited_for(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr("coach.store.local_file.time.sleep", lambda _: other.execute("COMMIT"))
        store.readings.put("k1", "{}")
    assert "{}" == store.readings.get("k1")


def test_who_may_not_wait_is_told_so_and_nothing_is_done(path: Path, store: Store) -> None:
    with pytest.raises(BlockingIOError):
        store.readings.put("k1", "{}", wait=False)  # there is no file yet
    store.readings.put("k2", "{}")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BlockingIOError):
            store.readings.put("k3", "{}", wait=False)
        with pytest.raises(BlockingIOError):
            store.ledger.reserve(DAY, model="m", tokens=1, usd=None, most_tokens=None, most_usd=None, wait=False)
        assert "{}" == store.readings.get("k2", wait=False)
    store.readings.put("k4", "{}", wait=False)
    assert [None, None, "{}"] == [store.readings.get(key) for key in ("k1", "k3", "k4")]
    assert 0 == store.ledger.spent(DAY).tokens


def test_who_may_not_wait_does_not_wait_for_a_thread(store: Store) -> None:
    with store._file.connection(), ThreadPoolExecutor(1) as pool, pytest.raises(BlockingIOError):
        pool.submit(store.readings.get, "k1", wait=False).result()


def test_who_waits_still_waits_after_one_who_did_not(path: Path, store: Store) -> None:
    store.readings.put("k1", "{}")
    store.readings.put("k2", "{}", wait=False)
    with closing(sqlite3.connect(path, isolation_level=None)) as other, ThreadPoolExecutor(1) as pool:
        other.execute("BEGIN IMMEDIATE")
        waiting = pool.submit(store.readings.put, "k3", "{}")
        with pytest.raises(TimeoutError):
            waiting.result(0.1)
        other.execute("COMMIT")
        waiting.result(10)
    assert "{}" == store.readings.get("k3")


def test_a_process_killed_while_it_writes_loses_nothing_it_was_told_is_kept(path: Path, start: Start) -> None:
    writing = """
from datetime import UTC, date, datetime, timedelta
from itertools import count
from os import getpid

with Store(path) as store:
    for number in count():
        key = f"{getpid()}-{number}"
        store.readings.put(key, key * 200)
        store.ledger.reserve(date(2026, 3, 2), model="m-1", tokens=1, usd=None, most_tokens=None, most_usd=None)
        print(key, flush=True)
"""
    acknowledged: list[str] = []
    for least in (1, 50, 400):
        process = start(writing)
        assert process.stdout
        acknowledged += [process.stdout.readline() for _ in range(least)]
        process.kill()
        # The last line may be cut short where the process died; what it was to say was kept all the same.
        acknowledged += [line for line in process.stdout if line.endswith("\n")]
    keys = [line.strip() for line in acknowledged]
    with Store(path) as store:
        assert [key * 200 for key in keys] == [store.readings.get(key) for key in keys]
        # A kill may fall between the booking and the word of it.
        assert len(keys) <= store.ledger.spent(DAY).tokens <= len(keys) + 3
        store.readings.put("after", "{}")
        assert "{}" == store.readings.get("after")
    with closing(sqlite3.connect(path)) as db:
        assert [("ok",)] == db.execute("PRAGMA integrity_check").fetchall()


def test_a_file_that_is_no_store_is_refused_without_its_words(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(SECRET * 200, "utf-8")
    with Store(path) as store, pytest.raises(StoreError, match="file is not a database; check the disk") as refused:
        store.readings.get("k1")
    assert str(path) in refused.value.detail
    assert SECRET not in refused.value.detail
    assert SECRET * 200 == path.read_text("utf-8")


def test_a_damaged_file_is_an_error_of_the_store(path: Path) -> None:
    with Store(path) as store:
        for number in range(200):
            store.readings.put(f"k{number}", SECRET * 100)
    content = path.read_bytes()
    path.write_bytes(content[:4096] + bytes(len(content) - 4096))
    with Store(path) as store, pytest.raises(StoreError, match="malformed"):
        store.readings.get("k1")


def test_a_damaged_reading_is_an_error_without_its_words(path: Path, store: Store) -> None:
    store.readings.put("k1", SECRET)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE readings SET reading = CAST(? AS TEXT)", (SECRET.encode() + b"\xff",))
    with pytest.raises(StoreError, match="damaged content") as refused:
        store.readings.get("k1")
    assert SECRET not in refused.value.detail


def test_a_store_of_a_newer_version_is_refused_and_left_as_it_is(path: Path) -> None:
    with Store(path) as store:
        store.readings.put("k1", "{}")
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 7")
    with Store(path) as store, pytest.raises(StoreError, match="format 7, and this version of Coach knows formats up"):
        store.readings.put("k2", "{}")
    with closing(sqlite3.connect(path)) as db:
        assert [("k1",)] == db.execute("SELECT key FROM readings").fetchall()


def test_a_store_of_the_format_before_is_brought_over_by_whoever_comes_first(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript("""
            CREATE TABLE readings (key TEXT PRIMARY KEY, reading TEXT NOT NULL) WITHOUT ROWID;
            INSERT INTO readings VALUES ('k1', 'kept');
            PRAGMA user_version = 2;
        """)

    def read(_: int) -> str | None:
        with Store(path) as store:
            return store.readings.get("k1")

    before = datetime.now(UTC) - timedelta(seconds=1)
    with ThreadPoolExecutor(8) as pool:
        assert ["kept"] * 16 == list(pool.map(read, range(16)))
    with Store(path) as store:
        # Nobody knows how old it was: it is as old as this format.
        assert (0, 1) == (store.readings.count(before), store.readings.count())
        store.readings.put("k2", "{}")
        assert 2 == store.readings.forget(datetime.now(UTC) + timedelta(seconds=2))
    with closing(sqlite3.connect(path)) as db:
        assert (3,) == db.execute("PRAGMA user_version").fetchone()


def test_what_is_forgotten_is_forgotten_to_the_last_batch(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.store.readings._AT_ONCE", 3)
    for number in range(10):
        store.readings.put(f"k{number}", "{}")
    assert 0 == store.readings.forget(datetime.now(UTC) - timedelta(days=1))
    assert 10 == store.readings.forget()
    assert 0 == store.readings.count()


def test_a_store_works_again_once_its_file_is_mended(path: Path, store: Store) -> None:
    path.parent.mkdir()
    path.write_text(SECRET * 200, "utf-8")
    with pytest.raises(StoreError):
        store.readings.put("k1", "{}")
    path.unlink()
    store.readings.put("k1", "{}")
    assert "{}" == store.readings.get("k1")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write into a read-only folder")
def test_a_folder_that_cannot_be_written_to_is_an_error_of_the_store(path: Path, store: Store) -> None:
    path.parent.mkdir(mode=0o500)
    with pytest.raises(StoreError, match="Permission denied; check the disk and the file's permissions"):
        store.readings.get("k1")


def test_a_folder_that_cannot_be_made_is_an_error_of_the_store(path: Path, store: Store) -> None:
    path.parent.write_text("a file", "utf-8")
    with pytest.raises(StoreError, match=r"coach\.sqlite3: cannot be used as the store: File exists"):
        store.ledger.spent(DAY)


def test_a_store_that_cannot_be_written_to_says_so_and_books_nothing(store: Store) -> None:
    booking = {"model": "m-1", "tokens": 1, "usd": None, "most_tokens": None, "most_usd": None}
    with store._file.connection() as db:
        db.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match="readonly"):
        store.ledger.reserve(DAY, **booking)
    with pytest.raises(StoreError, match="readonly"):
        store.readings.put("k1", "{}")
    with store._file.connection() as db:
        db.execute("PRAGMA query_only = OFF")
    store.ledger.reserve(DAY, **booking)
    assert 1 == store.ledger.spent(DAY).tokens
