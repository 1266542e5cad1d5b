"""`coach privacy` and `coach workspace`."""

from __future__ import annotations

import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from coach.cli.main import cli
from coach.errors import Conflict, DiagnosisOff, InvalidInput, NotFound

ILSE = "Ilse Brandt"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def kept() -> None:
    Path("note.txt").write_text("Dana signed on Friday.")
    Path("other.txt").write_text("Ilse Brandt was at the fair.")
    run("deal", "note.txt", "--rep", ILSE, "--written-on", "2020-01-31")
    run("deal", "other.txt", "--rep", "Anand Rao")


def run(*arguments: str, says: str | None = None) -> Result:
    return CliRunner().invoke(cli, arguments, input=says)


def audit() -> list[tuple[str, str | None]]:
    return [(one["action"], one["person"]) for one in json.loads(run("audit", "list", "--json").stdout)]


def test_what_holds_is_shown_and_set() -> None:
    shown = "diagnosis           on\nretention_days      none\nretention_crm_days  none\n"
    assert shown == run("workspace", "show").stdout
    said = run("workspace", "set", "retention_days", "365").stdout
    assert "workspace main: retention_days is 365" in said
    assert "coach privacy prune" in said
    assert 365 == json.loads(run("workspace", "show", "--json").stdout)["retention_days"]
    run("workspace", "set", "retention_days", "none")
    assert shown == run("workspace", "show").stdout
    assert isinstance(run("workspace", "set", "colour", "red").exception, InvalidInput)
    assert ["workspace set", "workspace set"] == [action for action, _ in audit()]


def test_workspaces_are_made_and_listed_and_each_has_its_own() -> None:
    assert 0 == run("workspace", "create", "acme").exit_code
    assert "main\nacme\n" == run("workspace", "list").stdout
    run("workspace", "set", "diagnosis", "off", "--workspace", "acme")
    assert "on" in run("workspace", "show").stdout.splitlines()[0]
    assert "off" in run("workspace", "show", "--workspace", "acme").stdout.splitlines()[0]
    assert isinstance(run("workspace", "show", "--workspace", "none").exception, NotFound)


def test_where_diagnoses_are_off_none_is_made() -> None:
    Path("packet.json").write_text(json.dumps({"rep": ILSE, "manager_observation": "No calls on four mornings."}))
    assert 0 == run("rep", "packet.json").exit_code
    run("workspace", "set", "diagnosis", "off")
    assert isinstance(run("rep", "packet.json").exception, DiagnosisOff)


@pytest.mark.usefixtures("kept")
def test_what_is_too_old_is_counted_then_deleted() -> None:
    assert "Everything is kept" in run("privacy", "prune").stdout
    run("workspace", "set", "retention_days", "365")
    assert "1  notes" in run("privacy", "prune", "--dry-run").stdout
    done = json.loads(run("privacy", "prune", "--json").stdout)
    assert ("coach.pruning/1", 1, 1) == (done["schema"], done["rows"]["notes"], done["rows"]["reviews"])
    assert "0 rows deleted" in run("privacy", "prune").stdout


@pytest.mark.usefixtures("kept")
def test_two_do_not_delete_at_once() -> None:
    run("privacy", "prune")
    with closing(sqlite3.connect("data/coach.sqlite3")) as db, db:
        db.execute("UPDATE workspace_settings SET value = 'running' WHERE name = 'task:prune'")
    assert isinstance(run("privacy", "prune").exception, Conflict)


@pytest.mark.usefixtures("kept")
def test_an_export_is_written_for_its_owner_alone_and_logged() -> None:
    shown = json.loads(run("privacy", "export", ILSE).stdout)
    assert 0 == run("privacy", "export", ILSE, "--out", "ilse.json").exit_code
    written = json.loads(Path("ilse.json").read_text("utf-8"))
    assert 0o600 == stat.S_IMODE(Path("ilse.json").stat().st_mode)
    assert ["Dana signed on Friday."] == [one["text"] for one in written["notes"]]
    assert shown["reviews"] == written["reviews"]
    assert ["privacy export", "privacy export"] == [action for action, _ in audit()][:2]
    assert isinstance(run("privacy", "export", ILSE, "--out", "ilse.json").exception, InvalidInput)


@pytest.mark.usefixtures("kept")
def test_an_erasure_asks_names_backups_and_is_logged_by_a_pseudonym() -> None:
    run("db", "backup", "monday.db")
    stopped = run("privacy", "erase", ILSE, says="n\n")
    assert 1 == stopped.exit_code
    assert "Erase them?" in stopped.stderr
    assert json.loads(run("privacy", "export", ILSE).stdout)["notes"]
    done = json.loads(run("privacy", "erase", ILSE, "--mentions", "--yes", "--json").stdout)
    assert ("coach.erasure/1", 2, [True]) == (
        done["schema"],
        done["rows"]["notes"],
        [one["done"] for one in done["rewritten"]],
    )
    assert [(str(Path("monday.db").resolve()), True)] == [(one["place"], one["there"]) for one in done["backups"]]
    assert ("privacy erase", done["person"]) == audit()[0]
    found = b"".join(file.read_bytes() for file in Path("data").rglob("*") if file.is_file())
    assert [] == [word for word in (b"Ilse", b"ilse", b"Dana signed") if word in found]
    assert b"Ilse" in Path("monday.db").read_bytes()
    assert 0 == run("audit", "verify").exit_code


@pytest.mark.usefixtures("kept")
def test_an_erasure_in_words_says_what_is_left() -> None:
    run("db", "backup", "monday.db")
    Path("monday.db").unlink()
    said = run("privacy", "erase", ILSE, says="y\n")
    assert 0 == said.exit_code
    assert "rows erased, or relieved of the name" in said.stdout
    assert "monday.db (not on this machine)" in said.stdout
    assert "not reached: the CRM" in said.stdout
    assert "written anew" in said.stdout


def test_a_backup_that_is_made_anew_is_named_once() -> None:
    run("workspace", "show")
    for _ in range(2):
        assert 0 == run("db", "backup", "monday.db", "--overwrite").exit_code
    done = json.loads(run("privacy", "erase", ILSE, "--yes", "--json").stdout)
    assert 1 == len(done["backups"])
