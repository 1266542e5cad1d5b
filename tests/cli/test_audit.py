"""`coach audit`, and that commands are logged."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from coach.cli.main import cli
from coach.errors import InvalidInput, NotFound


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def test_commands_about_people_are_logged_as_the_command_line() -> None:
    Path("roster.csv").write_text("rep,manager\nIlse Brandt,Ruth Kerr\n")
    Path("note.txt").write_text("Dana signed on Friday.")
    run("import", "--people", "roster.csv")
    run("keys", "create")
    run("claims", "--rep", "Ilse Brandt")
    run("deal", "note.txt", "--rep", "Ilse Brandt")
    run("deal", "note.txt")
    logged = json.loads(run("audit", "list", "--json").stdout)
    assert ["deal", "claims", "keys create", "import"] == [one["action"] for one in logged]
    assert {("cli", "admin")} == {(one["actor"], one["role"]) for one in logged}
    about = json.loads(run("audit", "list", "--person", "ilse brandt", "--json").stdout)
    assert ["deal", "claims"] == [one["action"] for one in about]
    assert "Ilse" not in json.dumps(logged)


def test_the_log_is_proved_and_a_change_is_found() -> None:
    for _ in range(3):
        run("keys", "create")
    sound = run("audit", "verify")
    assert (0, "3 entries, each as it was written") == (sound.exit_code, sound.stdout.splitlines()[0])
    head = sound.stdout.splitlines()[1].removeprefix("head  ")
    with closing(sqlite3.connect("data/coach.sqlite3")) as database, database:
        database.execute("DROP TRIGGER audit_DELETE_refused")
        database.execute("DELETE FROM audit WHERE number = 3")
    assert 0 == run("audit", "verify").exit_code
    broken = run("audit", "verify", "--head", head, "--json")
    proof = json.loads(broken.stdout)
    assert (1, False, 2) == (broken.exit_code, proof["sound"], proof["entries"])
    assert "its end was cut off" in proof["problem"]


def logged(**chosen: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("audit", "list", "--json").stdout)
    return [one for one in found if all(one[name] == value for name, value in chosen.items())]


def test_what_a_command_was_done_to_and_came_to_is_logged() -> None:
    Path("roster.csv").write_text("rep,manager\nIlse Brandt,Ruth Kerr\n")
    Path("note.txt").write_text("Dana signed on Friday.")
    Path("talk.txt").write_text("Ruth: Did the quote go out?\nIlse: On Monday.")
    run("import", "--people", "roster.csv")
    made = json.loads(run("keys", "create", "--role", "rep", "--person", "Ilse Brandt", "--json").stdout)["id"]
    new = json.loads(run("keys", "rotate", made, "--json").stdout)["id"]
    run("keys", "revoke", new)
    run("members", "add", "ilse@a.example", "--role", "rep", "--person", "Ilse Brandt", "--crm-user", "pipedrive:123")
    run("workspace", "set", "retention_days", "365")
    review = json.loads(run("deal", "note.txt", "--rep", "Ilse Brandt", "--json").stdout)["id"]
    run("manager", "talk.txt", "--manager", "Ruth", "--rep", "Ilse Brandt")
    run("agree", "--rep", "Ilse Brandt", "--step", "rep", "2026-03-09", "Call Dana")
    step = json.loads(run("commitments", "--rep", "Ilse Brandt", "--json").stdout)[0]["id"]
    run("settle", str(step), "dropped")
    rows = {one["action"]: (one["object"], one["detail"]) for one in logged()}
    assert (None, {"read": 1, "kept": 1}) == rows["import"]
    assert (made, {"role": "rep"}) == rows["keys create"]
    assert (made, {"made": new}) == rows["keys rotate"]
    assert (new, {}) == rows["keys revoke"]
    assert ("member:1", {"role": "rep", "crm": "pipedrive"}) == rows["members add"]
    assert ("retention_days", {"to": 365}) == rows["workspace set"]
    assert (review, "local") == (rows["deal"][1]["made"], rows["deal"][1]["engine"])
    assert (str(step), {"kept": "dropped"}) == rows["settle"]
    about = json.loads(run("audit", "list", "--person", "Ilse Brandt", "--json").stdout)
    assert ["settle", "commitments", "agree", "manager", "deal", "members add", "keys create"] == [
        one["action"] for one in about
    ]
    assert [] == [name for name in ("Ilse", "Ruth", "Dana") if name in json.dumps(rows)]


def test_a_command_that_ended_early_is_logged_for_what_it_may_have_done(monkeypatch: pytest.MonkeyPatch) -> None:
    run("keys", "create")
    monkeypatch.setattr("coach.cli.privacy._show", lambda _: sys.exit(1))
    assert 1 == run("privacy", "erase", "Ilse Brandt", "--yes").exit_code
    assert [1] == [one["detail"]["exit"] for one in logged(action="privacy erase")]

    async def gone(*_: object) -> AsyncIterator[str]:
        yield "half of it"
        raise BrokenPipeError

    monkeypatch.setattr("coach.wiring.privacy.document", gone)
    assert isinstance(run("privacy", "export", "Ilse Brandt").exception, BrokenPipeError)
    assert [{"broke_off": True}] == [one["detail"] for one in logged(action="privacy export")]


def test_a_command_that_was_refused_is_not_logged() -> None:
    run("keys", "create")
    assert isinstance(run("keys", "revoke", "000000000000").exception, NotFound)
    assert isinstance(run("import", "none.csv").exception, InvalidInput)
    assert ["keys create"] == [one["action"] for one in logged()]


def test_who_reads_the_log_is_in_it() -> None:
    run("keys", "create")
    run("audit", "list", "--person", "Ilse Brandt")
    assert ["audit list", "keys create"] == [one["action"] for one in logged()]


def test_the_head_is_what_a_later_proof_takes() -> None:
    run("keys", "create")
    head = run("audit", "head").stdout.strip()
    shown = json.loads(run("audit", "head", "--json").stdout)
    assert head == shown["head"] == f"1:{shown['digest']}"
    run("keys", "create")
    assert 0 == run("audit", "verify", "--head", head).exit_code
    assert 1 == run("audit", "verify", "--head", head.replace("1:", "2:")).exit_code


def test_a_workspace_that_is_not_there_is_not_made_by_looking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_WORKSPACE", "nowhere")
    for command in ("list", "verify", "head"):
        assert isinstance(run("audit", command).exception, NotFound)
    assert not Path("data/workspaces").exists()


def test_a_command_that_cannot_be_logged_says_so_and_has_run(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("note.txt").write_text("Dana signed on Friday.")
    Path("file").write_text("no folder")
    monkeypatch.setenv("COACH_DATA_DIR", "file")
    result = run("deal", "note.txt", "--rep", "Ilse", "--json")
    assert 0 == result.exit_code
    assert "dr_" in result.stdout
    assert "this is not in the audit log" in result.stderr
