"""Short runs of `python -m tests.load`."""

from __future__ import annotations

import pytest

from tests.load.running import Plan, run


@pytest.mark.parametrize("faults", [False, True], ids=["plain", "faults"])
@pytest.mark.parametrize("postgres", [False, True], ids=["sqlite", "postgresql"])
async def test_many_at_once_are_answered_and_nothing_acknowledged_is_lost(*, faults: bool, postgres: bool) -> None:
    result = await run(Plan(requests=400, clients=20, postgres=postgres, faults=faults))
    assert not result.errors, result.said()
    assert [] == result.lost
    assert result.acknowledged > 10
