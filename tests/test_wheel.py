"""What a user installs: the wheel carries the rubrics, the page, the sample and the engine's artefact."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_wheel_carries_every_data_file(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    carried = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(
        ["git", "ls-files", "coach", "rubrics"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()
    expected = {f"coach/_{path}" if path.startswith("rubrics/") else path for path in tracked}
    assert expected - carried == set()
    assert "coach/_rubrics/buyer_evidence/rubric.yaml" in carried
