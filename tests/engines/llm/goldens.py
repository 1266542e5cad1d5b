"""Rendered prompts that are held by golden files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

_FOLDER = Path(__file__).parent / "golden"


def is_golden(rubric: str, parts: Mapping[str, str]) -> None:
    """Compare a prompt, by section, with the golden file of its rubric; `UPDATE_GOLDEN=1` writes the file."""
    path = _FOLDER / f"{rubric}.txt"
    now = "".join(f"======== {name}\n{text}\n" for name, text in parts.items())
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(now, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == now, (
        f"the rendered prompt changed. If that is meant: raise `version` in rubrics/{rubric}/prompt.md, say in "
        "`changed` what is new, refresh rubrics/versions.lock, and write this file again with "
        "`UPDATE_GOLDEN=1 pytest tests/engines/llm -k golden`"
    )
