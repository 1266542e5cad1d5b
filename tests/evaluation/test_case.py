"""Case files: strict, with errors that name the file, the line and the field."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.errors import InvalidInput
from coach.evaluation.case import AttackCase, DealCase, OtherCase, load_cases

CASES = Path(__file__).parents[2] / "evals" / "cases"


def test_all_four_tasks_of_the_gold_cases_load() -> None:
    kinds = [type(case) for case in load_cases([CASES])]
    counts = {kind: kinds.count(kind) for kind in set(kinds)}
    assert {DealCase: 130, AttackCase: 30, OtherCase: 84} == counts


def test_an_attack_without_its_inserted_text_is_its_base() -> None:
    cases = {case.id: case for case in load_cases([CASES])}
    attacks = [case for case in cases.values() if isinstance(case, AttackCase)]
    assert [cases[one.expected.base].input for one in attacks] == [one.base().input for one in attacks]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "cases.jsonl:1: not JSON"),
        ('{"id": "x", "task": "poem"}', "cases.jsonl:1: at"),
        ('{"id": "x", "task": "rep", "split": "dev", "input": {}}', "expected"),
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


def test_nothing_to_measure_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no cases found"):
        load_cases([tmp_path])
    with pytest.raises(InvalidInput, match="no such file"):
        load_cases([tmp_path / "missing.jsonl"])
