"""Each kind of result, as it comes, and with every text in it hostile."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import Any, TypeVar

import pytest
from pydantic import BaseModel

from coach.domain import Conversation, RepPacket
from coach.samples import sample
from coach.settings import Settings
from coach.wiring import build
from tests.browser import chromium
from tests.web.packs.hostile import HOSTILE
from tests.web.packs.samples import fullest

KINDS = ("deal", "rep", "manager", "pack")
DAY = date(2026, 3, 2)
TALK = "Ruth: Did the quote go out?\nIlse: On Monday.\nRuth: Put the clause on page one. You never ask them."
SEEN = "The call block was in her diary on four mornings, and each time she tidied the CRM instead."
_OURS = {
    *("schema", "id", "code", "currency", "period", "by", "reason_from", "leaning", "unit", "when", "counts", "shows"),
    *("engine", "engine_version", "sha256", "found_by", "field", "kept", "deal_reviews"),
}
_SHORT = {"amount", "stage"}
_Model = TypeVar("_Model", bound=BaseModel)


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A result of each kind, made by the embedded engine, and the fullest pack."""
    folder = tmp_path_factory.mktemp("results")
    coach = build(Settings(_env_file=None, data_dir=folder, engine="local", encoder=False))
    packet = RepPacket.model_validate(
        {"rep": "Ilse Brandt", "manager_observation": SEEN, "self_assessment": {"ratings": {"prospecting": 4}}}
    )

    async def made() -> dict[str, Any]:
        try:
            return {
                "deal": await coach.review_deal(sample()),
                "rep": await coach.diagnose_rep(packet, DAY),
                "manager": await coach.review_manager(Conversation(transcript=TALK, manager="Ruth"), DAY),
                "pack": fullest(),
            }
        finally:
            await coach.close()

    return asyncio.run(made())


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def result(results: dict[str, Any], kind: str) -> Any:
    return results[kind]


@pytest.fixture
def hostile_result(result: Any) -> Any:
    return hostile(result)


def hostile(result: _Model) -> _Model:
    """A result, each text of it hostile that comes from people, a CRM or a model."""
    return type(result).model_validate(_hostile(result.model_dump(by_alias=True), ""), extra="ignore")


def _hostile(value: Any, name: str) -> Any:
    match value:
        case Enum():
            return value
        case str():
            if name in _OURS:
                return value
            return HOSTILE[:100] if name in _SHORT else HOSTILE
        case dict():
            return {one: _hostile(inside, str(one)) for one, inside in value.items()}
        case list() | tuple():
            return tuple(_hostile(one, name) for one in value)
        case _:
            return value


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser
