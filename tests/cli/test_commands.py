"""`coach rubric`, `coach eval` and what every command has in common."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from coach.rubrics import load, rubrics_dir
from tests.cli.conftest import Command

CASES = Path(__file__).parents[2] / "evals" / "cases"


def test_help_lists_the_commands(coach: Command) -> None:
    ended = coach("--help")
    assert ended.code == 0
    for command in ("demo", "deal", "rep", "manager", "serve", "eval", "rubric", "engine"):
        assert f"\n  {command} " in ended.out


def test_rubrics_are_listed_shown_and_checked(coach: Command) -> None:
    rubrics = [load(name) for name in ("buyer_evidence", "manager_moves", "skill_will")]
    listed = [f"{rubric.id}  version {rubric.version}  {rubric.title}" for rubric in rubrics]
    assert listed == coach("rubric", "list").out.splitlines()
    ended = coach("rubric", "check")
    assert (0, "3 rubrics are sound: buyer_evidence, manager_moves, skill_will\n") == (ended.code, ended.out)


@pytest.mark.parametrize(
    ("rubric_id", "words"),
    [
        ("buyer_evidence", ["buyer_commitment", "Verdicts", "Rules"]),
        ("skill_will", ["Gaps", "Not enough to judge by", "Signals", "shown_before", "Competencies", "Rules"]),
        ("manager_moves", ["Moves", "Taking over", "What to practise", "no_accountability", "Rules"]),
    ],
)
def test_a_rubric_is_shown(coach: Command, rubric_id: str, words: list[str]) -> None:
    ended = coach("rubric", "show", rubric_id)
    assert 0 == ended.code
    assert [] == [word for word in words if word not in ended.out]


def test_an_unknown_rubric_is_named(coach: Command) -> None:
    ended = coach("rubric", "show", "astrology")
    assert ended.code == 2
    assert "no rubric 'astrology'; there are: buyer_evidence" in ended.err


def test_a_broken_rubric_fails_the_check_with_file_and_path(
    coach: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(rubrics_dir(), tmp_path / "rubrics")
    path = tmp_path / "rubrics" / "buyer_evidence" / "rubric.yaml"
    path.write_text(re.sub("version: .*", "version: first", path.read_text("utf-8")), "utf-8")
    monkeypatch.setenv("COACH_RUBRICS_DIR", str(tmp_path / "rubrics"))
    ended = coach("rubric", "check")
    assert ended.code == 1
    assert "buyer_evidence/rubric.yaml" in ended.err
    assert "version" in ended.err


def test_eval_run_writes_predictions_for_deals_and_attacks(
    coach: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))
    some = tmp_path / "some.jsonl"
    lines = (CASES / "deals.jsonl").read_text("utf-8").split("\n")[:3]
    lines += (CASES / "attacks.jsonl").read_text("utf-8").split("\n")[:1]
    some.write_text("\n".join(lines), "utf-8")
    ended = coach("eval", "run", some, "--engine", "local", "--out", tmp_path / "run")
    assert ended.code == 0
    assert "| kind_macro_f1 |" in ended.out
    predictions = [
        json.loads(line) for line in (tmp_path / "run" / "predictions.jsonl").read_text("utf-8").split("\n")[:-1]
    ]
    assert [None] * len(predictions) == [one["error"] for one in predictions]
    ids = {json.loads(line)["id"] for line in lines} | {json.loads(lines[-1])["expected"]["base"]}
    assert ids == {one["id"] for one in predictions}
    written = {path.name for path in (tmp_path / "run").iterdir()}
    assert {"predictions.jsonl", "report.json", "report.md", "report.html", "junit.xml"} <= written


def test_eval_of_nothing_is_never_green(coach: Command, tmp_path: Path) -> None:
    assert coach("eval", "run", tmp_path, "--out", tmp_path / "run").code == 2
    assert coach("eval", "judgement", CASES / "reps.jsonl").code == 2


def test_an_internal_error_shows_no_text(coach: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("canary")

    monkeypatch.setattr("coach.cli.input.read_document", broken)
    ended = coach("deal", "-", stdin=b"canary")
    assert ended.code == 70
    assert "internal error: RuntimeError at " in ended.err
    assert "canary" not in ended.err
