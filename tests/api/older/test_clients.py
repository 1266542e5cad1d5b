"""Clients that well-kept generators make of the two documents call the service as it is served."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from coach.api.app import create_app
from coach.domain.identity import Role
from coach.settings import Settings
from coach.wiring import build
from tests.api.test_identity import Installation
from tests.web.conftest import serving

HERE = Path(__file__).parent
SCRIPTS = Path(sys.executable).parent
NOTE = "Dana's counsel sent redlines on Tuesday. I think we close this month."
pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of the service, with the embedded engine and an empty store, and a key for it."""
    data = tmp_path_factory.mktemp("served") / "data"
    settings = Settings(_env_file=None, data_dir=data, engine="local", encoder=False)
    app = create_app(build(settings, serving=False))
    with serving(app) as address:
        yield address, Installation(TestClient(app, base_url="http://localhost"), settings).key(Role.ADMIN)


def generator(name: str) -> str:
    found = shutil.which(name, path=str(SCRIPTS))
    if found is None:
        pytest.skip(f"{name} is not installed (dependency group clients)")
    return found


def run(*command: str | Path, folder: Path) -> str:
    path = os.pathsep.join([str(SCRIPTS), os.environ["PATH"]])
    ended = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert 0 == ended.returncode, ended.stdout[-2000:] + ended.stderr[-2000:]
    return ended.stdout


def told(script: str, folder: Path, served: tuple[str, str]) -> Any:
    """What the client in a folder makes of the service's answers."""
    return json.loads(run(sys.executable, HERE / script, *served, NOTE, folder=folder))


EXPECTED = {
    "schema": "coach.deal_review/1",
    "quotes": ["Dana's counsel sent redlines on Tuesday", "I think we close this month"],
    "close_date": None,
    "model": None,
    "kept": [True],
    "deals": [],
    "failed": [404, "not_found"],
}


def test_a_client_made_of_the_3_0_document_calls_the_service(
    served: tuple[str, str], older: dict[str, Any], tmp_path: Path
) -> None:
    command = generator("openapi-python-client")
    (tmp_path / "document.json").write_text(json.dumps(older), "utf-8")
    made = run(
        command,
        "generate",
        "--path",
        "document.json",
        "--output-path",
        "coach_client",
        "--meta",
        "none",
        "--fail-on-warning",
        folder=tmp_path,
    )
    assert "Warning" not in made
    assert EXPECTED == told("calling_3_0.py", tmp_path, served)


def test_a_client_made_of_the_2_0_document_calls_the_service(
    served: tuple[str, str], oldest: dict[str, Any], tmp_path: Path
) -> None:
    command = generator("openapi-generator-cli")
    if shutil.which("java") is None:
        pytest.skip("java is not installed; openapi-generator-cli runs in it")
    (tmp_path / "document.json").write_text(json.dumps(oldest), "utf-8")
    run(
        command,
        "generate",
        "-i",
        "document.json",
        "-g",
        "python",
        "-o",
        ".",
        "--additional-properties=packageName=coach_client",
        folder=tmp_path,
    )
    assert EXPECTED == told("calling_2_0.py", tmp_path, served)
