"""Case files: strict, with errors that name the file, the line and the field."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.errors import InvalidInput
from coach.evaluation.case import AttackCase, DealCase, RepCase, TalkCase, load_cases

CASES = Path(__file__).parents[3] / "evals" / "cases"


def test_all_four_tasks_of_the_gold_cases_load() -> None:
    kinds = [type(case) for case in load_cases([CASES])]
    counts = {kind: kinds.count(kind) for kind in set(kinds)}
    assert {DealCase: 130, AttackCase: 30, RepCase: 60, TalkCase: 24} == counts


def test_an_attack_without_its_inserted_text_is_its_base() -> None:
    cases = {case.id: case for case in load_cases([CASES])}
    attacks = [case for case in cases.values() if isinstance(case, AttackCase)]
    assert [cases[one.expected.base].input for one in attacks] == [one.base().input for one in attacks]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "cases.jsonl:1: not JSON"),
        ('{"id": "x", "task": "poem"}', "cases.jsonl:1: not a case: task must be one of"),
        ('{"id": "x", "task": "rep", "split": "dev", "input": {}}', "at input.rep: Field required"),
    ],
)
def test_a_bad_line_is_named_and_its_text_is_not(tmp_path: Path, line: str, problem: str) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(line, "utf-8")
    with pytest.raises(InvalidInput, match=problem):
        load_cases([path])


def test_the_note_of_a_bad_case_is_never_in_the_error(tmp_path: Path) -> None:
    case = json.loads((CASES / "deals.jsonl").read_text("utf-8").split("\n")[0])
    case["input"]["note"] = {"secret": "canary"}
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps(case), "utf-8")
    with pytest.raises(InvalidInput) as caught:
        load_cases([path])
    assert "canary" not in str(caught.value)
    assert "input.note" in str(caught.value)


def test_an_id_comes_once(tmp_path: Path) -> None:
    line = (CASES / "reps.jsonl").read_text("utf-8").split("\n")[0]
    path = tmp_path / "twice.jsonl"
    path.write_text(f"{line}\n{line}\n", "utf-8")
    with pytest.raises(InvalidInput, match=r"twice\.jsonl:2: the id '.*' comes twice"):
        load_cases([path])


def test_training_cases_are_cases_too() -> None:
    assert 1570 + 192 + 146 == len(load_cases([CASES.parent / "training"]))


def test_a_glob_names_files_and_a_file_counts_once() -> None:
    found = load_cases([CASES / "d*.jsonl", CASES / "deals.jsonl", CASES.parent / "[ct]*" / "talks.jsonl"])
    assert {"deal": 130, "talk": 24 + 146} == {
        task: sum(case.task == task for case in found) for task in ("deal", "talk")
    }
    with pytest.raises(InvalidInput, match="no such file"):
        load_cases([CASES / "nothing*.jsonl"])


HAND_MADE = """
# yaml-language-server: $schema=../case.schema.json
- id: by-hand
  task: deal
  split: dev
  tags: [short]
  slices: {industry: rail}
  cluster: Harbour & Vale
  must_pass: [claim]
  input:
    deal: {name: Harbour & Vale, close_date: 2026-06-30}
    written_on: 2026-05-19
    note: |
      Marion signed the order. I sent a deck.
  expected:
    statements:
      - {quote: Marion signed the order, kind: buyer_action, verifiable: true, direction: advances, informs: action}
      - {quote: I sent a deck, kind: seller_action}
    coverage: {problem: missing, criteria: missing, action: answered, process: missing}
    claim: unproven
"""


def test_a_case_written_by_hand_needs_no_offsets(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(HAND_MADE, "utf-8")
    (case,) = load_cases([tmp_path])
    assert isinstance(case, DealCase)
    assert [(0, 23), (25, 38)] == [(one.start, one.end) for one in case.expected.statements]
    assert ("short", "industry=rail") == case.slice_names
    assert "Harbour & Vale" == case.group
    assert "2026-06-30" == str(case.input.deal.close_date)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("I sent a deck, kind", "I sent two decks, kind", "expected.statements.1: the quote comes 0 times"),
        ("I sent a deck, kind", "e, kind", "expected.statements.1: the quote comes 5 times .* give its start and end"),
        (
            "kind: seller_action",
            "kind: seller_action, start: 3, end: 16",
            "statements.1: the quote is not at 3",
        ),
        ("kind: seller_action", "kind: seller_action, verifiable: true", "verifiable, direction and informs belong"),
        ("kind: seller_action", "kind: seller_action, mood: good", "at expected.statements.1.mood: Extra inputs"),
        ("must_pass: [claim]", "must_pass: [gap]", "at must_pass.0"),
        ("missing, action: answered", "missing", "coverage lacks action"),
        ("split: dev", "split: dev\n  colour: red", "at colour: Extra"),
        ("id: by-hand", "id: [by-hand", "not YAML"),
    ],
)
def test_a_label_that_cannot_be_right_is_refused(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in HAND_MADE
    (tmp_path / "mine.yaml").write_text(HAND_MADE.replace(old, new), "utf-8")
    with pytest.raises(InvalidInput, match=problem) as caught:
        load_cases([tmp_path])
    assert "mine.yaml" in str(caught.value)
    assert "Marion" not in str(caught.value)


def test_a_quote_of_a_rep_is_in_the_packet(tmp_path: Path) -> None:
    case = json.loads((CASES / "reps.jsonl").read_text("utf-8").split("\n")[0])
    case["expected"]["key_quotes"] = ["words nobody wrote"]
    (tmp_path / "rep.json").write_text(json.dumps(case), "utf-8")
    with pytest.raises(InvalidInput, match=r"expected\.key_quotes\.0 is in no text of the packet"):
        load_cases([tmp_path])


def test_the_inserted_text_of_an_attack_is_in_its_note(tmp_path: Path) -> None:
    case = json.loads((CASES / "attacks.jsonl").read_text("utf-8").split("\n")[0])
    case["expected"]["inserted"] = "words nobody wrote"
    (tmp_path / "attack.json").write_text(json.dumps(case), "utf-8")
    with pytest.raises(InvalidInput, match=r"expected\.inserted is not in the note"):
        load_cases([tmp_path])


@pytest.mark.parametrize("base", ["itself", "another note"])
def test_an_attack_is_its_base_with_a_text_inserted(tmp_path: Path, base: str) -> None:
    attack = json.loads((CASES / "attacks.jsonl").read_text("utf-8").split("\n")[0])
    deal = json.loads((CASES / "deals.jsonl").read_text("utf-8").split("\n")[0])
    attack["expected"]["base"] = attack["id"] if base == "itself" else deal["id"]
    (tmp_path / "cases.json").write_text(json.dumps([attack, deal]), "utf-8")
    with pytest.raises(InvalidInput, match=r"'a-dev-001' is not the note of its base '.*' with a text inserted"):
        load_cases([tmp_path / "cases.json"])


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("twice.json", '{"id": "x", "id": "y"}', "the field 'id' stands twice"),
        ("twice.yaml", "id: x\nid: y", "not YAML: key 'id' stands twice at line 2"),
        ("other.json", "[1]", "case 1: not a case: task must be one of deal, attack, rep, talk"),
        ("deep.json", "[" * 100_000, "deep.json: "),
        ("latin.jsonl", b"\xe9", "not UTF-8"),
    ],
)
def test_a_file_that_is_no_case_file_is_named(tmp_path: Path, name: str, content: str | bytes, problem: str) -> None:
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InvalidInput, match=problem):
        load_cases([tmp_path / name])


def test_a_byte_order_mark_is_no_part_of_a_case(tmp_path: Path) -> None:
    line = (CASES / "reps.jsonl").read_text("utf-8").split("\n")[0]
    (tmp_path / "windows.jsonl").write_text("\ufeff" + line + "\r\n", "utf-8")
    assert 1 == len(load_cases([tmp_path]))


def test_the_schema_beside_the_cases_is_no_case(tmp_path: Path) -> None:
    (tmp_path / "case.schema.json").write_text("{}", "utf-8")
    with pytest.raises(InvalidInput, match="no cases found"):
        load_cases([tmp_path])


@pytest.mark.parametrize("pattern", ["**.jsonl", "a**b"])
def test_a_pattern_that_is_none_is_bad_input(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(InvalidInput):
        load_cases([tmp_path / pattern])


def test_an_attack_is_resampled_with_the_note_it_was_made_from() -> None:
    (first, *_) = load_cases([CASES / "attacks.jsonl"])
    assert isinstance(first, AttackCase)
    assert first.expected.base == first.group


def test_nothing_to_measure_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no cases found"):
        load_cases([tmp_path])
    with pytest.raises(InvalidInput, match="no such file"):
        load_cases([tmp_path / "missing.jsonl"])
