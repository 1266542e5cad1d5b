"""The prompts that ship, of every task: a section or a slot that is missing is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import RubricError
from coach.rubrics import load
from coach.rubrics.check import check
from coach.rubrics.families import FAMILIES
from coach.rubrics.prompt import FILE

SECTIONS = [(folder, section) for folder, family in FAMILIES.items() for section in family.slots]
ALL_SLOTS = [
    (folder, section, slot) for folder, section in SECTIONS for slot in sorted(FAMILIES[folder].slots[section])
]


def problems(root: Path, folder: str) -> list[str]:
    found = check(root)
    assert {f"{folder}/{FILE}"} == {one.file for one in found}
    with pytest.raises(RubricError, match=rf"{folder}/prompt\.md"):
        load(folder, root)
    return [one.message for one in found]


@pytest.mark.parametrize(("folder", "section", "slot"), ALL_SLOTS)
def test_a_slot_that_is_missing_is_named(root: Path, folder: str, section: str, slot: str) -> None:
    path = root / folder / FILE
    head, mark, rest = path.read_text(encoding="utf-8").partition(f"# {section}\n")
    # Of the section alone: another one may have the same slot.
    own, following, others = rest.partition("\n# ")
    assert f"${{{slot}}}" in own
    path.write_text(head + mark + own.replace(f"${{{slot}}}", "") + following + others, encoding="utf-8")
    assert [f"{section}: slot {slot!r} is missing"] == problems(root, folder)


@pytest.mark.parametrize(("folder", "section"), SECTIONS)
def test_a_section_that_is_missing_is_named(root: Path, folder: str, section: str) -> None:
    path = root / folder / FILE
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f"\n# {section}\n", "\n", 1), encoding="utf-8")
    assert f"the section '# {section}' is missing" in problems(root, folder)


@pytest.mark.parametrize("folder", FAMILIES)
def test_a_slot_that_nothing_fills_is_named(root: Path, folder: str) -> None:
    path = root / folder / FILE
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\n# user\n", "\n# user\n\n${who}\n", 1), encoding="utf-8")
    assert ["user: slot 'who' is not known"] == problems(root, folder)
