"""A prompt file: what it holds, and that each way it can be wrong is named with its place."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from coach.errors import RubricError
from coach.rubrics import load, rubrics_dir
from coach.rubrics.check import check
from coach.rubrics.families import FAMILIES
from coach.rubrics.prompt import FILE, Prompt
from coach.rubrics.prompt import read_prompt as read_any

FOLDER = "buyer_evidence"
SLOTS = FAMILIES[FOLDER].slots
GOOD = """---
version: 3
changed: Something.
---

# system

Kinds ${kinds} ${kind_ids}, rules ${rules}, questions ${questions}, examples ${examples}. It costs $$5.

## A smaller heading

# user

${deal} ${written_on} ${boundary} ${note}

# repair

${kind_ids} ${wrong} ${boundary} ${note}
"""


def read_prompt(raw: bytes) -> Prompt:
    return read_any(raw, SLOTS)


def read(old: str = "", new: str = "") -> None:
    assert old in GOOD
    read_prompt(GOOD.replace(old, new, 1).encode())


def test_a_prompt_is_read_with_its_version_sections_and_hash() -> None:
    prompt = read_prompt(GOOD.encode())
    assert (3, "Something.") == (prompt.version, prompt.changed)
    assert prompt.system.startswith("Kinds ")
    assert prompt.system.endswith("## A smaller heading")
    assert "${deal} ${written_on} ${boundary} ${note}" == prompt.user
    assert "${kind_ids} ${wrong} ${boundary} ${note}" == prompt.repair
    assert hashlib.sha256(GOOD.encode()).hexdigest() == prompt.sha256


def test_lines_may_end_as_on_windows() -> None:
    unix, windows = read_prompt(GOOD.encode()), read_prompt(GOOD.replace("\n", "\r\n").encode())
    assert unix.model_copy(update={"sha256": windows.sha256}) == windows


def test_what_is_filled_in_is_never_read_for_slots() -> None:
    values = dict.fromkeys(SLOTS["user"], "x") | {"note": "${deal} $ $$ ${note}"}
    assert "x x x ${deal} $ $$ ${note}" == read_prompt(GOOD.encode()).filled("user", values)


def test_a_doubled_dollar_is_the_sign_itself() -> None:
    assert "It costs $5." in read_prompt(GOOD.encode()).filled("system", dict.fromkeys(SLOTS["system"], "x"))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        pytest.param("---\nversion", "version", "two lines of ---", id="no_front"),
        pytest.param("\n---\n\n# system", "\n\n# system", "two lines of ---", id="front_not_closed"),
        pytest.param("version: 3\nchanged: Something.", "just words", "version and changed", id="front_is_no_mapping"),
        pytest.param("version: 3", "version: [", "not valid YAML", id="front_is_no_yaml"),
        pytest.param("version: 3", "version: 3\nversion: 4", "stands twice", id="key_twice"),
        pytest.param("version: 3\n", "", "version: Field required", id="no_version"),
        pytest.param("version: 3", "version: 0", "version: .*greater than or equal to 1", id="version_nought"),
        pytest.param("version: 3", "version: first", "version: .*integer", id="version_in_words"),
        pytest.param("changed: Something.", "", "changed: Field required", id="no_changed"),
        pytest.param("changed: Something.", "changed: ''", "changed: .*at least 1", id="changed_empty"),
        pytest.param("version: 3", "version: 3\nauthor: x", "author: Extra inputs", id="unknown_field"),
        pytest.param("version: 3", "version: 3\n1: x", "1", id="field_that_is_no_name"),
        pytest.param("# user\n", "", "'# user' is missing", id="no_user"),
        pytest.param("# repair\n", "", "'# repair' is missing", id="no_repair"),
        pytest.param("# system\n", "", "'# system' is missing", id="no_system"),
        pytest.param("## A smaller", "# A smaller", "'# A smaller heading' is read by nothing", id="unknown_section"),
        pytest.param("$$5", "$5", "system: a \\$ must begin a slot", id="bare_dollar"),
        pytest.param("${deal}", "${deal} ${who}", "user: slot 'who' is not known", id="unknown_slot"),
        *(
            pytest.param(f"${{{slot}}}", "", f"system: slot '{slot}' is missing", id=f"system_without_{slot}")
            for slot in sorted(SLOTS["system"])
        ),
        *(
            pytest.param(f"${{{slot}}}", "", f"user: slot '{slot}' is missing", id=f"user_without_{slot}")
            for slot in sorted(SLOTS["user"])
        ),
        pytest.param("${wrong}", "", "repair: slot 'wrong' is missing", id="repair_without_wrong"),
    ],
)
def test_a_fault_is_named(old: str, new: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read(old, new)


def test_a_section_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="user"):
        read("# repair", "# user\n\n${deal} ${written_on} ${boundary} ${note} again\n\n# repair")


def test_words_before_the_first_section_are_refused() -> None:
    with pytest.raises(ValueError, match="system"):
        read("# system", "You label notes.\n\n# system")


@pytest.mark.parametrize("field", ["system: x", "sha256: x"])
def test_a_field_with_the_name_of_a_section_is_refused(field: str) -> None:
    with pytest.raises(ValueError, match=field.partition(":")[0]):
        read("version: 3", f"version: 3\n{field}")


def test_the_loader_names_the_file_of_a_fault(root: Path) -> None:
    path = root / FOLDER / FILE
    path.write_bytes(path.read_bytes().replace(b"${note}", b"", 1))
    problems = [(one.file, one.message) for one in check(root)]
    assert [(f"{FOLDER}/{FILE}", "user: slot 'note' is missing")] == problems
    with pytest.raises(RubricError, match=r"prompt\.md.*slot 'note' is missing"):
        load(FOLDER, root)


def test_a_missing_prompt_is_named(root: Path) -> None:
    (root / FOLDER / FILE).unlink()
    with pytest.raises(RubricError, match=r"prompt\.md.*cannot be read"):
        load(FOLDER, root)


def test_a_prompt_that_is_not_utf8_is_named(root: Path) -> None:
    (root / FOLDER / FILE).write_bytes(b"---\nversion: 1\n---\n\xff")
    with pytest.raises(RubricError, match=r"prompt\.md"):
        load(FOLDER, root)


def test_the_prompt_that_ships_is_part_of_the_rubric_and_not_of_its_hash(root: Path) -> None:
    before = load(FOLDER)
    assert read_prompt((rubrics_dir() / FOLDER / FILE).read_bytes()) == before.prompt
    path = root / FOLDER / FILE
    path.write_bytes(path.read_bytes() + b"\nMore.\n")
    after = load(FOLDER, root)
    assert after.sha256 == before.sha256
    assert after.prompt.sha256 != before.prompt.sha256
