"""Runs JavaScript's own checkers over the samples, where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

MODULES = "COACH_TEST_NODE_MODULES"


def node() -> str:
    """Where node is; the test is skipped where there is none."""
    found = shutil.which("node")
    if found is None:
        pytest.skip("node is not installed")
    return found


def modules(*names: str) -> Path:
    """The folder with the given packages of npm; the test is skipped where they are not there."""
    given = os.environ.get(MODULES)
    if given is None:
        pytest.skip(f"{MODULES} names no folder `node_modules` with {', '.join(names)}")
    folder = Path(given).absolute()
    missing = [name for name in names if not (folder / name).is_dir()]
    if missing:
        pytest.skip(f"{', '.join(missing)}: not in {MODULES}; npm installs them")
    return folder


def run(*command: str | Path, folder: Path) -> str:
    """What a command says; it has to end well."""
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    assert 0 == ended.returncode, ended.stdout[-3000:] + ended.stderr[-3000:]
    return ended.stdout
