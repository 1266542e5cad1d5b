"""The application over use cases that answer, or fail, as a test wants."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from coach.api.app import create_app
from coach.settings import Settings
from coach.wiring import build
from tests.api.standin import StandIn


@pytest.fixture
def coach() -> StandIn:
    return StandIn()


@pytest.fixture
def client(coach: StandIn) -> Iterator[TestClient]:
    with TestClient(create_app(coach), base_url="http://localhost") as client:  # type: ignore[arg-type]
        yield client


@pytest.fixture
def start() -> Callable[..., TestClient]:
    """Start the application over use cases that fail in the given way."""

    def started(**failures: Exception) -> TestClient:
        return TestClient(create_app(StandIn(**failures)), base_url="http://localhost")  # type: ignore[arg-type]

    return started


@pytest.fixture
def served(tmp_path: Path) -> Iterator[TestClient]:
    """The application as it is served, the embedded engine alone, over an empty store."""
    coach = build(Settings(_env_file=None, data_dir=tmp_path / "data", engine="local", encoder=False))
    with TestClient(create_app(coach), base_url="http://localhost") as client:
        yield client
