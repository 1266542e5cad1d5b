"""The schema that editors read is the schema the loader keeps."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from coach.evaluation.case.schema import case_schema

EVALS = Path(__file__).parents[3] / "evals"


def test_the_written_schema_is_the_current_one() -> None:
    assert case_schema() == (EVALS / "case.schema.json").read_text("utf-8"), "make schema"


@pytest.mark.parametrize("path", sorted(EVALS.glob("c*/*.jsonl")), ids=lambda path: path.name)
def test_every_case_keeps_the_schema(path: Path) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(case_schema()))
    for line in path.read_text("utf-8").split("\n"):
        if line:
            assert [] == [error.json_path for error in validator.iter_errors(json.loads(line))]


def test_offsets_may_be_left_out() -> None:
    definitions = json.loads(case_schema())["$defs"]
    assert ["quote", "kind"] == definitions["GoldStatement"]["required"]
    assert ["quote", "move"] == definitions["GoldMove"]["required"]
