"""Runs schemathesis against a service that is full of data, with an admin's key."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import httpx

from coach.api.app import create_app
from coach.domain.identity import Role
from coach.settings import Settings
from coach.wiring import build
from tests.api.test_identity import Installation, fill
from tests.web.conftest import serving

_A_CASE_EACH = 60
"""Cases that the document's operations come to for each example asked for, at the least."""
_BEYOND_SCHEMAS = (
    "deal-reviews.*",  # whether a day is still to come
    "diagnoses",  # whether any of a packet's texts has words
    "findings/.*",  # which labels a finding has
    "keys",  # whether a last day is still to come, and whether a role is somebody's
    "manager-reviews",  # which of those who speak is the manager
    "opportunities",  # whether a file is an export
    "people",
    "privacy/.*",  # whether a name can be looked for
    "reviews/.*",
)
"""Addresses that may refuse what their schema allows, for something that no schema can say."""
_CONFIG = f"""
[[operations]]
include-path-regex = "^/v1/({"|".join(_BEYOND_SCHEMAS)})$"
checks.positive_data_acceptance.expected-statuses = ["2xx", "401", "403", "404", "409", "422", "5xx"]
"""


class Result(NamedTuple):
    """What a run came to."""

    passed: bool
    cases: int
    said: str


def conforms(cases: int, *, seed: int = 1, database_url: str | None = None) -> Result:
    """Generate cases from the document, ask them, and check each answer against it.

    Args:
        cases: How many, at the least.
        seed: Of what is generated.
        database_url: Where records are kept; a SQLite file where None.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            _env_file=None,
            data_dir=Path(folder) / "data",
            engine="local",
            encoder=False,
            rate_limit="off",
            database_url=database_url,
        )
        config = Path(folder) / "schemathesis.toml"
        config.write_text(_CONFIG)
        with patch("coach.api.app.TRIES", "100000/minute"):  # it tries many a wrong key
            app = create_app(build(settings))
        with serving(app) as address, httpx.Client(base_url=address) as client:
            installation = Installation(client, settings)  # type: ignore[arg-type]
            key = installation.key(Role.ADMIN)
            fill(lambda *given, **more: installation.ask(key, *given, **more))
            command = [str(Path(sys.executable).with_name("st")), "--config-file", str(config), "run"]
            command += [f"{address}openapi.json", "--checks", "all", "--continue-on-failure", "--no-color"]
            # A note of nobody's deal is read and, on purpose, not kept: there is nothing to be had by its id.
            command += ["--exclude-checks", "ensure_resource_availability"]
            command += ["-H", f"Authorization: Bearer {key}", "--seed", str(seed), "--request-timeout", "30"]
            command += ["--max-examples", str(max(1, cases // _A_CASE_EACH))]
            ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    found = re.search(r"(\d+) generated", ended.stdout)
    return Result(ended.returncode == 0, int(found[1]) if found else 0, ended.stdout + ended.stderr)
