"""No test meets what another one kept, or its developer; what is kept is tested on both kinds of database."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.postgres import postgres_database

_test = count()


@pytest.fixture(scope="session")
def every_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where tests keep what they do not keep elsewhere."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(autouse=True)
def _own_data(every_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = every_data / str(next(_test))
    monkeypatch.setenv("COACH_DATA_DIR", str(own))
    monkeypatch.setenv("COACH_EVAL_RUNS", str(own / "runs"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a file of SQLite will be made, with its folder."""
    return tmp_path / "kept" / "coach.sqlite3"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, path: Path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{path}"
    else:
        with postgres_database() as address:
            yield address
