"""`coach members`: let in, listed, and let in no more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from coach.cli.main import cli
from coach.errors import CoachError, InvalidInput, NotFound


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ("members", *arguments))


def failed(*arguments: str) -> BaseException:
    result = run(*arguments)
    assert isinstance(result.exception, CoachError), result.output
    return result.exception


def test_a_member_is_let_in_listed_and_let_in_no_more() -> None:
    added = run("add", "Ruth.Kerr@example.com", "--role", "manager", "--person", "Ruth Kerr")
    assert "Ruth.Kerr@example.com may sign in as manager (Ruth Kerr)\n" == added.stdout
    linked = run("add", "ada@example.com", "--role", "admin", "--crm-user", "pipedrive:123")
    assert "ada@example.com may sign in as admin, and is pipedrive:123\n" == linked.stdout
    listed = "admin     ada@example.com  pipedrive:123\nmanager   Ruth.Kerr@example.com (Ruth Kerr)\n"
    assert listed == run("list").stdout
    assert "ada@example.com may not sign in any more\n" == run("remove", "ADA@example.com").stdout.lower()
    assert [
        {"email": "Ruth.Kerr@example.com", "role": "manager", "person": "Ruth Kerr", "crm_user": None}
    ] == json.loads(run("list", "--json").stdout)["members"]


def test_each_workspace_has_its_own() -> None:
    CliRunner().invoke(cli, ("keys", "create", "--workspace", "north"))
    run("add", "ada@example.com", "--role", "admin", "--workspace", "north")
    assert ("", "admin     ada@example.com\n") == (run("list").stdout, run("list", "--workspace", "north").stdout)
    assert isinstance(failed("add", "ada@example.com", "--role", "admin", "--workspace", "south"), NotFound)


def test_what_cannot_be_is_refused() -> None:
    assert isinstance(failed("add", "ada", "--role", "admin"), InvalidInput)
    assert isinstance(failed("add", "ada@example.com", "--role", "admin", "--crm-user", "123"), InvalidInput)
    assert isinstance(failed("remove", "ada@example.com"), NotFound)
    assert 2 == run("add", "ada@example.com", "--role", "service").exit_code
