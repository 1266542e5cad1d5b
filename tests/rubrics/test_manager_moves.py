"""The rubric for managers' conversations: what it holds, and that every fault is named with its file and place."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.domain import Move
from coach.errors import NotFound, RubricError
from coach.rubrics import load
from coach.rubrics.check import check
from coach.rubrics.manager_moves import REWRITTEN, Habit
from coach.rubrics.prompt import FILE
from coach.rubrics.slots import slots
from tests.rubrics.faults import Fault, is_found

FOLDER = "manager_moves"
RUBRIC, EXAMPLES = "rubric.yaml", "examples.yaml"


def test_the_rubric_that_ships_names_every_move_and_has_words_for_every_habit() -> None:
    rubric = load(FOLDER)
    assert set(Move) == {one.id for one in rubric.moves}
    assert set(Habit) == {one.id for one in rubric.focuses}


def test_each_move_that_is_rewritten_has_a_question_that_can_always_be_asked() -> None:
    plain = {one.move for one in load(FOLDER).rewrites if not slots(one.ask)}
    assert set(REWRITTEN) == plain


FAULTS = [
    Fault("missing_move", RUBRIC, "  - id: support", "  - id: tell", "moves", "'support' is missing"),
    Fault("doubled_move", RUBRIC, "  - id: support", "  - id: tell", "moves", "'tell' stands 2 times"),
    Fault("unknown_move", RUBRIC, "  - id: support", "  - id: praise", "moves.6.id", "Input should be"),
    Fault("missing_habit", RUBRIC, "  - id: keep", "  - id: telling", "focuses", "'keep' is missing"),
    Fault("doubled_habit", RUBRIC, "  - id: keep", "  - id: telling", "focuses", "'telling' stands 2 times"),
    Fault("no_rules", RUBRIC, "\nrules:\n", "\nrules: []\nmore:\n", "rules", "at least 1 item"),
    Fault("unknown_field", RUBRIC, "changed:", "note: x\nchanged:", "note", "not permitted"),
    Fault("other_id", RUBRIC, "id: manager_moves", "id: other", "id", "name of its folder"),
    Fault("rewrite_slot", RUBRIC, "What do you think ${who} needs", "Does ${them}", "rewrites.4.ask", "slot 'them' is"),
    Fault("rewrite_dollar", RUBRIC, "What do you think ${who} needs", "For $", "rewrites.4.ask", "must begin a slot"),
    Fault(
        "rewrite_that_is_stock",
        RUBRIC,
        "What do you think ${who} needs to see next",
        "What are the next steps",
        "rewrites.4.ask",
        "stock question",
    ),
    Fault(
        "rewrite_about_our_activity",
        RUBRIC,
        "How would you handle this yourself",
        "Did you send the quote",
        "rewrites.9.ask",
        "our forecast or activity",
    ),
    Fault(
        "rewrite_of_a_move_that_stays",
        RUBRIC,
        '{move: judgement, ask: "When did',
        '{move: support, ask: "When did',
        "rewrites.14.move",
        "is never put as another question",
    ),
    Fault("rewrite_of_no_move", RUBRIC, "{move: judgement,", "{move: praise,", "rewrites.12.move", "Input should be"),
    Fault(
        "example_quote",
        EXAMPLES,
        '"Why does he want two crews?"',
        '"Why two crews?"',
        "0.moves.1.quote",
        "word for word",
    ),
    Fault("example_move", EXAMPLES, "move: takeover}", "move: help}", "0.moves.7.move", "Input should be"),
    Fault(
        "example_rewrite",
        EXAMPLES,
        '{quote: "If he wavers, I\'ll ring him.", instead',
        '{quote: "If he wavers, I will ring him.", instead',
        "0.rewrites.2.quote",
        "word for word",
    ),
    Fault("example_without_moves", EXAMPLES, "  moves:\n", "  moves: []\n  more:\n", "0.moves", "at least 1 item"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.id)
def test_a_fault_is_named_with_its_file_and_place(root: Path, fault: Fault) -> None:
    is_found(root, FOLDER, fault)


def test_an_example_that_stands_twice_is_named(root: Path) -> None:
    path = root / FOLDER / EXAMPLES
    path.write_text(path.read_text(encoding="utf-8") * 2, encoding="utf-8")
    assert [("examples.yaml", "'crane_hire' stands 2 times; it may stand once")] == [
        (one.file.partition("/")[2], one.message) for one in check(root) if one.path == ""
    ]


@pytest.mark.parametrize("file", [RUBRIC, EXAMPLES, FILE])
def test_a_missing_file_is_named(root: Path, file: str) -> None:
    (root / FOLDER / file).unlink()
    assert [f"{FOLDER}/{file}"] == [one.file for one in check(root)]
    with pytest.raises((RubricError, NotFound), match=FOLDER):
        load(FOLDER, root)


def test_a_rewritten_move_needs_a_question_without_slots(root: Path) -> None:
    path = root / FOLDER / RUBRIC
    lines = path.read_text(encoding="utf-8").split("\n")
    kept = [line for line in lines if "move: takeover" not in line or "${who}" in line]
    assert len(lines) - 3 == len(kept)
    path.write_text("\n".join(kept), encoding="utf-8")
    assert ("rewrites", "takeover has no question without slots") in [(one.path, one.message) for one in check(root)]
