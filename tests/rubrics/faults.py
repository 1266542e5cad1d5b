"""A fault that a test puts into a rubric's file, and where the check must find it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from coach.errors import RubricError
from coach.rubrics import load
from coach.rubrics.check import check


@dataclass(frozen=True)
class Fault:
    """A change to one file, and where the fault must be found."""

    id: str
    file: str
    old: str
    new: str
    path: str
    says: str


def is_found(root: Path, folder: str, fault: Fault) -> None:
    """Put the fault in: the check names it with its file and place, and the rubric cannot be loaded."""
    path = root / folder / fault.file
    text = path.read_text(encoding="utf-8")
    assert fault.old in text
    path.write_text(text.replace(fault.old, fault.new, 1), encoding="utf-8")
    problems = [one for one in check(root) if one.file == f"{folder}/{fault.file}" and one.path.startswith(fault.path)]
    assert [one for one in problems if fault.says in one.message], check(root)
    with pytest.raises(RubricError, match=fault.file):
        load(folder, root)
