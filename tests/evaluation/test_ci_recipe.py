"""The CI recipe: it starts when it should, its commands exist, and no outcome of the gate is lost on the way."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from coach.cli.main import cli
from coach.evaluation.case import load_cases, select
from coach.evaluation.coach_subject import CoachSubject
from coach.wiring import build

ROOT = Path(__file__).parents[2]
RECIPE = ROOT / "evals" / "ci" / "evaluate.yml"
TEXT = RECIPE.read_text("utf-8")
WORKFLOW: dict[Any, Any] = yaml.safe_load(TEXT)
STEPS: list[dict[str, Any]] = WORKFLOW["jobs"]["evaluate"]["steps"]
RUN = {step["name"]: step["run"] for step in STEPS if "run" in step}

COACH = """#!/bin/bash
case "$2" in
  run) mkdir -p "${@: -1}"; echo "the run" ; echo "coach: the run said this" >&2; exit "$RUN_STATUS" ;;
  gate) echo "the gate, of $3 against $5"; echo "coach: the gate said this" >&2; exit "$GATE_STATUS" ;;
  report) echo "the report, from $5"; echo "the page" > "${@: -1}" ;;
esac
"""
GH = """#!/bin/bash
echo "$*" >> calls.txt
if [[ "$*" == *--paginate* ]]; then printf '%s' "$COMMENTS"; fi
"""


def commands() -> list[list[str]]:
    """Every `coach …` of the file, comments included, as words without redirections."""
    joined = re.sub(r"\\\n\s*", "", TEXT)
    return [shlex.split(found) for found in re.findall(r"\bcoach (eval [a-z]+ [^>|\n]*)", joined)]


def test_it_starts_when_a_rubric_changes_and_may_only_read_and_comment() -> None:
    # YAML 1.1 reads the key `on` as true.
    assert ["rubrics/**", "coach/**", "evals/**"] == WORKFLOW[True]["pull_request"]["paths"]
    assert {"contents": "read", "pull-requests": "write"} == WORKFLOW["permissions"]


def test_its_commands_and_options_exist() -> None:
    assert 4 == len(commands())
    for words in commands():
        command: click.Command = cli
        while isinstance(command, click.Group):
            command = command.commands[words.pop(0)]
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options


def test_the_baseline_is_made_by_the_command_that_it_is_compared_with() -> None:
    asked = [words[: words.index("--out")] for words in commands() if words[1] == "run"]
    assert 2 == len(asked)
    assert asked[0] == asked[1]


def test_the_engine_that_ships_can_run_every_case_it_names() -> None:
    # Otherwise the gate would find too many failed predictions, and say nothing, for ever.
    words = next(words for words in commands() if words[1] == "run")
    paths = [ROOT / word for word in words if word.startswith("evals/cases")]
    cases = select(load_cases(paths), [after for word, after in pairwise(words) if word == "--where"])
    subject = CoachSubject(build())
    assert len(cases) >= 160
    assert all(subject.depends_on(case) for case in cases)


def test_scripts_hold_no_expression_that_a_pull_request_could_fill_in() -> None:
    assert [] == [name for name, script in RUN.items() if "${{" in script]


def bash(script: str, folder: Path, fakes: dict[str, str], **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a step as the runner does, with other programs of these names."""
    for name, content in fakes.items():
        path = folder / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, "utf-8")
        path.chmod(0o755)
    (folder / "step.sh").write_text(script, "utf-8")
    path_variable = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "step.sh"],
        cwd=folder,
        env={"PATH": path_variable, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def evaluated(folder: Path, run: int, gate: int) -> tuple[str, str, subprocess.CompletedProcess[str]]:
    """Run the steps that decide; gives the output `status`, the job's summary, and how the last step ended."""
    output, summary = folder / "output.txt", folder / "summary.txt"
    step = bash(
        RUN["Evaluate"],
        folder,
        {"coach": COACH},
        RUN_STATUS=str(run),
        GATE_STATUS=str(gate),
        GITHUB_OUTPUT=str(output),
        GITHUB_STEP_SUMMARY=str(summary),
    )
    assert 0 == step.returncode, step.stderr
    status = output.read_text("utf-8").strip().removeprefix("status=")
    return status, summary.read_text("utf-8"), bash(RUN["Decide"], folder, {}, STATUS=status)


@pytest.mark.parametrize(
    ("gate", "decided", "warned"),
    [(0, 0, False), (1, 1, False), (2, 2, False), (3, 0, True), (70, 70, False), (137, 137, False)],
)
def test_the_gate_decides_the_job(tmp_path: Path, gate: int, decided: int, warned: bool) -> None:
    status, summary, decision = evaluated(tmp_path, 0, gate)
    assert (str(gate), decided) == (status, decision.returncode)
    assert warned == decision.stdout.startswith("::warning")
    commented = (tmp_path / "runs" / "summary.md").read_text("utf-8")
    if gate in {0, 1, 3}:
        assert "the report, from evals/baselines/local\n" == summary
        assert "the gate, of runs/candidate against evals/baselines/local\n" == commented
        assert (tmp_path / "runs" / "report.html").exists()
    else:
        assert ["## Not measured", "```text", "coach: the gate said this", "```"] == summary.splitlines()
        assert summary == commented


@pytest.mark.parametrize("run", [1, 2, 3, 70, 127])
def test_a_run_that_fails_is_not_measured_whatever_its_status(tmp_path: Path, run: int) -> None:
    # A provider's failure exits 3, too: it must not pass for an inconclusive gate.
    status, summary, decision = evaluated(tmp_path, run, 0)
    assert ("2", 2) == (status, decision.returncode)
    assert "coach: the run said this" in summary


def test_a_status_that_was_never_written_fails(tmp_path: Path) -> None:
    assert 2 == bash(RUN["Decide"], tmp_path, {}, STATUS="").returncode


@pytest.mark.parametrize(
    ("comments", "expected"),
    [
        ("", "--method POST repos/o/r/issues/7/comments -F body=@runs/comment.md"),
        ("11\n12\n", "--method PATCH repos/o/r/issues/comments/12 -F body=@runs/comment.md"),
    ],
    ids=["the first time", "again"],
)
def test_one_comment_is_kept_up_to_date(tmp_path: Path, comments: str, expected: str) -> None:
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "summary.md").write_text("## Pass\n" + "é" * 65536, "utf-8")
    step = bash(
        RUN["Comment"],
        tmp_path,
        {"gh": GH},
        COMMENTS=comments,
        GITHUB_REPOSITORY="o/r",
        GITHUB_RUN_ID="5",
        GITHUB_SERVER_URL="https://github.com",
        PULL_REQUEST="7",
    )
    assert 0 == step.returncode, step.stderr
    calls = (tmp_path / "calls.txt").read_text("utf-8").splitlines()
    assert [True, True] == ["--paginate repos/o/r/issues/7/comments" in calls[0], calls[-1].endswith(expected)]
    body = (tmp_path / "runs" / "comment.md").read_bytes().decode("utf-8", "replace")
    assert body.startswith("<!-- coach eval -->\n## Pass\n")
    assert "(https://github.com/o/r/actions/runs/5)" in body
    assert len(body) < 65536


def step(name: str) -> Sequence[Any]:
    (found,) = (step for step in STEPS if step.get("name") == name)
    return found.get("if"), found.get("continue-on-error", False)


def test_a_comment_that_may_not_be_made_fails_nothing_and_the_rest_may_not_be_skipped() -> None:
    condition, goes_on = step("Comment")
    assert "github.event.pull_request.head.repo.full_name == github.repository" in condition
    assert goes_on
    assert [(None, False)] * 2 == [step("Evaluate"), step("Decide")]
