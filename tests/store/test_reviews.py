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


def day(number: int) -> date:
    return date(2026, 3, number)


def about(store: Store, person: str, *, kind: str = DEALS, until: date = LAST, most: int = 20) -> tuple[str, ...]:
    return store.reviews.about(kind, person, until=until, most=most)


def test_a_review_is_found_again_by_another_store(path: Path) -> None:
    with Store(path) as store:
        store.reviews.put(DEALS, "dr_1", "Ilse Brandt", day(2), '{"é": "✓"}')
    with Store(path) as store:
        assert ('{"é": "✓"}',) == about(store, "Ilse Brandt")


@pytest.mark.parametrize("person", ["ilse brandt", " ILSE  BRANDT\n", "Ilse\u00a0Brandt"])
def test_case_and_space_make_no_difference(store: Store, person: str) -> None:
    store.reviews.put(DEALS, "dr_1", "Ilse   Brandt", day(2), "{}")
    assert ("{}",) == about(store, person)


def test_a_name_in_another_case_of_another_script_is_found(store: Store) -> None:
    store.reviews.put(DEALS, "dr_1", "Straße Ünal", day(2), "{}")
    assert ("{}",) == about(store, "STRASSE ÜNAL")


def test_nobody_elses_and_no_other_kind_is_given(store: Store) -> None:
    store.reviews.put(DEALS, "dr_1", "Ilse Brandt", day(2), "deal")
    store.reviews.put(TALKS, "mr_1", "Ilse Brandt", day(2), "talk")
    assert [("deal",), ("talk",), (), ()] == [
        about(store, "Ilse Brandt"),
        about(store, "Ilse Brandt", kind=TALKS),
        about(store, "Ilse"),
        about(store, "Ilse Brandt%"),
    ]


def test_the_latest_come_the_oldest_first_whatever_the_order_they_were_kept_in(store: Store) -> None:
    for number in (5, 1, 4, 2, 3):
        store.reviews.put(DEALS, f"dr_{number}", "Ilse", day(number), str(number))
    assert ("1", "2", "3", "4", "5") == about(store, "Ilse")
    assert ("3", "4", "5") == about(store, "Ilse", most=3)
    assert ("2", "3") == about(store, "Ilse", until=day(3), most=2)
    assert () == about(store, "Ilse", until=date(2026, 2, 28))


def test_reviews_of_one_day_always_come_in_the_same_order(store: Store) -> None:
    for name in ("b", "a", "c"):
        store.reviews.put(DEALS, name, "Ilse", day(2), name)
    assert {about(store, "Ilse")} == {about(store, "Ilse") for _ in range(3)}
    assert {"a", "b", "c"} == set(about(store, "Ilse"))


def test_a_review_of_the_same_id_is_replaced_and_one_about_two_people_is_each_ones(store: Store) -> None:
    store.reviews.put(DEALS, "dr_1", "Ilse", day(2), "first")
    store.reviews.put(DEALS, "dr_1", "ILSE", day(3), "second")
    store.reviews.put(DEALS, "dr_1", "Anand", day(2), "his")
    assert [("second",), ("his",)] == [about(store, "Ilse"), about(store, "Anand")]


def test_a_store_of_the_version_before_gets_its_table_and_keeps_what_it_has(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE readings (key TEXT PRIMARY KEY, reading TEXT NOT NULL) WITHOUT ROWID")
        db.execute("INSERT INTO readings VALUES ('k1', 'kept')")
        db.execute("PRAGMA user_version = 1")
    with Store(path) as store:
        store.reviews.put(DEALS, "dr_1", "Ilse", day(2), "{}")
        assert ("kept", ("{}",)) == (store.readings.get("k1"), about(store, "Ilse"))


def test_a_store_that_cannot_be_used_says_so_without_the_name(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("not a database " * 500, "utf-8")
    with Store(path) as store, pytest.raises(StoreError) as refused:
        store.reviews.put(DEALS, "dr_1", "Ilse Brandt", day(2), "secret")
    assert "Ilse" not in refused.value.detail
    assert "secret" not in refused.value.detail
