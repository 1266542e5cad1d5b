"""The wording of the judge is data, checked when it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import InvalidInput
from coach.evaluation.judge import Criteria, load_criteria
from coach.evaluation.judge.criteria import Prose


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    for name in ("criteria.yaml", "prompt.md"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    return tmp_path


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_three_criteria_are_for_questions_and_one_for_prescriptions(criteria: Criteria) -> None:
    expected = {
        "buyer_centred": Prose.QUESTION,
        "specific": Prose.QUESTION,
        "answerable": Prose.QUESTION,
        "fitting": Prose.PRESCRIPTION,
    }
    assert expected == {id_: one.applies_to for id_, one in criteria.criteria.items()}


@pytest.mark.parametrize("name", ["criteria.yaml", "prompt.md"])
def test_a_change_of_either_file_is_another_judge(copy: Path, criteria: Criteria, name: str) -> None:
    assert criteria.sha256 == load_criteria(copy).sha256
    with (copy / name).open("a") as file:
        file.write("\n")
    assert criteria.sha256 != load_criteria(copy).sha256


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("prompt.md", "${asks}", "", "lacks slots: asks"),
        ("prompt.md", "${asks}", "${asks} ${answer} ${hint}", "has unknown slots: answer, hint"),
        ("prompt.md", "${asks}", "${asks} $5", "must begin a slot"),
        ("criteria.yaml", "version: 1", "version: 0", "at version"),
        ("criteria.yaml", "id: specific", "id: answerable", "come twice: answerable"),
        ("criteria.yaml", "applies_to: prescription", "applies_to: poem", "at criteria.3.applies_to"),
        ("criteria.yaml", "version: 1", "version: [", "must be YAML"),
    ],
)
def test_what_is_wrong_is_named(copy: Path, name: str, old: str, new: str, message: str) -> None:
    replace(copy / name, old, new)
    with pytest.raises(InvalidInput, match=message):
        load_criteria(copy)


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / "prompt.md").unlink()
    with pytest.raises(InvalidInput, match=r"prompt\.md: cannot be read"):
        load_criteria(copy)
