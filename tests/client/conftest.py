"""The real application on a real port, with a roster and keys, and a CRM's deals in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from coach.api.app import create_app
from coach.domain.identity import Role
from coach.service.importing import Source
from coach.settings import Settings
from coach.wiring import build
from coach.wiring.entrance import opened
from tests.web.conftest import serving

ROSTER = b"rep,manager,team\nIlse Brandt,Ruth Kerr,North\nAnand Rao,Tom Field,South\n"
DEALS = (
    b"Record ID,Deal Name,Deal owner,Deal Stage,Amount,Close Date,Create Date\n"
    b"71,Hallstrom Foods,Ilse Brandt,Proposal,60000,2026-03-31,2026-01-10\n"
)
DAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Installation:
    """Where it is served, and how its keys are made."""

    address: str
    settings: Settings

    def key(self, role: Role, **given: Any) -> str:
        return made_key(self.settings, role, **given)


def made_key(settings: Settings, role: Role, workspace: str = "main", **given: Any) -> str:
    async def create() -> str:
        async with opened(settings, workspace, make=True) as ring:
            return (await ring.create(role.value, role, **given)).shown

    return asyncio.run(create())


def fill(settings: Settings) -> None:
    """Bring in who leads whom, and a deal."""

    async def import_() -> None:
        coach = build(settings)
        try:
            await coach.pipeline.import_people(Source(file=BytesIO(ROSTER), name="roster.csv", mapping=None))
            deals = Source(file=BytesIO(DEALS), name="deals.csv", mapping=None)
            await coach.pipeline.import_opportunities(deals, DAY)
        finally:
            await coach.close()

    asyncio.run(import_())


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Callable[..., Installation]]:
    """Serve with settings of a test's own."""
    open_ = []

    def started(**settings: Any) -> Installation:
        chosen = Settings(_env_file=None, data_dir=tmp_path / "data", engine="local", encoder=False, **settings)
        fill(chosen)
        context = serving(create_app(build(chosen)))
        open_.append(context)
        return Installation(context.__enter__(), chosen)

    yield started
    for context in open_:
        context.__exit__(None, None, None)
