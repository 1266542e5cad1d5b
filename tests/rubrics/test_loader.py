"""Loading a rubric: what it holds, and that every fault is named with its file and place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coach.domain import Kind, Question, Status, Verdict
from coach.errors import NotFound, RubricError
from coach.rubrics import EvidenceGap, available, load, load_all, loader
from coach.rubrics.check import check
from coach.rubrics.families import FAMILIES
from tests.rubrics.faults import Fault, is_found

FOLDER = "buyer_evidence"


def test_the_rubric_that_ships_names_every_kind_question_level_and_verdict() -> None:
    rubric = load(FOLDER)
    assert {kind.id for kind in rubric.kinds} == set(Kind)
    assert {question.id for question in rubric.questions} == set(Question)
    assert all(set(question.levels) == set(Status) for question in rubric.questions)
    assert {verdict.id for verdict in rubric.verdicts} == set(Verdict)


def test_the_question_bank_is_rich_and_serves_every_gap() -> None:
    rubric = load(FOLDER)
    assert len(rubric.question_bank) >= 40
    assert {entry.gap for entry in rubric.question_bank} == set(EvidenceGap)


def test_a_changed_file_gives_another_hash(root: Path) -> None:
    before = load(FOLDER, root).sha256
    loader._loaded.cache_clear()
    path = root / FOLDER / "examples.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")
    assert load(FOLDER, root).sha256 != before


def test_an_unknown_rubric_is_not_found_and_the_known_ones_are_named() -> None:
    with pytest.raises(NotFound, match=FOLDER):
        load("no_such_rubric")


def test_a_folder_without_rubrics_has_none(tmp_path: Path) -> None:
    assert available(tmp_path) == ()
    with pytest.raises(NotFound, match="none"):
        load(FOLDER, tmp_path)


FAULTS = [
    Fault(
        "unknown_kind", "rubric.yaml", "  - id: seller_opinion", "  - id: seller_hope", "kinds.4.id", "Input should be"
    ),
    Fault("missing_kind", "rubric.yaml", "  - id: seller_opinion", "  - id: seller_action", "kinds", "seller_opinion"),
    Fault("wrong_centre", "rubric.yaml", "centre: buyer", "centre: seller", "kinds.0.centre", "buyer-centred"),
    Fault("missing_level", "rubric.yaml", "      missing: Nothing.", "", "questions.0.levels", "at least 3"),
    Fault("unknown_field", "rubric.yaml", "changed:", "note: x\nchanged:", "note", "not permitted"),
    Fault("no_version", "rubric.yaml", "\nversion: ", "\n# version: ", "version", "required"),
    Fault("other_id", "rubric.yaml", "id: buyer_evidence", "id: other", "id", "name of its folder"),
    Fault("repeated_id", "rubric.yaml", "id: problem_do_nothing", "id: problem_own_words", "question_bank", "2 times"),
    Fault("unknown_slot", "rubric.yaml", "What would make ${who} say no?", "And ${name}?", "question_bank.", "name"),
    Fault("bare_dollar", "rubric.yaml", "What would make ${who} say no?", "And $?", "question_bank.", "must begin"),
    Fault(
        "confidence_level",
        "rubric.yaml",
        "What would make ${who} say no?",
        "What is your confidence level?",
        "question_bank.",
        "stock question",
    ),
    Fault(
        "wrong_question",
        "rubric.yaml",
        "gap: criteria_unowned\n    question: criteria",
        "gap: criteria_unowned\n    question: action",
        "question_bank.",
        "belongs to criteria",
    ),
    Fault(
        "gap_without_plain_question",
        "rubric.yaml",
        "gap: single_thread\n    question: action\n    ask: Which second",
        "gap: action_missing\n    question: action\n    ask: Which second",
        "question_bank",
        "single_thread",
    ),
    Fault(
        "focus_slot",
        "rubric.yaml",
        "do: Ask ${them} what goes wrong",
        "do: Ask ${who} what goes wrong",
        "focuses.0.do",
        "who",
    ),
    Fault("capital_cue", "cues.yaml", "[neat,", "[Neat,", "praise.0", "lower case"),
    Fault("unknown_cue", "cues.yaml", "praise: [neat,", "prais: [neat,", "prais", "read by no rule"),
    Fault("words_are_no_list", "cues.yaml", "praise: [neat,", "praise: neat\nnames: [", "praise", "tuple"),
    Fault(
        "quote_not_verbatim",
        "examples.yaml",
        "quote: I think she is sold",
        "quote: I think she is bought",
        "0.statements.3.quote",
        "word for word",
    ),
    Fault(
        "label_rule",
        "examples.yaml",
        "      kind: seller_opinion\n      why: Mind",
        "      kind: seller_opinion\n      verifiable: true\n      why: Mind",
        "0.statements.3.kind",
        "buyer-centred",
    ),
    Fault(
        "key_twice",
        "examples.yaml",
        "- id: both_sides_act",
        "- id: both_sides_act\n  id: again",
        "line",
        "stands twice",
    ),
    Fault("not_yaml", "lexicon.yaml", "", "[", "line", "not valid YAML"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.id)
def test_a_fault_is_named_with_its_file_and_place(root: Path, fault: Fault) -> None:
    is_found(root, FOLDER, fault)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b"- a\n", "expected a mapping"),
        (b"? [a]\n: b\n", "unhashable"),
        (b"", "expected a mapping"),
    ],
    ids=["not_utf8", "list", "odd_key", "empty"],
)
def test_a_rubric_file_that_is_no_mapping_is_refused(root: Path, content: bytes, says: str) -> None:
    (root / FOLDER / "rubric.yaml").write_bytes(content)
    with pytest.raises(RubricError, match=says):
        load(FOLDER, root)


def test_a_missing_file_is_named(root: Path) -> None:
    (root / FOLDER / "cues.yaml").unlink()
    with pytest.raises(RubricError, match=r"cues\.yaml"):
        load(FOLDER, root)


def test_all_faults_are_listed_not_only_the_first(root: Path) -> None:
    path = root / FOLDER / "cues.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("[neat, wow,", "[Neat, Wow,"), encoding="utf-8")
    assert [one.path for one in check(root) if one.file.endswith("cues.yaml")] == ["praise.0", "praise.1"]


def test_a_folder_that_no_task_reads_is_a_problem_and_cannot_be_loaded(root: Path) -> None:
    shutil.copytree(root / FOLDER, root / "buyer_hopes")
    problems = [(one.file, one.path, one.message) for one in check(root)]
    known = ", ".join(FAMILIES)
    assert problems == [("buyer_hopes/rubric.yaml", "id", f"no rubric of this name is known; there are {known}")]
    with pytest.raises(RubricError, match=r"buyer_hopes/rubric\.yaml.*no rubric of this name"):
        load("buyer_hopes", root)


def test_the_rubric_of_each_task_is_loaded() -> None:
    assert [one.id for one in load_all()] == ["buyer_evidence", "skill_will", "manager_moves"]


def test_the_rubric_of_a_task_that_is_missing_is_named(root: Path) -> None:
    shutil.rmtree(root / "skill_will")
    assert [str(one) for one in check(root)] == ["skill_will/rubric.yaml: at the top: is missing, and a task reads it"]
    with pytest.raises(NotFound, match="no rubric 'skill_will'; there are: buyer_evidence, manager_moves"):
        load_all(root)
