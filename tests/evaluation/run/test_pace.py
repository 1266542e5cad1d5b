"""How many are asked at once, before and after a provider says that it is too many."""

from __future__ import annotations

import asyncio

import pytest

from coach.errors import RateLimited
from coach.evaluation.run.pace import Pace


async def most_at_once(pace: Pace, callers: int) -> int:
    now = most = 0

    async def call() -> None:
        nonlocal now, most
        async with pace.slot():
            now += 1
            most = max(most, now)
            await asyncio.sleep(0.001)
            now -= 1

    await asyncio.gather(*(call() for _ in range(callers)))
    return most


async def test_no_more_than_allowed_are_in_flight() -> None:
    assert 4 == await most_at_once(Pace(4), 20)


async def test_a_refusal_halves_the_limit_and_answers_give_it_back() -> None:
    pace = Pace(8)
    pace.refused(0)
    assert 4 == pace.limit
    assert 4 == await most_at_once(pace, 20)
    for _ in range(8 * 8):
        pace.answered()
    assert 8 == pace.limit


async def test_those_that_were_in_flight_together_are_one_refusal() -> None:
    pace = Pace(8)
    for _ in range(8):
        pace.refused(10)
    assert 4 == pace.limit


async def test_the_limit_never_falls_below_one() -> None:
    pace = Pace(2)
    for _ in range(5):
        pace.refused(0)
    assert 1 == pace.limit


async def test_nobody_asks_before_the_providers_own_time() -> None:
    loop = asyncio.get_running_loop()
    pace = Pace(2)
    pace.refused(0.05)
    started = loop.time()
    async with pace.slot():
        assert loop.time() - started >= 0.05


async def test_a_provider_that_names_no_time_to_wait_is_not_hammered() -> None:
    pace, loop = Pace(2), asyncio.get_running_loop()
    asked = []

    async def refuse() -> None:
        asked.append(loop.time())
        raise RateLimited("too many", 0)

    with pytest.raises(RateLimited):
        await pace.ask(refuse, timeout_s=1)
    assert 6 == len(asked)
    # 0.05 + 0.1 + 0.2 + 0.4 + 0.8 seconds of waiting between them.
    assert asked[-1] - asked[0] >= 1.5


async def test_a_wait_of_hours_is_a_failure() -> None:
    async def refuse() -> None:
        raise RateLimited("too many", 86_400)

    with pytest.raises(RateLimited):
        await asyncio.wait_for(Pace(2).ask(refuse, timeout_s=1), 1)


@pytest.mark.parametrize(("refusals", "least_s", "most_s"), [(1, 1, 1.25), (2, 2, 2.5), (3, 4, 5), (12, 60, 75)])
async def test_waits_double_where_the_provider_names_none(refusals: int, least_s: float, most_s: float) -> None:
    pace = Pace(2)
    loop = asyncio.get_running_loop()
    for _ in range(refusals):
        pace._resume_at = 0.0
        pace.refused(None)
    assert least_s - 0.01 <= pace._resume_at - loop.time() <= most_s
