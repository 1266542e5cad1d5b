"""The three documents as they are served; made once, as nothing changes them."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from coach.api.app import create_app
from tests.api.standin import StandIn

Document = dict[str, Any]


@pytest.fixture(scope="session")
def documents() -> dict[str, Document]:
    client = TestClient(create_app(StandIn()), base_url="http://localhost")  # type: ignore[arg-type]
    return {name: client.get(f"/{name}.json").json() for name in ("openapi", "openapi-3.0", "swagger-2.0")}


@pytest.fixture(scope="session")
def newest(documents: dict[str, Document]) -> Document:
    return documents["openapi"]


@pytest.fixture(scope="session")
def older(documents: dict[str, Document]) -> Document:
    return documents["openapi-3.0"]


@pytest.fixture(scope="session")
def oldest(documents: dict[str, Document]) -> Document:
    return documents["swagger-2.0"]
