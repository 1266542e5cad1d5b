"""Eval runs over HTTP: who reads them, what is never served, and that no name leads out of their folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from coach.api.app import create_app
from coach.domain.identity import Role, Scope
from coach.settings import Settings
from coach.wiring import build
from tests.api.test_identity import Installation
from tests.made_runs import CANARY, write_run

Started = Callable[..., AbstractContextManager[Installation]]


@pytest.fixture
def started(tmp_path: Path) -> Started:
    """Start a service with runs in a folder of their own."""

    @contextmanager
    def start(**given: object) -> Iterator[Installation]:
        folders = {"data_dir": tmp_path / "data", "eval_runs": tmp_path / "runs"}
        settings = Settings(_env_file=None, engine="local", encoder=False, **folders, **given)  # type: ignore[arg-type]
        with TestClient(create_app(build(settings, serving=True)), base_url="http://localhost") as client:
            yield Installation(client, settings)

    return start


@pytest.fixture
def installation(started: Started) -> Iterator[Installation]:
    with started() as installation:
        yield installation


@pytest.fixture
def runs(installation: Installation) -> Path:
    return installation.settings.eval_runs


def test_the_one_user_of_a_machine_finds_none_and_then_the_run_that_was_made(
    installation: Installation, runs: Path
) -> None:
    assert {"runs": [], "after": None} == installation.ask(None, "GET", "/v1/eval-runs").json()
    write_run(runs, "größer & neu")
    (listed,) = installation.ask(None, "GET", "/v1/eval-runs").json()["runs"]
    read = installation.ask(None, "GET", "/v1/eval-runs/größer & neu").json()
    assert "größer & neu" == listed["name"]
    assert listed == {name: read[name] for name in listed}
    assert {"value", "low", "high", "n"} == read["metrics"]["claim_accuracy"].keys()


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MANAGER, Role.REP])
def test_whoever_reads_reviews_reads_how_good_they_are(installation: Installation, runs: Path, role: Role) -> None:
    write_run(runs, "mine")
    key = installation.key(role, person=None if role is Role.ADMIN else "Ruth Kerr")
    for path in ("/v1/eval-runs", "/v1/eval-runs/mine"):
        assert 200 == installation.ask(key, "GET", path).status_code
        assert 401 == installation.ask(None, "GET", path).status_code


def test_a_key_needs_to_read_reviews(installation: Installation, runs: Path) -> None:
    write_run(runs, "mine")
    key = installation.key(Role.SERVICE, scopes=[Scope.READ_PIPELINE, Scope.OBSERVE])
    for path in ("/v1/eval-runs", "/v1/eval-runs/mine", "/v1/eval-runs/none"):
        answer = installation.ask(key, "GET", path)
        assert (403, True) == (answer.status_code, Scope.READ_REVIEWS.value in answer.json()["detail"])


@pytest.mark.parametrize("own", ["main", "acme"])
def test_another_workspace_than_the_command_lines_knows_of_no_run(started: Started, own: str) -> None:
    with started(workspace=own) as installation:
        write_run(installation.settings.eval_runs, "mine")
        other = "acme" if own == "main" else "main"
        mine, theirs = (installation.key(Role.ADMIN, workspace) for workspace in (own, other))
        assert ["mine"] == [one["name"] for one in installation.ask(mine, "GET", "/v1/eval-runs").json()["runs"]]
        assert 200 == installation.ask(mine, "GET", "/v1/eval-runs/mine").status_code
        assert {"runs": [], "after": None} == installation.ask(theirs, "GET", "/v1/eval-runs").json()
        found, none = (installation.ask(theirs, "GET", f"/v1/eval-runs/{name}") for name in ("mine", "none"))
        assert (404, none.content) == (found.status_code, found.content)


@pytest.mark.parametrize(
    "name", ["..", "%2e%2e", "..%2fsecret", "%2e%2e%2fsecret", "%2fetc", "mine%2f..%2fmine", "mine%00", "x" * 5000]
)
def test_no_name_leads_out_of_the_folder(installation: Installation, runs: Path, name: str) -> None:
    write_run(runs, "mine")
    write_run(runs.parent, "secret")
    answer = installation.ask(None, "GET", f"/v1/eval-runs/{name}")
    assert answer.status_code in {404, 422}
    assert "metrics" not in answer.text


def test_no_text_of_a_case_is_served_nor_where_the_folder_is(installation: Installation, runs: Path) -> None:
    write_run(runs, "mine")
    (write_run(runs, "odd") / "report.json").write_text(f'{{"schema": "{CANARY}"}}')
    for path in ("", "/mine", "/odd", "/mine/predictions.jsonl", "/none"):
        answer = installation.ask(None, "GET", f"/v1/eval-runs{path}").text
        assert CANARY not in answer
        assert str(runs.parent) not in answer


def test_a_damaged_run_is_not_found_and_says_why(installation: Installation, runs: Path) -> None:
    (write_run(runs, "odd") / "report.json").write_text("{")
    (write_run(runs, "begun") / "report.json").unlink()
    listed = installation.ask(None, "GET", "/v1/eval-runs").json()["runs"]
    assert {"odd": "foreign", "begun": "unfinished"} == {one["name"]: one["fault"] for one in listed}
    for name, said in (("odd", "no report that this version reads"), ("begun", "not written yet")):
        answer = installation.ask(None, "GET", f"/v1/eval-runs/{name}")
        assert (404, "not_found") == (answer.status_code, answer.json()["code"])
        assert said in answer.json()["detail"]


def test_pages_end_and_what_is_no_page_is_refused(installation: Installation, runs: Path) -> None:
    for at in range(3):
        write_run(runs, f"run-{at}", written=1_700_000_000 + at)
    first = installation.ask(None, "GET", "/v1/eval-runs?limit=2").json()
    last = installation.ask(None, "GET", f"/v1/eval-runs?limit=2&after={first['after']}").json()
    assert ["run-2", "run-1", "run-0"] == [one["name"] for one in first["runs"] + last["runs"]]
    assert last["after"] is None
    for query in ("limit=0", "limit=101", "after=-1", "after=x"):
        assert 422 == installation.ask(None, "GET", f"/v1/eval-runs?{query}").status_code
