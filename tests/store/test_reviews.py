"""Reviews by kind, person and day: whose they are, until when, and in which order."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from coach.errors import StoreError
from coach.store import Store

DEALS, TALKS = "coach.deal_review/1", "coach.manager_review/1"
LAST = date(2026, 3, 31)
TEXT = "Dana signed on Tuesday."


def day(number: int) -> date:
    return date(2026, 3, number)


def about(
    store: Store, person: str, *, kind: str = DEALS, until: date = LAST, most: int = 20, but: str = ""
) -> tuple[str, ...]:
    return store.reviews.about(kind, person, until=until, most=most, but=but)


def test_a_review_is_found_again_by_another_store(path: Path) -> None:
    with Store(path) as store:
        store.reviews.put(DEALS, "Ilse Brandt", TEXT, day(2), '{"é": "✓"}')
    with Store(path) as store:
        assert ('{"é": "✓"}',) == about(store, "Ilse Brandt")


@pytest.mark.parametrize("person", ["ilse brandt", " ILSE  BRANDT\n", "Ilse\u00a0Brandt"])
def test_case_and_space_make_no_difference(store: Store, person: str) -> None:
    store.reviews.put(DEALS, "Ilse   Brandt", TEXT, day(2), "{}")
    assert ("{}",) == about(store, person)


def test_a_name_in_another_case_of_another_script_is_found(store: Store) -> None:
    store.reviews.put(DEALS, "Straße Ünal", TEXT, day(2), "{}")
    assert ("{}",) == about(store, "STRASSE ÜNAL")


def test_nobody_elses_and_no_other_kind_is_given(store: Store) -> None:
    store.reviews.put(DEALS, "Ilse Brandt", TEXT, day(2), "deal")
    store.reviews.put(TALKS, "Ilse Brandt", TEXT, day(2), "talk")
    assert [("deal",), ("talk",), (), ()] == [
        about(store, "Ilse Brandt"),
        about(store, "Ilse Brandt", kind=TALKS),
        about(store, "Ilse"),
        about(store, "Ilse Brandt%"),
    ]


def test_the_latest_come_the_oldest_first_whatever_the_order_they_were_kept_in(store: Store) -> None:
    for number in (5, 1, 4, 2, 3):
        store.reviews.put(DEALS, "Ilse", f"note {number}", day(number), str(number))
    assert ("1", "2", "3", "4", "5") == about(store, "Ilse")
    assert ("3", "4", "5") == about(store, "Ilse", most=3)
    assert ("2", "3") == about(store, "Ilse", until=day(3), most=2)
    assert () == about(store, "Ilse", until=date(2026, 2, 28))


def test_reviews_of_one_day_always_come_in_the_same_order(store: Store) -> None:
    for name in ("b", "a", "c"):
        store.reviews.put(DEALS, "Ilse", f"note {name}", day(2), name)
    assert {about(store, "Ilse")} == {about(store, "Ilse") for _ in range(3)}
    assert {"a", "b", "c"} == set(about(store, "Ilse"))


@pytest.mark.parametrize("later", [day(1), day(2), day(3)], ids=str)
def test_the_latest_reading_of_a_text_replaces_the_earlier_whatever_its_day(store: Store, later: date) -> None:
    store.reviews.put(DEALS, "Ilse", TEXT, day(2), "first")
    store.reviews.put(DEALS, "ILSE", TEXT, later, "second")
    assert ("second",) == about(store, "Ilse")


def test_another_text_kind_or_person_replaces_nothing(store: Store) -> None:
    store.reviews.put(DEALS, "Ilse", TEXT, day(2), "first")
    store.reviews.put(DEALS, "Ilse", f"{TEXT} ", day(3), "of another text")
    store.reviews.put(TALKS, "Ilse", TEXT, day(2), "talk")
    store.reviews.put(DEALS, "Anand", TEXT, day(2), "his")
    assert [("first", "of another text"), ("talk",), ("his",)] == [
        about(store, "Ilse"),
        about(store, "Ilse", kind=TALKS),
        about(store, "Anand"),
    ]


def test_the_review_of_one_text_can_be_left_out_and_does_not_count_among_the_most(store: Store) -> None:
    for number in (1, 2, 3):
        store.reviews.put(DEALS, "Ilse", f"note {number}", day(number), str(number))
    assert ("1", "3") == about(store, "Ilse", but="note 2")
    assert ("1", "2") == about(store, "Ilse", but="note 3", most=2)
    assert ("1", "2", "3") == about(store, "Ilse", but="note")


def test_the_text_itself_is_not_kept(path: Path, store: Store) -> None:
    store.reviews.put(DEALS, "Ilse", f"quinceblossom \ud800 {TEXT}", day(2), "{}")
    assert ("{}",) == about(store, "Ilse")
    assert [] == [one.name for one in path.parent.iterdir() if b"quinceblossom" in one.read_bytes()]


def test_a_store_of_the_version_before_gets_its_table_and_keeps_what_it_has(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE readings (key TEXT PRIMARY KEY, reading TEXT NOT NULL) WITHOUT ROWID")
        db.execute("INSERT INTO readings VALUES ('k1', 'kept')")
        db.execute("PRAGMA user_version = 1")
    with Store(path) as store:
        store.reviews.put(DEALS, "Ilse", TEXT, day(2), "{}")
        assert ("kept", ("{}",)) == (store.readings.get("k1"), about(store, "Ilse"))


def test_a_store_that_cannot_be_used_says_so_without_the_name(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("not a database " * 500, "utf-8")
    with Store(path) as store, pytest.raises(StoreError) as refused:
        store.reviews.put(DEALS, "Ilse Brandt", TEXT, day(2), "secret")
    assert "Ilse" not in refused.value.detail
    assert "secret" not in refused.value.detail
