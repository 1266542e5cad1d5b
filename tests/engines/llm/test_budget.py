"""The purse: what may be spent is checked before, and what was spent is booked after."""

from __future__ import annotations

import asyncio
import gc
import sqlite3
import threading
import time
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from coach.engines.llm import Budgets, Call, Reply
from coach.engines.llm.budget import Purse, prompt_tokens
from coach.errors import NotAuthorised, OverBudget, ProviderTimeout
from coach.store import Store
from tests.engines.llm.scripted import MODEL, ScriptedClient, said

CALL = Call(system="é" * 150, user="x" * 300, max_tokens=100, temperature=0, schema_={}, schema_name="x")
TOKENS = 200 + 50 + 100
"""What the call may take: 600 bytes, what is around them, and the answer."""
FINE = said("Fine.", cost_usd=0.125)
"""110 tokens."""


class FakeLedger:
    """Writes down what it is told."""

    def __init__(self, most: int | None = None) -> None:
        self.reserved: list[tuple[object, ...]] = []
        self.settled: list[tuple[int, int, float | None]] = []
        self.released: list[int] = []
        self._most = most
        self._changing = threading.Lock()

    def reserve(
        self,
        day: date,
        *,
        model: str,
        tokens: int,
        usd: float | None,
        most_tokens: int | None,
        most_usd: float | None,
        **_: bool,
    ) -> int:
        with self._changing:
            if self._most is not None and tokens > self._most:
                raise OverBudget("the day has no room")
            self.reserved.append((day, model, tokens, usd, most_tokens, most_usd))
            return len(self.reserved)

    def settle(self, booking: int, *, tokens: int, usd: float | None, **_: bool) -> None:
        self.settled.append((booking, tokens, usd))

    def release(self, booking: int, **_: bool) -> None:
        self.released.append(booking)


def purse(ledger: FakeLedger | None = None, *, price: float | None = None, **budgets: float) -> Purse:
    return Purse(Budgets(**budgets), ledger, ScriptedClient(price=price))


async def pay(one: Purse, outcome: Reply | BaseException = FINE) -> None:
    async with one.paying(MODEL, CALL) as replies:
        if isinstance(outcome, BaseException):
            raise outcome
        replies.append(outcome)


def test_an_estimate_is_of_bytes_and_errs_upwards() -> None:
    assert TOKENS - 100 == prompt_tokens(CALL)
    assert 51 == prompt_tokens(CALL.model_copy(update={"system": None, "user": "x"}))


async def test_what_may_be_spent_is_reserved_and_what_was_is_settled() -> None:
    ledger = FakeLedger()
    await pay(purse(ledger, price=0.001, day_tokens=5000, day_usd=2))
    today = datetime.now(UTC).date()
    assert [(today, "made/one", TOKENS, pytest.approx(0.35), 5000, 2)] == ledger.reserved
    assert [(1, 110, 0.125)] == ledger.settled
    assert [] == ledger.released


async def test_without_a_budget_in_dollars_no_price_is_asked_for() -> None:
    ledger = FakeLedger()
    await pay(purse(ledger, price=0.001))
    assert [(TOKENS, None)] == [(one[2], one[3]) for one in ledger.reserved]
    assert [(1, 110, 0.125)] == ledger.settled


async def test_where_the_provider_does_not_say_it_is_settled_as_reserved() -> None:
    ledger = FakeLedger()
    await pay(purse(ledger, price=0.001, day_usd=2), said("Fine.", usage=None, cost_usd=None))
    assert [(1, TOKENS, pytest.approx(0.35))] == ledger.settled


@pytest.mark.parametrize("budget", ["request_usd", "day_usd"])
async def test_a_budget_in_dollars_needs_a_price(budget: str) -> None:
    ledger = FakeLedger()
    with pytest.raises(OverBudget, match=r"price of made/one is not known.*COACH_BUDGET_DAY_TOKENS"):
        await pay(purse(ledger, **{budget: 100}))
    assert [] == ledger.reserved


@pytest.mark.parametrize(
    ("budgets", "says"),
    [
        ({"request_tokens": TOKENS - 1}, "COACH_BUDGET_REQUEST_TOKENS"),
        ({"request_usd": 0.349}, "COACH_BUDGET_REQUEST_USD"),
    ],
)
async def test_nothing_is_asked_that_may_go_over_what_a_request_may_spend(budgets: dict[str, float], says: str) -> None:
    ledger = FakeLedger()
    with pytest.raises(OverBudget, match=says):
        await pay(purse(ledger, price=0.001, **budgets))
    assert [] == ledger.reserved
    await pay(purse(ledger, price=0.001, request_tokens=TOKENS, request_usd=0.351))
    assert [1] == [booking for booking, _, _ in ledger.settled]


async def test_a_second_call_may_spend_what_the_first_has_left() -> None:
    one = purse(request_tokens=TOKENS + 110)
    await pay(one)
    await pay(one)
    with pytest.raises(OverBudget, match=f"may take {TOKENS + 220} tokens"):
        await pay(one)


async def test_dollars_that_were_spent_count_too() -> None:
    one = purse(price=0.001, request_usd=0.47)
    await pay(one)
    with pytest.raises(OverBudget, match=r"may cost \$0\.4750, and a request may cost \$0\.47;"):
        await pay(one)


async def test_a_day_without_room_is_told_and_nothing_is_held() -> None:
    ledger = FakeLedger(most=10)
    one = purse(ledger, request_tokens=TOKENS)
    for _ in range(2):
        with pytest.raises(OverBudget, match="the day has no room"):
            await pay(one)
    assert ([], []) == (ledger.settled, ledger.released)


async def test_a_call_that_was_not_answered_is_given_back() -> None:
    ledger = FakeLedger()
    one = purse(ledger, request_tokens=TOKENS)
    with pytest.raises(NotAuthorised):
        await pay(one, NotAuthorised("no"))
    assert ([1], []) == (ledger.released, ledger.settled)
    await pay(one)


@pytest.mark.parametrize("outcome", [ProviderTimeout("slow"), asyncio.CancelledError()], ids=["timeout", "cancelled"])
async def test_a_call_whose_answer_was_not_waited_for_may_have_cost_and_stays_booked(outcome: BaseException) -> None:
    ledger = FakeLedger()
    one = purse(ledger, request_tokens=TOKENS + 100)
    with pytest.raises(type(outcome)):
        await pay(one, outcome)
    assert ([], [], 1) == (ledger.released, ledger.settled, len(ledger.reserved))
    with pytest.raises(OverBudget):
        await pay(one)


@pytest.mark.parametrize(
    "ledger",
    [
        None,
        FakeLedger(),
    ],
    ids=["no_ledger", "ledger"],
)
async def test_calls_at_once_do_not_go_over_the_budget_together(ledger: FakeLedger | None) -> None:
    one = purse(ledger, request_tokens=TOKENS)
    nobody_is_left = asyncio.Event()
    outcomes: list[str] = []

    async def slow() -> None:
        try:
            async with one.paying(MODEL, CALL) as replies:
                told("asked")
                await nobody_is_left.wait()
                replies.append(FINE)
        except OverBudget:
            told("refused")

    def told(outcome: str) -> None:
        outcomes.append(outcome)
        if len(outcomes) == 4:
            nobody_is_left.set()

    async with asyncio.timeout(5):
        await asyncio.gather(*(slow() for _ in range(4)))
    assert ["asked", "refused", "refused", "refused"] == sorted(outcomes)


async def test_a_call_given_up_before_it_was_asked_is_given_back() -> None:
    reserving, go_on = threading.Event(), threading.Event()
    loop, given_back = asyncio.get_running_loop(), asyncio.Event()

    class SlowLedger(FakeLedger):
        def reserve(self, *args: object, wait: bool = True, **kwargs: object) -> int:
            if not wait:
                raise BlockingIOError
            reserving.set()
            go_on.wait(5)
            return super().reserve(*args, **kwargs)  # type: ignore[arg-type]

        def release(self, booking: int, **_: bool) -> None:
            super().release(booking)
            loop.call_soon_threadsafe(given_back.set)

    task = asyncio.create_task(pay(purse(SlowLedger())))
    await asyncio.to_thread(reserving.wait, 5)
    task.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(0.2):
        await given_back.wait()


async def test_a_booking_is_given_back_in_a_thread_where_that_takes_waiting(tmp_path: Path) -> None:
    path = tmp_path / "coach.sqlite3"
    today = datetime.now(UTC).date()
    with Store(path) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        store.ledger.spent(today)
        other.execute("BEGIN IMMEDIATE")
        # The call's booking waits for the other writer, in a thread, and is made after the call was given up.
        task = asyncio.create_task(pay(Purse(Budgets(), store.ledger, ScriptedClient())))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        other.execute("COMMIT")
        while not other.execute("SELECT count(*) FROM bookings").fetchone()[0]:
            time.sleep(0.005)  # noqa: ASYNC251  the event loop is not to see yet that it was booked
        other.execute("BEGIN IMMEDIATE")
        # The giving back has to wait for the other writer as well, and the event loop goes on all the same.
        await asyncio.sleep(0.05)
        gc.collect()
        assert (1,) == other.execute("SELECT count(*) FROM bookings").fetchone()
        other.execute("COMMIT")
        async with asyncio.timeout(5):
            while store.ledger.spent(today).tokens:  # noqa: ASYNC110  it has no event to wait for
                await asyncio.sleep(0.005)
