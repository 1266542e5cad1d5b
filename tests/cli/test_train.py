"""`coach engine train --spoil`: measures on untidy notes, and never trains on them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from coach.evaluation import training
from coach.evaluation.case import LabelledCase, load_cases
from coach.evaluation.run import open_run
from coach.evaluation.spoil import spoil
from tests.cli.conftest import Command

EVALS = Path(__file__).parents[2] / "evals"


@pytest.mark.parametrize("more", [[], ["--no-cross-validate"]])
def test_spoiled_notes_are_not_for_training(coach: Command, more: list[str]) -> None:
    ended = coach("engine", "train", "--spoil", "typos", *more)
    assert (2, "") == (ended.code, ended.out)
    assert "add --cross-validate-only" in ended.err


@pytest.mark.parametrize("more", ["--no-cross-validate", "--cross-validate-only"])
def test_a_card_needs_both_figures_and_artefacts(coach: Command, more: str, tmp_path: Path) -> None:
    ended = coach("engine", "train", "--card", tmp_path / "card.md", more)
    assert (2, "") == (ended.code, ended.out)
    assert "it needs both measuring and training" in ended.err


def test_notes_are_spoiled_for_the_measurement_alone(
    coach: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lines = (EVALS / "cases" / "deals.jsonl").read_text("utf-8").splitlines()[:4]
    (tmp_path / "cases.jsonl").write_text("\n".join(lines), "utf-8")
    clean = load_cases([tmp_path / "cases.jsonl"])
    seen: list[LabelledCase] = []

    def fit(cases: Sequence[LabelledCase], *_: object) -> training.Artefacts:
        seen.extend(cases)
        # The engine that ships reads.
        return training.Artefacts(None, None, None)

    monkeypatch.setattr(training, "fit", fit)
    files = ("--cases", tmp_path / "cases.jsonl", "--training", tmp_path / "cases.jsonl", "--task", "deal")
    choices = ("--no-encoder", "--folds", 2, "--spoil", "dictation", "--cross-validate-only")
    ended = coach("engine", "train", *files, *choices, "--report", tmp_path / "run")
    assert 0 == ended.code, ended.err
    run = open_run(tmp_path / "run")
    assert tuple(spoil(case, "dictation", 7) for case in clean) == run.cases
    assert "dictation" == run.manifest.provenance["spoiled"]
    assert {case.id for case in clean} == {case.id for case in seen}
    assert [] == [case.id for case in seen if case not in clean]
