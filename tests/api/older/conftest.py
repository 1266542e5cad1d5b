"""The three documents as they are served, with an address in the settings that 2.0 can name."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

Document = dict[str, Any]


@pytest.fixture
def newest(client: TestClient) -> Document:
    document: Document = client.get("/openapi.json").json()
    return document


@pytest.fixture
def older(client: TestClient) -> Document:
    document: Document = client.get("/openapi-3.0.json").json()
    return document


@pytest.fixture
def oldest(client: TestClient) -> Document:
    document: Document = client.get("/swagger-2.0.json").json()
    return document
