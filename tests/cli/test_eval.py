"""`coach eval`: a run, what can be done with one, and the exits that a pipeline relies on."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from coach.cli.evaluate import comparing
from coach.evaluation.comparison import MARGIN, MAX_FAILED
from coach.evaluation.run.pace import Pace
from tests.cli.conftest import Command

EVALS = Path(__file__).parents[2] / "evals"
DEALS = EVALS / "cases" / "deals.jsonl"
SHORT = "tag=very short, 2-4 sentences"


@pytest.fixture(autouse=True)
def own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def run(coach: Command, tmp_path: Path) -> Path:
    """A run over ten short notes."""
    out = tmp_path / "run"
    assert 0 == coach("eval", "run", DEALS, "--where", SHORT, "--out", out).code
    return out


def test_a_run_writes_what_contract_2_names_and_prints_its_figures(run: Path, coach: Command) -> None:
    names = {"predictions.jsonl", "report.json", "report.md", "report.html", "junit.xml", "run.json", "cases.jsonl"}
    assert names == {path.name for path in run.iterdir()}
    assert 10 == len((run / "predictions.jsonl").read_text("utf-8").splitlines())
    ended = coach("eval", "report", run)
    assert (run / "report.md").read_text("utf-8") == ended.out
    assert "| kind_macro_f1 |" in ended.out


def test_a_second_run_is_served_from_the_cache_and_so_is_a_replay(run: Path, coach: Command, tmp_path: Path) -> None:
    again = coach("eval", "run", DEALS, "--where", SHORT, "--out", tmp_path / "again", "--replay", "--json")
    assert 0 == again.code
    assert {"asked": 0, "cached": 10} == {name: json.loads(again.out)["spending"][name] for name in ("asked", "cached")}
    first, second = (
        [json.loads(line)["output"] for line in (folder / "predictions.jsonl").read_text("utf-8").splitlines()]
        for folder in (run, tmp_path / "again")
    )
    assert first == second


def test_a_replay_of_nothing_is_not_measured(coach: Command, tmp_path: Path) -> None:
    ended = coach("eval", "run", DEALS, "--where", SHORT, "--out", tmp_path / "run", "--replay")
    assert 2 == ended.code
    assert "nothing was measured: 10 cases failed, and count as wrong; the first: no recorded answer" in ended.err


@pytest.mark.parametrize(("cases", "figure"), [("reps", "gap_accuracy"), ("talks", "move_macro_f1")])
def test_packets_and_conversations_are_measured_like_notes(
    coach: Command, tmp_path: Path, cases: str, figure: str
) -> None:
    some = tmp_path / "some.jsonl"
    some.write_text("\n".join((EVALS / "cases" / f"{cases}.jsonl").read_text("utf-8").split("\n")[:3]), "utf-8")
    ended = coach("eval", "run", some, "--out", tmp_path / "run")
    assert 0 == ended.code
    assert f"| {figure} |" in ended.out
    assert "| failed | 0 |" in ended.out


def test_no_case_left_is_bad_usage(coach: Command, tmp_path: Path) -> None:
    ended = coach("eval", "run", DEALS, "--where", "tag=purple", "--out", tmp_path / "run")
    assert (2, "coach: no case is left of 130 where tag=purple\n") == (ended.code, ended.err)


def spoil(run: Path, change: int) -> None:
    """Make the claims of the first few predictions wrong."""
    lines = [json.loads(line) for line in (run / "predictions.jsonl").read_text("utf-8").splitlines()]
    cases = [json.loads(line) for line in (run / "cases.jsonl").read_text("utf-8").splitlines()]
    for line, case in list(zip(lines, cases, strict=True))[:change]:
        line["output"]["claim"] = "unproven" if case["expected"]["claim"] == "refuted" else "refuted"
    (run / "predictions.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")


def test_the_gate_ends_as_the_contract_says(run: Path, coach: Command, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(run, other)
    same = coach("eval", "gate", other, "--baseline", run)
    assert 0 == same.code
    assert "every output is the same as before" in same.out
    spoil(other, 1)
    assert 3 == coach("eval", "gate", other, "--baseline", run).code
    shutil.rmtree(other)
    shutil.copytree(run, other)
    spoil(other, 10)
    ended = coach("eval", "gate", other, "--baseline", run, "--json")
    assert 1 == ended.code
    assert "regressed" == json.loads(ended.out)["verdict"]


def test_compare_shows_and_does_not_judge(run: Path, coach: Command, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(run, other)
    spoil(other, 10)
    ended = coach("eval", "compare", run, other)
    assert 0 == ended.code
    assert "lost" in ended.out


def test_a_gate_over_other_cases_is_not_measured(run: Path, coach: Command, tmp_path: Path) -> None:
    other = tmp_path / "other"
    coach("eval", "run", DEALS, "--where", "tag=email from the rep to the manager", "--out", other)
    ended = coach("eval", "gate", other, "--baseline", run)
    assert 2 == ended.code
    assert "were not asked the same: 22 cases differ" in ended.err


def test_a_gate_without_a_run_is_bad_usage(run: Path, coach: Command, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ended = coach("eval", "gate", tmp_path / "empty", "--baseline", run)
    assert 2 == ended.code
    assert "no run.json in it" in ended.err


def test_rescoring_takes_corrected_labels_and_asks_nobody(run: Path, coach: Command, tmp_path: Path) -> None:
    cases = [json.loads(line) for line in (run / "cases.jsonl").read_text("utf-8").splitlines()]
    predictions = [json.loads(line) for line in (run / "predictions.jsonl").read_text("utf-8").splitlines()]
    for case, prediction in zip(cases, predictions, strict=True):
        case["expected"]["claim"] = prediction["output"]["claim"]
    corrected = tmp_path / "corrected.jsonl"
    corrected.write_text("".join(json.dumps(case) + "\n" for case in cases), "utf-8")
    before = (run / "predictions.jsonl").read_bytes()
    ended = coach("eval", "rescore", run, "--cases", corrected, "--json")
    assert 1 == json.loads(ended.out)["metrics"]["claim_accuracy"]["value"]
    assert 1 == json.loads((run / "report.json").read_text("utf-8"))["metrics"]["claim_accuracy"]["value"]
    assert before == (run / "predictions.jsonl").read_bytes()
    assert 1 == json.loads(coach("eval", "report", run, "--json").out)["metrics"]["claim_accuracy"]["value"]


def test_a_report_may_be_a_page_with_what_flipped(run: Path, coach: Command, tmp_path: Path) -> None:
    other, page = tmp_path / "other", tmp_path / "page.html"
    shutil.copytree(run, other)
    spoil(other, 10)
    ended = coach("eval", "report", other, "--baseline", run, "--html", page)
    assert 0 == ended.code
    assert ended.out.index("Flipped cases") < ended.out.index("kind_macro_f1")
    assert "Flipped" in page.read_text("utf-8")


def test_repeats_are_asked_and_reported(coach: Command, tmp_path: Path) -> None:
    ended = coach("eval", "run", DEALS, "--where", "id=d1-028", "--out", tmp_path / "run", "--repeat", "3", "--json")
    repeats = json.loads(ended.out)["repeats"]
    assert 3 == repeats["k"]
    assert 0 == repeats["checks"]["claim"]["flip_rate"]
    assert [0, 1, 2] == [
        json.loads(line)["repeat"] for line in (tmp_path / "run" / "predictions.jsonl").read_text("utf-8").splitlines()
    ]


def test_a_repeat_that_is_missing_is_said(coach: Command, tmp_path: Path) -> None:
    out = tmp_path / "run"
    coach("eval", "run", DEALS, "--where", "id=d1-028", "--out", out, "--repeat", "3")
    lines = (out / "predictions.jsonl").read_text("utf-8").splitlines()
    (out / "predictions.jsonl").write_text(lines[0] + "\n", "utf-8")
    ended = coach("eval", "report", out)
    assert "2 of 3 repeats: no prediction was made" in ended.err


def test_a_setting_that_changes_answers_makes_another_run(
    run: Path, coach: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_FISCAL_YEAR_START", "4")
    ended = coach("eval", "run", DEALS, "--where", SHORT, "--out", run)
    assert (2, True) == (ended.code, "holds another run (other fiscal_year_start)" in ended.err)


def test_the_schema_of_a_case_is_printed(coach: Command) -> None:
    assert (EVALS / "case.schema.json").read_text("utf-8") == coach("eval", "schema").out


def test_the_gate_measures_itself(coach: Command) -> None:
    ended = coach("eval", "simulate", "--cases", "40", "--drop", "0.3", "--rounds", "5")
    assert 0 == ended.code
    assert "| every check fell by 0.3 | 1.000 |" in ended.out


@pytest.mark.parametrize(("asked", "at_once"), [((), 1), (("--concurrency", "3"), 3)])
def test_the_embedded_engine_is_asked_one_note_at_a_time_unless_told_otherwise(
    coach: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, ...], at_once: int
) -> None:
    seen = []
    start = Pace.__init__

    def watched(pace: Pace, most: int) -> None:
        seen.append(most)
        start(pace, most)

    monkeypatch.setattr(Pace, "__init__", watched)
    coach("eval", "run", DEALS, "--where", "id=d1-028", "--out", tmp_path / "run", *asked)
    assert [at_once] == seen


def test_the_gates_own_defaults_are_the_harnesss() -> None:
    assert (comparing._MARGIN, comparing._MAX_FAILED) == (MARGIN, MAX_FAILED)


def test_a_run_folder_is_not_replaced_unasked(run: Path, coach: Command) -> None:
    ended = coach("eval", "run", DEALS, "--where", "id=d1-028", "--out", run)
    assert 2 == ended.code
    assert "holds another run (other cases); give another --out, or --overwrite" in ended.err
    assert 0 == coach("eval", "run", DEALS, "--where", "id=d1-028", "--out", run, "--overwrite").code


@pytest.mark.parametrize(
    "arguments",
    [
        ("eval", "export-feedback", "missing.jsonl"),
        ("eval", "run", "missing.jsonl", "--out", "run"),
        ("eval", "run", "", "--out", "run"),
        ("eval", "simulate", "--noise", "0.5"),
        ("eval", "draft", "-", "--id", " "),
        ("eval", "judge", "export", ".", "--model", "m", "--out", "x"),
    ],
)
def test_bad_input_ends_with_a_sentence(
    coach: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = coach(*arguments)
    assert 2 == ended.code
    assert "internal error" not in ended.err
    assert ended.err


def test_a_page_that_cannot_be_written_is_named(run: Path, coach: Command, tmp_path: Path) -> None:
    ended = coach("eval", "report", run, "--html", tmp_path / "none" / "page.html")
    assert (2, True) == (ended.code, "cannot write to" in ended.err)


def test_a_report_on_nothing_is_not_measured(run: Path, coach: Command) -> None:
    (run / "predictions.jsonl").write_text("", "utf-8")
    ended = coach("eval", "report", run)
    assert 2 == ended.code
    assert "nothing was measured: 10 cases failed" in ended.err


def test_quiet_where_nobody_watches(coach: Command, tmp_path: Path) -> None:
    assert "" == coach("eval", "run", DEALS, "--where", "id=d1-028", "--out", tmp_path / "run").err


def test_a_drafted_case_can_be_run(coach: Command, tmp_path: Path) -> None:
    drafted = coach("eval", "draft", "-", "--id", "mine", "--written-on", "2026-03-02", stdin=b"Dana signed. I called.")
    assert 0 == drafted.code
    (tmp_path / "mine.yaml").write_text(drafted.out, "utf-8")
    ended = coach("eval", "run", tmp_path / "mine.yaml", "--out", tmp_path / "run", "--json")
    assert 1 == json.loads(ended.out)["metrics"]["claim_accuracy"]["value"]


def test_a_correction_is_exported_as_a_case_that_loads(coach: Command, tmp_path: Path) -> None:
    case = json.loads(DEALS.read_text("utf-8").split("\n")[0])
    feedback = {
        "review_id": "dr_1",
        "input": case["input"],
        "shown": case["expected"],
        "correction": {"claim": "no_claim"},
    }
    (tmp_path / "feedback.jsonl").write_text(json.dumps(feedback) + "\n", "utf-8")
    ended = coach("eval", "export-feedback", tmp_path / "feedback.jsonl")
    assert ("feedback-dr_1", "no_claim") == (json.loads(ended.out)["id"], json.loads(ended.out)["expected"]["claim"])
    (tmp_path / "new.jsonl").write_text(ended.out, "utf-8")
    assert 0 == coach("eval", "judgement", tmp_path / "new.jsonl").code
    del feedback["input"]["note"]
    (tmp_path / "feedback.jsonl").write_text(json.dumps(feedback), "utf-8")
    ended = coach("eval", "export-feedback", tmp_path / "feedback.jsonl")
    assert 2 == ended.code
    assert "feedback.jsonl:1: at input.note: Field required" in ended.err


def test_probes_list_what_flips(coach: Command, tmp_path: Path) -> None:
    ended = coach(
        "eval", "probe", DEALS, "--where", SHORT, "--probe", "gender", "--probe", "strongest", "--out", tmp_path / "p"
    )
    assert 0 == ended.code
    assert "| gender |" in ended.out
    assert "| strongest |" in ended.out
    assert "| age |" not in ended.out
    assert 2 == coach("eval", "probe", DEALS, "--probe", "colour", "--out", tmp_path / "p").code


def test_a_judge_is_asked_by_files_and_measured_against_labels(run: Path, coach: Command, tmp_path: Path) -> None:
    judge = ("--model", "m", "--judge", EVALS / "judge")
    requests, responses = tmp_path / "requests.jsonl", tmp_path / "responses.jsonl"
    answer = {"choices": [{"message": {"content": '{"verdict": "yes", "reason": "it asks for an act of theirs"}'}}]}

    def answered() -> None:
        asked = [json.loads(line) for line in requests.read_text("utf-8").splitlines()]
        lines = [{"custom_id": one["custom_id"], "response": {"status_code": 200, "body": answer}} for one in asked]
        responses.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")

    assert 0 == coach("eval", "judge", "calibrate", *judge, "--export", requests).code
    answered()
    calibration = tmp_path / "calibration.json"
    ended = coach("eval", "judge", "calibrate", *judge, "--import", responses, "--out", calibration)
    assert 0 == ended.code
    # A judge that always says yes: it finds every good one and no bad one.
    known = json.loads(calibration.read_text("utf-8"))["criteria"]["specific"]
    assert (1.0, 0.0, 0.0) == tuple(known[name]["value"] for name in ("tpr", "tnr", "kappa"))
    assert 0 == coach("eval", "judge", "export", run, *judge, "--out", requests).code
    answered()
    ended = coach("eval", "judge", "import", run, responses, *judge, "--calibration", calibration)
    assert 0 == ended.code
    assert (run / "judge.md").read_text("utf-8").startswith(ended.out)
    assert f"each verdict is in {run / 'judge.md'}" in ended.err
    assert 2 == coach("eval", "judge", "calibrate", *judge).code


REPLAYED = """
import socket, sys

def refuse(*_):
    raise AssertionError("a replay touched the network")

socket.socket.connect = socket.socket.connect_ex = refuse
from coach.cli import main
sys.argv = ["coach", *sys.argv[1:]]
try:
    main()
finally:
    print(sorted({"litellm", "aiohttp", "httpx"} & sys.modules.keys()), file=sys.stderr)
"""


@pytest.mark.usefixtures("run")
def test_a_replay_touches_no_network_and_imports_no_client(tmp_path: Path) -> None:
    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            REPLAYED,
            "eval",
            "run",
            DEALS,
            "--where",
            SHORT,
            "--replay",
            "--out",
            tmp_path / "again",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "[]\n" == ended.stderr
    assert "| kind_macro_f1 |" in ended.stdout
