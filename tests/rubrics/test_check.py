"""The check of all rubrics, and the lock that ties content to its version."""

from __future__ import annotations

from pathlib import Path

from coach.rubrics.check import LOCK, check, lock

RUBRIC = "buyer_evidence/rubric.yaml"


def edit(root: Path, old: str, new: str) -> None:
    path = root / RUBRIC
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def test_the_rubrics_that_ship_are_sound_and_locked() -> None:
    assert [str(one) for one in check()] == []


def test_a_folder_without_rubrics_is_a_problem(tmp_path: Path) -> None:
    assert [one.message for one in check(tmp_path)] == ["no rubric here: none of its folders holds a rubric.yaml"]


def test_changed_content_under_an_old_version_is_a_problem_and_cannot_be_locked(root: Path) -> None:
    lock(root)
    edit(root, "title: Problem", "title: The problem")
    assert [(one.file, one.path) for one in check(root)] == [(RUBRIC, "version")]
    before = (root / LOCK).read_text(encoding="utf-8")
    assert [(one.file, one.path) for one in lock(root)] == [(RUBRIC, "version")]
    assert (root / LOCK).read_text(encoding="utf-8") == before


def test_changed_content_under_a_higher_version_asks_for_the_lock_and_can_be_locked(root: Path) -> None:
    lock(root)
    edit(root, "title: Problem", "title: The problem")
    edit(root, "version: 1", "version: 2")
    assert [one.file for one in check(root)] == [LOCK]
    assert lock(root) == []
    assert check(root) == []


def test_a_version_cannot_go_back(root: Path) -> None:
    edit(root, "version: 1", "version: 3")
    lock(root)
    edit(root, "version: 3", "version: 2")
    assert [(one.file, one.path) for one in check(root)] == [(RUBRIC, "version")]


def test_an_unsound_rubric_is_not_locked(root: Path) -> None:
    (root / LOCK).unlink(missing_ok=True)
    edit(root, "centre: buyer", "centre: seller")
    assert [one.path for one in lock(root)] == ["kinds.0.centre"]
    assert not (root / LOCK).exists()


def test_a_folder_without_a_lock_is_checked_without_it(root: Path) -> None:
    (root / LOCK).unlink(missing_ok=True)
    assert check(root) == []


def test_a_damaged_lock_asks_to_be_refreshed(root: Path) -> None:
    (root / LOCK).write_text("{", encoding="utf-8")
    assert [(one.file, one.message) for one in check(root)] == [(LOCK, "does not know version 1; refresh the lock")]


def test_a_problem_reads_as_one_line(root: Path) -> None:
    edit(root, "centre: buyer", "centre: seller")
    assert str(check(root)[0]) == f"{RUBRIC}: at kinds.0.centre: buyer_action is buyer-centred"
