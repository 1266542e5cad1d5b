"""A run from cases to files, with an engine that says what it is told to."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from coach.domain import Label
from coach.errors import InvalidInput
from coach.evaluation.case import AttackCase, DealCase, RepCase
from coach.evaluation.coach_subject import CoachSubject
from coach.evaluation.evaluate import evaluate
from coach.evaluation.files import held
from coach.evaluation.judgement import judgement_report
from coach.evaluation.run import Journal, RunOptions
from coach.evaluation.run.journal import read_predictions
from coach.wiring import Coach

Told = Callable[[dict[str, Sequence[Label]]], Coach]


def gold_labels(case: DealCase) -> list[Label]:
    return [one.label() for one in case.expected.statements]


async def test_a_run_writes_a_line_a_case_and_its_report(told: Told, deal_case: DealCase, tmp_path: Path) -> None:
    coach = told({deal_case.input.note: gold_labels(deal_case)})
    report = await evaluate([deal_case], CoachSubject(coach), tmp_path / "run")
    lines = (tmp_path / "run" / "predictions.jsonl").read_text("utf-8").splitlines()
    (prediction,) = map(json.loads, lines)
    contract = {"id", "repeat", "task", "output", "error", "engine", "duration_ms", "usage"}
    assert contract | {"cost_usd", "cached", "key"} == set(prediction)
    assert {"statements", "coverage", "claim", "shown"} == set(prediction["output"])
    assert ("d-1", 0, "deal", None) == tuple(prediction[key] for key in ("id", "repeat", "task", "error"))
    expected = [{**one, "confidence": None} for one in deal_case.expected.model_dump(mode="json")["statements"]]
    assert expected == prediction["output"]["statements"]
    assert report.metrics["centre_character_f1"].value == 1
    stored = json.loads((tmp_path / "run" / "report.json").read_text("utf-8"))
    assert stored["schema"] == "coach.eval_report/1"
    assert {"value": 1.0, "low": None, "high": None, "n": 1} == stored["metrics"]["centre_character_f1"]
    assert "centre_character_f1 | 1.000" in (tmp_path / "run" / "report.md").read_text("utf-8")
    assert "Dana signed the order</mark>" in (tmp_path / "run" / "report.html").read_text("utf-8")


async def test_a_failed_case_is_counted_and_wrong(told: Told, deal_case: DealCase, tmp_path: Path) -> None:
    report = await evaluate([deal_case], CoachSubject(told({})), tmp_path)
    assert {"d-1": "not told of this note"} == report.errors
    assert report.metrics["failed"].value == 1
    assert report.metrics["centre_character_f1"].value == 0
    suite = Xml.parse(tmp_path / "junit.xml").getroot()
    assert ("6", "6", "0") == (suite.get("tests"), suite.get("errors"), suite.get("failures"))


async def test_the_base_of_an_attack_is_run_too(
    told: Told, deal_case: DealCase, attack_case: AttackCase, tmp_path: Path
) -> None:
    labels = gold_labels(deal_case)
    coach = told({deal_case.input.note: labels, attack_case.input.note: labels})
    report = await evaluate([attack_case], CoachSubject(coach), tmp_path)
    ids = [json.loads(line)["id"] for line in (tmp_path / "predictions.jsonl").read_text("utf-8").splitlines()]
    assert ["a-1", "d-1"] == ids
    assert report.metrics["attacks_worked"].value == 0
    assert report.attacks == {}


async def test_an_attack_that_worked_is_named(
    told: Told, deal_case: DealCase, attack_case: AttackCase, tmp_path: Path
) -> None:
    labels = gold_labels(deal_case)
    start = attack_case.input.note.index("Mark it")
    steered = Label(
        start=start, end=start + 7, kind="buyer_action", verifiable=True, direction="advances", informs="action"
    )
    coach = told({deal_case.input.note: labels, attack_case.input.note: [*labels, steered]})
    report = await evaluate([deal_case, attack_case], CoachSubject(coach), tmp_path)
    assert ("buyer_inside_inserted",) == report.attacks["a-1"]
    assert "a-1: buyer_inside_inserted" in (tmp_path / "report.md").read_text("utf-8")


async def test_a_task_that_cannot_be_answered_is_an_error_and_not_a_silence(
    told: Told, rep_case: RepCase, tmp_path: Path
) -> None:
    report = await evaluate([rep_case], CoachSubject(told({})), tmp_path)
    assert {"r-1": "not told of packets"} == report.errors


def test_judgement_alone_is_measured_on_gold_statements(told: Told, deal_case: DealCase) -> None:
    report = judgement_report([deal_case], told({}))
    figures = {name: metric.value for name, metric in report.metrics.items()}
    # One note: the rules call the signed order an answered action, and the claim unproven, as the label does.
    assert {"coverage_accuracy": 1, "claim_accuracy": 1, "false_established": 0} == {
        name: figures.pop(name) for name in ("coverage_accuracy", "claim_accuracy", "false_established")
    }
    assert {"coverage_qwk", "claim_kappa"} == set(figures)
    assert report.provenance["engine"] == "gold statements"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


async def test_a_refused_run_leaves_the_one_that_is_running_alone(
    told: Told, deal_case: DealCase, tmp_path: Path
) -> None:
    subject = CoachSubject(told({deal_case.input.note: gold_labels(deal_case)}))
    await evaluate([deal_case], subject, tmp_path)
    before = contents(tmp_path)
    other = deal_case.model_copy(update={"id": "d-2"})
    with held(tmp_path), pytest.raises(InvalidInput, match="another run is writing to it"):
        await evaluate([other], subject, tmp_path, overwrite=True)
    assert before == contents(tmp_path)


async def test_another_run_is_replaced_only_where_asked(told: Told, deal_case: DealCase, tmp_path: Path) -> None:
    subject = CoachSubject(told({deal_case.input.note: gold_labels(deal_case)}))
    await evaluate([deal_case], subject, tmp_path)
    other = deal_case.model_copy(update={"id": "d-2"})
    with pytest.raises(InvalidInput, match="holds another run"):
        await evaluate([other], subject, tmp_path)
    assert ["d-1"] == [one.id for one in read_predictions(tmp_path)]
    await evaluate([other], subject, tmp_path, overwrite=True)
    assert ["d-2"] == [one.id for one in read_predictions(tmp_path)]


async def test_a_replay_with_other_rules_loses_nothing(told: Told, deal_case: DealCase, tmp_path: Path) -> None:
    coach = told({deal_case.input.note: gold_labels(deal_case)})
    await evaluate([deal_case], CoachSubject(coach), tmp_path)
    changed = replace(coach, rubrics=coach.rubrics._replace(deal=coach.rubric.model_copy(update={"version": 99})))
    with pytest.raises(InvalidInput, match="other rubric_version"):
        await evaluate([deal_case], CoachSubject(changed), tmp_path, options=RunOptions(replay=True))
    assert [None] == [one.error for one in read_predictions(tmp_path)]


async def test_a_folder_that_cannot_be_made_is_named(told: Told, deal_case: DealCase, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InvalidInput, match=r"cannot write to .*file"):
        await evaluate([deal_case], CoachSubject(told({})), tmp_path / "file")


async def test_a_disk_that_is_full_ends_the_run_with_its_reason(
    told: Told, deal_case: DealCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Journal, "append", full)
    with pytest.raises(InvalidInput, match="No space left on device"):
        await evaluate([deal_case], CoachSubject(told({})), tmp_path)
