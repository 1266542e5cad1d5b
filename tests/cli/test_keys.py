"""`coach keys`, and when `coach serve` refuses to start."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from coach.cli.main import cli
from coach.errors import CoachError, ConfigError, NotFound

EVERYWHERE = "0.0.0.0"  # noqa: S104  it must not be served there


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def failed(*arguments: str) -> BaseException:
    result = run(*arguments)
    assert isinstance(result.exception, CoachError), result.output
    return result.exception


def test_a_key_is_shown_once_and_then_only_listed() -> None:
    shown = run("keys", "create", "--name", "the page", "--role", "manager", "--person", "Ruth Kerr")
    key = shown.stdout.strip()
    id_ = key.split("_")[2]
    assert key.startswith("ck_main_")
    assert "it is not shown again" in shown.stderr
    listed = run("keys", "list").stdout
    assert f"{id_}  good                    manager   the page (Ruth Kerr)\n" == listed
    assert key.split("_", 3)[3] not in run("keys", "list", "--json").stdout


def test_everything_can_be_had_as_json() -> None:
    made = json.loads(
        run("keys", "create", "--role", "rep", "--person", "Ilse", "--expires", "2999-01-31", "--json").stdout
    )
    listed = json.loads(run("keys", "list", "--json").stdout)
    assert {"schema", "key"} == set(made) - set(listed["keys"][0])
    assert ("coach.keys/1", "main") == (listed["schema"], listed["workspace"])
    assert [{name: value for name, value in made.items() if name not in {"schema", "key"}}] == listed["keys"]
    assert ("good", "2999-02-01T00:00:00+00:00") == (made["state"], made["expires_at"])
    assert "good until 2999-01-31" in run("keys", "list").stdout


def test_a_key_is_rotated_and_revoked() -> None:
    id_ = run("keys", "create").stdout.split("_")[2]
    new = run("keys", "rotate", id_).stdout.split("_")[2]
    assert 0 == run("keys", "revoke", new).exit_code
    states = [one["state"] for one in json.loads(run("keys", "list", "--json").stdout)["keys"]]
    assert ["ended", "revoked"] == states
    assert isinstance(failed("keys", "revoke", new), NotFound)


def test_a_workspace_begins_with_its_first_key() -> None:
    assert isinstance(failed("keys", "list", "--workspace", "acme"), NotFound)
    assert run("keys", "create", "--workspace", "acme").stdout.startswith("ck_acme_")
    assert "admin" in run("keys", "list", "--workspace", "acme").stdout
    assert "workspace main has no keys" in run("keys", "list").stdout


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "192.0.2.7", "coach.example"])
def test_without_keys_it_is_not_served_to_others(host: str) -> None:
    error = failed("serve", "--host", host, "--port", "0")
    assert isinstance(error, ConfigError)
    assert "coach keys create" in error.detail
    assert "COACH_LET_ANYONE_IN" in error.detail


@pytest.mark.parametrize(
    ("host", "before"),
    [
        ("127.0.0.1", []),
        ("localhost", []),
        ("::1", []),
        (EVERYWHERE, ["keys", "create"]),
        (EVERYWHERE, ["keys", "create", "--workspace", "acme"]),
        (EVERYWHERE, None),
    ],
)
def test_on_loopback_or_with_a_key_or_told_so_it_is_served(
    monkeypatch: pytest.MonkeyPatch, host: str, before: list[str] | None
) -> None:
    started: list[str] = []
    monkeypatch.setattr("uvicorn.Server.run", lambda self, sockets=None: started.append(self.config.host))  # noqa: ARG005
    monkeypatch.setattr("uvicorn.Server.started", True, raising=False)
    if before is None:
        monkeypatch.setenv("COACH_LET_ANYONE_IN", "yes")
    elif before:
        run(*before)
    result = run("serve", "--host", host, "--port", "0")
    assert [host] == started, result.output
