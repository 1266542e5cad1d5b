"""Workspaces on SQLite and PostgreSQL: each a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from coach.domain.commitment import Commitment, Owner
from coach.domain.opportunity import Rep
from coach.errors import InvalidInput, NotFound, StoreError
from coach.store.workspaces import Workspaces
from tests.postgres import postgres_database

DAY = date(2026, 3, 1)
STEP = Commitment(id=0, rep="Ilse", what="Call Dana", owner=Owner.REP, due_on=DAY, agreed_on=DAY)


@pytest.fixture(params=["sqlite", "postgresql"])
def places(request: pytest.FixtureRequest, path: Path) -> Iterator[Workspaces]:
    if request.param == "sqlite":
        yield Workspaces(path)
    else:
        with postgres_database() as address:
            yield Workspaces(path, address)


async def test_main_is_there_and_others_once_they_are_made(places: Workspaces) -> None:
    assert ("main",) == await places.names()
    await places.create("zeta")
    await places.create("acme")
    assert ("main", "acme", "zeta") == await places.names()
    assert [True, True, False] == [await places.exists(name) for name in ("main", "acme", "none")]


async def test_nothing_of_one_is_in_another(places: Workspaces) -> None:
    await places.create("acme")
    acme, main = places.store("acme"), places.store("main")
    try:
        await acme.records.people.put([Rep(name="Ilse")])
        await acme.records.one_on_ones.put("Ilse", DAY, "{}", [STEP])
        assert () == await main.records.people.reps()
        (step,) = await acme.records.commitments.of("Ilse", DAY)
        await main.records.one_on_ones.put("Ilse", DAY, "{}", [STEP])
        (other,) = await main.records.commitments.of("Ilse", DAY)
        assert step.id != other.id
        with pytest.raises(NotFound):
            await main.records.commitments.change(step.id, {"kept": "dropped"})
    finally:
        await acme.aclose()
        await main.aclose()


async def test_what_is_made_twice_keeps_what_is_in_it(places: Workspaces) -> None:
    await places.create("acme")
    store = places.store("acme")
    try:
        await store.records.people.put([Rep(name="Ilse")])
        await places.create("acme")
        assert ["Ilse"] == [rep.name for rep in await store.records.people.reps()]
    finally:
        await store.aclose()


@pytest.mark.parametrize("name", ["", "Acme", "a b", "a_b", "1a", "../a", "a" * 32, 'a"; drop', "é"])
async def test_a_name_that_could_be_more_than_a_name_is_refused(places: Workspaces, name: str) -> None:
    with pytest.raises(InvalidInput, match="take a small letter"):
        await places.create(name)
    assert not await places.exists(name)
    assert ("main",) == await places.names()


async def test_a_database_that_cannot_be_reached_is_told(path: Path) -> None:
    with pytest.raises(StoreError, match="check that the server runs"):
        await Workspaces(path, "postgresql://nobody@127.0.0.1:1/none").names()
