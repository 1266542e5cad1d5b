"""The check of all rubrics, and the lock that ties content to its version."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from coach.rubrics.check import LOCK, check, lock
from coach.rubrics.families import FAMILIES

RUBRIC = "buyer_evidence/rubric.yaml"
PROMPT = "buyer_evidence/prompt.md"


def edit(root: Path, old: str, new: str, file: str = RUBRIC) -> None:
    path = root / file
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), encoding="utf-8")


def set_version(root: Path, number: int, file: str = RUBRIC) -> None:
    path = root / file
    before = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"^version: \d+$", f"version: {number}", before, count=1, flags=re.MULTILINE), "utf-8")


CHANGES = [(RUBRIC, "title: Problem", "title: The problem"), (PROMPT, "\n# user\n", "\nMore.\n\n# user\n")]


@pytest.fixture
def versioned(root: Path) -> Path:
    """A folder whose rubric and prompt are both of version 2, and locked."""
    (root / LOCK).unlink()
    set_version(root, 2)
    set_version(root, 2, PROMPT)
    assert lock(root) == []
    return root


def test_the_rubrics_that_ship_are_sound_and_locked() -> None:
    assert [str(one) for one in check()] == []


def test_a_folder_without_rubrics_is_a_problem(tmp_path: Path) -> None:
    assert [one.message for one in check(tmp_path)] == ["no rubric here: none of its folders holds a rubric.yaml"]


@pytest.mark.parametrize(("file", "old", "new"), CHANGES, ids=["rubric", "prompt"])
def test_changed_content_under_an_old_version_is_a_problem_and_cannot_be_locked(
    versioned: Path, file: str, old: str, new: str
) -> None:
    edit(versioned, old, new, file)
    assert [(one.file, one.path) for one in check(versioned)] == [(file, "version")]
    before = (versioned / LOCK).read_text(encoding="utf-8")
    assert [(one.file, one.path) for one in lock(versioned)] == [(file, "version")]
    assert (versioned / LOCK).read_text(encoding="utf-8") == before


@pytest.mark.parametrize(("file", "old", "new"), CHANGES, ids=["rubric", "prompt"])
def test_changed_content_under_a_higher_version_asks_for_the_lock_and_can_be_locked(
    versioned: Path, file: str, old: str, new: str
) -> None:
    edit(versioned, old, new, file)
    set_version(versioned, 3, file)
    assert [one.file for one in check(versioned)] == [LOCK]
    assert lock(versioned) == []
    assert check(versioned) == []


@pytest.mark.parametrize("file", [RUBRIC, PROMPT], ids=["rubric", "prompt"])
def test_a_version_cannot_go_back(versioned: Path, file: str) -> None:
    set_version(versioned, 1, file)
    assert [(one.file, one.path) for one in check(versioned)] == [(file, "version")]


def test_the_prompt_has_a_version_of_its_own(versioned: Path) -> None:
    edit(versioned, "\n# user\n", "\nMore.\n\n# user\n", PROMPT)
    set_version(versioned, 3, PROMPT)
    messages = [one.message for one in check(versioned)]
    assert messages == ["does not know version 3 of prompt.md; refresh the lock"]


def test_an_unsound_rubric_is_not_locked(root: Path) -> None:
    (root / LOCK).unlink(missing_ok=True)
    edit(root, "centre: buyer", "centre: seller")
    assert [one.path for one in lock(root)] == ["kinds.0.centre"]
    assert not (root / LOCK).exists()


def test_a_folder_without_a_lock_is_checked_without_it(root: Path) -> None:
    (root / LOCK).unlink(missing_ok=True)
    assert check(root) == []


def test_a_damaged_lock_asks_to_be_refreshed(versioned: Path) -> None:
    locked = json.loads((versioned / LOCK).read_text(encoding="utf-8"))
    assert set(FAMILIES) == set(locked)
    (versioned / LOCK).write_text("{", encoding="utf-8")
    assert [(one.file, one.path, one.message) for one in check(versioned)] == [
        (LOCK, rubric, f"does not know version {entry['version']} of {file}; refresh the lock")
        for rubric, files in locked.items()
        for file, entry in files.items()
    ]


def test_a_problem_reads_as_one_line(root: Path) -> None:
    edit(root, "centre: buyer", "centre: seller")
    assert str(check(root)[0]) == f"{RUBRIC}: at kinds.0.centre: buyer_action is buyer-centred"
