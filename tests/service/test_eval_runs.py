"""Runs are read from their folders alone: the latest first, nothing outside, and what is damaged hides no other."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach.errors import CoachError, NotFound, StoreError
from coach.service.eval_runs import list_runs, read_run
from coach.store import run_folders
from tests.made_runs import BASELINE, CANARY, report, write_run


def faults(runs: Path) -> dict[str, str | None]:
    return {run.name: run.fault for run in list_runs(runs).runs}


def test_a_run_is_listed_with_what_made_it_and_what_it_cost(tmp_path: Path) -> None:
    write_run(tmp_path, "first", errors={"d-1": "no prediction was made"})
    (run,) = list_runs(tmp_path).runs
    assert ("first", datetime.fromtimestamp(1_700_000_000, UTC), None) == (run.name, run.written_at, run.fault)
    assert (244, 1) == (run.cases, run.failed)
    assert ("local", "buyer_evidence", 3) == tuple(run.made[name] for name in ("engine", "rubric", "rubric_version"))
    assert run.spending is not None
    assert (244, None) == (run.spending.asked, run.spending.cost_usd)


def test_a_run_is_read_with_every_figure_and_none_of_its_texts(tmp_path: Path) -> None:
    write_run(tmp_path, "first")
    run = read_run(tmp_path, "first")
    told = report()
    assert told["metrics"] == {name: one.model_dump() for name, one in run.metrics.items()}
    assert told["slices"].keys() == run.slices.keys()
    assert len(told["attacks"]) == run.attacks_worked
    assert CANARY not in run.model_dump_json()
    assert "a-dev-021" not in run.model_dump_json()


def test_two_runs_of_the_same_questions_are_known_by_them_whatever_their_order(tmp_path: Path) -> None:
    manifest = json.loads((BASELINE / "run.json").read_text("utf-8"))
    asked = manifest["inputs"]
    for name, inputs in {"a": asked, "b": dict(reversed(asked.items())), "c": dict(list(asked.items())[1:])}.items():
        (write_run(tmp_path, name) / "run.json").write_text(json.dumps(manifest | {"inputs": inputs}), "utf-8")
    (write_run(tmp_path, "d") / "run.json").write_text("[]", "utf-8")
    first, second, third, unknown = (read_run(tmp_path, name).asked_sha256 for name in "abcd")
    assert first == second
    assert None not in {first, third}
    assert first != third
    assert unknown is None


def test_the_latest_report_comes_first_and_pages_end(tmp_path: Path) -> None:
    for at, name in enumerate(("old", "middle", "new")):
        write_run(tmp_path, name, written=1_700_000_000 + at)
    assert ["new", "middle", "old"] == [run.name for run in list_runs(tmp_path).runs]
    first = list_runs(tmp_path, most=2)
    assert (["new", "middle"], 2) == ([run.name for run in first.runs], first.after)
    last = list_runs(tmp_path, after=2, most=2)
    assert (["old"], None) == ([run.name for run in last.runs], last.after)


def test_where_the_folder_is_not_there_there_are_no_runs(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "none", tmp_path / "file", tmp_path):
        assert ((), None) == (list_runs(path).runs, list_runs(path).after)
        with pytest.raises(NotFound, match="no eval run of this name"):
            read_run(path, "first")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"schema": "coach.eval_report/1"}',
        json.dumps(report(schema="coach.eval_report/2")),
        json.dumps(report(provenance={"engine": ["local"]})),
        json.dumps(report(metrics={"claim_accuracy": {"value": float("nan")}})),
        json.dumps(report(metrics={"claim_accuracy": {"n": 10**400}})),
        json.dumps(report(provenance={"engine_version": 10**400})),
        json.dumps(report(provenance={"engine": "x" * 501})),
        json.dumps(report(errors=[])),
        "[" * 100_000,
        "\ud800",
    ],
    ids=[
        "empty", "torn", "list", "bare", "later", "odd_provenance", "nan", "huge_n", "huge_int", "long", "no_errors",
        "deep", "not_utf8",
    ],
)  # fmt: skip
def test_what_is_no_report_is_listed_as_such_and_hides_no_other(tmp_path: Path, content: str) -> None:
    (write_run(tmp_path, "odd") / "report.json").write_bytes(content.encode("utf-8", "surrogatepass"))
    write_run(tmp_path, "good")
    assert {"odd": "foreign", "good": None} == faults(tmp_path)
    with pytest.raises(NotFound, match="no report that this version reads"):
        read_run(tmp_path, "odd")


def test_slices_that_cannot_be_read_are_no_matter_for_the_list(tmp_path: Path) -> None:
    write_run(tmp_path, "odd", slices={"benign": 3})
    assert {"odd": None} == faults(tmp_path)
    with pytest.raises(NotFound, match="no report that this version reads"):
        read_run(tmp_path, "odd")


def test_a_run_that_was_only_begun_says_so_and_a_folder_of_something_else_is_passed_over(tmp_path: Path) -> None:
    (write_run(tmp_path, "begun") / "report.json").unlink()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "events.log").write_text("x")
    (tmp_path / "report.json").write_text(json.dumps(report()))
    write_run(tmp_path, ".hidden")
    write_run(tmp_path, "two\nlines")
    assert {"begun": "unfinished"} == faults(tmp_path)


def test_a_report_larger_than_any_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size = write_run(tmp_path, "just").joinpath("report.json").stat().st_size
    monkeypatch.setattr(run_folders, "LARGEST", size)
    assert {"just": None} == faults(tmp_path)
    write_run(tmp_path, "large")
    monkeypatch.setattr(run_folders, "LARGEST", size - 1)
    assert {"just": None, "large": "too_large"} == faults(tmp_path)
    with pytest.raises(NotFound, match="too large"):
        read_run(tmp_path, "large")


def test_a_report_that_is_written_again_is_read_again(tmp_path: Path) -> None:
    folder = write_run(tmp_path, "a", written=1_700_000_000)
    assert 0 == list_runs(tmp_path).runs[0].failed
    (folder / "report.json").write_text(json.dumps(report(errors={"d-1": "provider_unavailable"})), "utf-8")
    assert 1 == list_runs(tmp_path).runs[0].failed


def test_a_folder_that_is_odd_hides_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("good", "late", "shut"):
        write_run(tmp_path, name)
    lstat = Path.lstat

    def odd(path: Path) -> os.stat_result:
        found = list(lstat(path))
        if path.parent.name == "shut":
            raise PermissionError
        found[8] = 10**12 if path.parent.name == "late" else found[8]
        return os.stat_result(found)

    monkeypatch.setattr(Path, "lstat", odd)
    runs = {run.name: run for run in list_runs(tmp_path).runs}
    assert {"good", "late", "shut"} == set(runs)
    assert 9999 == runs["late"].written_at.year


def test_nothing_outside_the_folder_is_read_by_a_link(tmp_path: Path) -> None:
    elsewhere = write_run(tmp_path / "elsewhere", "secret")
    runs = tmp_path / "runs"
    runs.mkdir()
    (runs / "link").symlink_to(elsewhere)
    for name, make in {"file": lambda at: at.symlink_to(elsewhere / "report.json"), "pipe": os.mkfifo}.items():
        at = write_run(runs, name) / "report.json"
        at.unlink()
        make(at)
    (write_run(runs, "folder") / "report.json").unlink()
    (runs / "folder" / "report.json").mkdir()
    assert dict.fromkeys(("file", "pipe", "folder"), "unreadable") == faults(runs)
    with pytest.raises(NotFound, match="no eval run of this name"):
        read_run(runs, "link")
    with pytest.raises(NotFound, match="cannot be read"):
        read_run(runs, "file")


@pytest.mark.parametrize("name", ["..", ".", "", "../secret", "secret/../secret", "/secret", "secret\0", "secret/"])
def test_no_other_name_leads_anywhere(tmp_path: Path, name: str) -> None:
    write_run(tmp_path, "secret")
    write_run(tmp_path / "runs", "mine")
    with pytest.raises(NotFound, match="no eval run of this name"):
        read_run(tmp_path / "runs", name)


def test_a_folder_that_may_not_be_read_says_so_without_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(StoreError) as raised:
        list_runs(tmp_path)
    error: CoachError = raised.value
    assert "the folder of eval runs cannot be read: Permission denied" == error.detail
