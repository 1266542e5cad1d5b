"""Folders of eval runs for the tests that show them: the committed baseline's figures, changed as a test wants."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

BASELINE = Path(__file__).parents[1] / "evals" / "baselines" / "local"
CANARY = "quinceblossom"
"""A word of a note; nothing that is served may hold it."""


def report(**changes: Any) -> dict[str, Any]:
    """The baseline's report; of a metric that is named, the fields that are given."""
    made: dict[str, Any] = json.loads((BASELINE / "report.json").read_text("utf-8"))
    for name, fields in changes.pop("metrics", {}).items():
        made["metrics"][name] |= fields
    return made | changes


def write_run(runs: Path, name: str, *, written: int = 1_700_000_000, **changes: Any) -> Path:
    """Write a run's folder; it was written so many seconds after 1970."""
    folder = runs / name
    folder.mkdir(parents=True)
    note = json.dumps({"id": "d-1", "note": CANARY}) + "\n"
    for file in ("predictions.jsonl", "cases.jsonl", "report.html", "report.md"):
        (folder / file).write_text(note, "utf-8")
    (folder / "run.json").write_bytes((BASELINE / "run.json").read_bytes())
    (folder / "report.json").write_text(json.dumps(report(**changes)), "utf-8")
    os.utime(folder / "report.json", (written, written))
    return folder
