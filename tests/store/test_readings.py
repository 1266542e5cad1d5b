"""Readings by key: what is kept is found again, and the first one stays."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from coach.store import Store

READING = '{"labels": ["שלום", "✓"]}'


def test_a_reading_is_found_again_by_another_store(path: Path) -> None:
    with Store(path) as store:
        store.readings.put("k1", READING)
        assert READING == store.readings.get("k1")
    with Store(path) as store:
        assert READING == store.readings.get("k1")
        assert store.readings.get("k2") is None


def test_the_first_reading_under_a_key_stays(store: Store) -> None:
    store.readings.put("k1", READING)
    store.readings.put("k1", '{"labels": []}')
    assert READING == store.readings.get("k1")


def test_threads_that_write_one_key_all_read_the_same(path: Path) -> None:
    stores = [Store(path) for _ in range(4)]

    def write(number: int) -> str | None:
        readings = stores[number % 4].readings
        readings.put("k1", str(number))
        return readings.get("k1")

    with ThreadPoolExecutor(16) as pool:
        read = set(pool.map(write, range(64)))
    for store in stores:
        store.close()
    assert 1 == len(read)
    assert read <= {str(number) for number in range(64)}
