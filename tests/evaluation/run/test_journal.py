"""The journal: a line is there once it is written, a torn one is cut off, and two runs never write at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import InvalidInput
from coach.evaluation.prediction import Failure, Prediction
from coach.evaluation.run import Journal
from coach.evaluation.run.journal import NAME, read_predictions


def prediction(id_: str, key: str | None, error: Failure | None = None) -> Prediction:
    return Prediction(id=id_, task="deal", output=None, error=error, engine="told", duration_ms=1, key=key)


def append(journal: Journal, one: Prediction) -> None:
    journal.append(one, one.model_dump_json())


def test_a_line_is_on_disk_when_append_returns(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        append(journal, prediction("d-1", "k1"))
        assert ["d-1"] == [one.id for one in read_predictions(tmp_path)]


def test_a_torn_last_line_is_cut_off_and_the_rest_is_found(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        append(journal, prediction("d-1", "k1"))
        append(journal, prediction("d-2", "k2"))
    path = tmp_path / NAME
    path.write_bytes(path.read_bytes()[:-10])
    with Journal(tmp_path) as journal:
        assert ["k1"] == list(journal.found)
        append(journal, prediction("d-2", "k2"))
    assert ["d-1", "d-2"] == [one.id for one in read_predictions(tmp_path)]


def test_a_failure_is_not_found_again(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        append(journal, prediction("d-1", "k1", Failure(code="timeout", detail="no answer within 1 s")))
    with Journal(tmp_path) as journal:
        assert {} == journal.found


def test_settling_leaves_exactly_what_it_is_given(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        for number in range(3):
            append(journal, prediction(f"d-{number}", f"k{number}"))
        journal.settle([prediction("d-2", "k2"), prediction("d-0", "k0")])
    assert ["d-2", "d-0"] == [one.id for one in read_predictions(tmp_path)]


def test_a_killed_run_is_read_without_its_torn_line(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        append(journal, prediction("d-1", "k1"))
        append(journal, prediction("d-2", "k2"))
    path = tmp_path / NAME
    path.write_bytes(path.read_bytes()[:-10])
    assert ["d-1"] == [one.id for one in read_predictions(tmp_path)]


def test_a_line_that_is_no_prediction_is_named(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text('{"id": "canary"}\n', "utf-8")
    with pytest.raises(InvalidInput, match=rf"{NAME}:1: at task") as caught:
        read_predictions(tmp_path)
    assert "canary" not in str(caught.value)


def test_a_folder_without_predictions_is_no_run(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"predictions\.jsonl: cannot be read: No such file"):
        read_predictions(tmp_path)
