"""The ledger: what a day has spent, and that nothing takes it over its budget."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coach.errors import OverBudget, StoreError
from coach.store import Ledger, Spent, Store
from tests.store.conftest import Start

DAY = date(2026, 3, 2)
NEXT = date(2026, 3, 3)


def reserve(
    ledger: Ledger,
    *,
    day: date = DAY,
    tokens: int = 10,
    usd: float | None = None,
    most_tokens: int | None = None,
    most_usd: float | None = None,
) -> int:
    return ledger.reserve(day, model="m-1", tokens=tokens, usd=usd, most_tokens=most_tokens, most_usd=most_usd)


def test_a_day_without_calls_has_spent_nothing(store: Store) -> None:
    assert Spent(tokens=0, usd=0, unpriced=0) == store.ledger.spent(DAY)


def test_a_call_counts_as_reserved_until_it_is_settled_and_then_as_it_was(store: Store) -> None:
    booking = reserve(store.ledger, tokens=100, usd=0.25)
    assert Spent(tokens=100, usd=0.25, unpriced=0) == store.ledger.spent(DAY)
    store.ledger.settle(booking, tokens=60, usd=0.125)
    assert Spent(tokens=60, usd=0.125, unpriced=0) == store.ledger.spent(DAY)


def test_what_was_booked_is_still_booked_after_the_store_is_opened_again(path: Path) -> None:
    with Store(path) as store:
        booking = reserve(store.ledger, tokens=100, usd=0.25)
    with Store(path) as store:
        assert Spent(tokens=100, usd=0.25, unpriced=0) == store.ledger.spent(DAY)
        store.ledger.settle(booking, tokens=60, usd=0.125)
        assert Spent(tokens=60, usd=0.125, unpriced=0) == store.ledger.spent(DAY)


def test_a_released_booking_makes_room_again_and_its_number_is_never_given_twice(store: Store) -> None:
    released = reserve(store.ledger, tokens=100, most_tokens=100)
    store.ledger.release(released)
    assert Spent(tokens=0, usd=0, unpriced=0) == store.ledger.spent(DAY)
    assert released != reserve(store.ledger, tokens=100, most_tokens=100)
    with pytest.raises(StoreError, match=f"booking {released} is not in the ledger"):
        store.ledger.settle(released, tokens=1, usd=None)
    assert 100 == store.ledger.spent(DAY).tokens


def test_calls_without_a_price_are_counted_and_the_known_prices_added_up(store: Store) -> None:
    reserve(store.ledger, usd=0.5)
    unpriced = reserve(store.ledger)
    reserve(store.ledger)
    assert Spent(tokens=30, usd=0.5, unpriced=2) == store.ledger.spent(DAY)
    store.ledger.settle(unpriced, tokens=10, usd=0.25)
    assert Spent(tokens=30, usd=0.75, unpriced=1) == store.ledger.spent(DAY)


def test_a_price_that_was_booked_stays_where_the_real_one_is_not_known(store: Store) -> None:
    store.ledger.settle(reserve(store.ledger, usd=0.5), tokens=4, usd=None)
    assert Spent(tokens=4, usd=0.5, unpriced=0) == store.ledger.spent(DAY)


def test_each_day_has_its_own_budget(store: Store) -> None:
    yesterdays = reserve(store.ledger, tokens=100, most_tokens=100)
    reserve(store.ledger, day=NEXT, tokens=90, most_tokens=100)
    store.ledger.settle(yesterdays, tokens=95, usd=None)
    assert [95, 90] == [store.ledger.spent(day).tokens for day in (DAY, NEXT)]


def test_a_call_over_the_budget_in_tokens_is_refused_in_full_and_nothing_is_booked(store: Store) -> None:
    reserve(store.ledger, tokens=900)
    with pytest.raises(OverBudget) as refused:
        reserve(store.ledger, tokens=101, most_tokens=1000)
    assert (
        "the budget for a day is 1000 tokens (COACH_BUDGET_DAY_TOKENS), 900 are spent or booked on 2026-03-02, and "
        "this call of m-1 may take 101; it resets at midnight UTC"
    ) == refused.value.detail
    assert 900 == store.ledger.spent(DAY).tokens


def test_a_call_over_the_budget_in_dollars_is_refused_in_full_and_nothing_is_booked(store: Store) -> None:
    reserve(store.ledger, usd=4.5)
    with pytest.raises(OverBudget) as refused:
        reserve(store.ledger, usd=0.51, most_usd=5)
    assert (
        "the budget for a day is $5 (COACH_BUDGET_DAY_USD), $4.5000 is spent or booked on 2026-03-02, and "
        "this call of m-1 may cost $0.5100; it resets at midnight UTC"
    ) == refused.value.detail
    assert 4.5 == store.ledger.spent(DAY).usd


def test_a_budget_in_dollars_is_met_to_the_last_call(store: Store) -> None:
    for _ in range(3):
        reserve(store.ledger, usd=0.1, most_usd=0.3)
    with pytest.raises(OverBudget):
        reserve(store.ledger, usd=0.000000001, most_usd=0.3)
    assert 0.3 == store.ledger.spent(DAY).usd


def test_a_budget_in_dollars_cannot_be_kept_without_a_price(store: Store) -> None:
    with pytest.raises(OverBudget, match=r"price of m-1 is not known.*COACH_BUDGET_DAY_USD.*COACH_BUDGET_DAY_TOKENS"):
        reserve(store.ledger, usd=None, most_usd=5)
    assert Spent(tokens=0, usd=0, unpriced=0) == store.ledger.spent(DAY)


@pytest.mark.parametrize("most", [{"most_tokens": 100}, {"most_usd": 1.0}], ids=["tokens", "dollars"])
def test_who_may_not_wait_does_not_add_up_a_day(store: Store, most: dict[str, float]) -> None:
    reserve(store.ledger)  # the file is there: there is nothing else to wait for
    call: dict[str, Any] = {"model": "m-1", "tokens": 10, "usd": 0.5}
    none: dict[str, Any] = {"most_tokens": None, "most_usd": None}
    with pytest.raises(BlockingIOError):
        store.ledger.reserve(DAY, **call, **(none | most), wait=False)
    assert 10 == store.ledger.spent(DAY).tokens
    store.ledger.reserve(DAY, **call, **none, wait=False)
    assert 20 == store.ledger.spent(DAY).tokens


def test_threads_never_go_over_a_budget(path: Path) -> None:
    stores = [Store(path) for _ in range(4)]
    together = threading.Barrier(32)

    def ask(number: int) -> int:
        together.wait()
        booked = 0
        for _ in range(4):
            try:
                reserve(stores[number % 4].ledger, tokens=7, most_tokens=500)
            except OverBudget:
                continue
            booked += 1
        return booked

    with ThreadPoolExecutor(32) as pool:
        booked = sum(pool.map(ask, range(32)))
    spent = stores[0].ledger.spent(DAY)
    for store in stores:
        store.close()
    assert (500 // 7, 500 // 7 * 7) == (booked, spent.tokens)


def test_processes_never_go_over_a_budget(start: Start, store: Store) -> None:
    asking = """
from datetime import date
from coach.errors import OverBudget

with Store(path) as store:
    print("ready", flush=True)
    input()
    booked = 0
    for _ in range(60):
        try:
            store.ledger.reserve(
                date(2026, 3, 2), model="m-1", tokens=1, usd=0.07, most_tokens=None, most_usd=5.0
            )
        except OverBudget:
            continue
        booked += 1
    print(booked)
"""
    processes = [start(asking) for _ in range(4)]
    for process in processes:
        assert process.stdout
        assert "ready\n" == process.stdout.readline()
    for process in processes:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    booked = sum(int(process.communicate(timeout=60)[0]) for process in processes)
    assert (71, Spent(tokens=71, usd=4.97, unpriced=0)) == (booked, store.ledger.spent(DAY))
