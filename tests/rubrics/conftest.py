"""A folder of rubrics that a test may break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coach.rubrics import rubrics_dir


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "rubrics"
    shutil.copytree(rubrics_dir(), folder)
    return folder
