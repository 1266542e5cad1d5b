"""How often a key may ask, and how often an address may try one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from coach.api.app import create_app
from coach.domain.identity import Role
from coach.settings import Settings
from coach.wiring import build
from tests.api.test_identity import Installation


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    settings = Settings(
        _env_file=None, data_dir=tmp_path / "data", engine="local", encoder=False, rate_limit="3/minute"
    )
    with TestClient(create_app(build(settings)), base_url="http://localhost") as client:
        yield Installation(client, settings)


def test_a_key_is_told_what_is_left_and_then_to_wait(installation: Installation) -> None:
    key = installation.key(Role.ADMIN)
    answers = [installation.ask(key, "GET", "/v1/rubrics") for _ in range(4)]
    assert [200, 200, 200, 429] == [one.status_code for one in answers]
    assert ["2", "1", "0", "0"] == [one.headers["ratelimit"].split(";")[1].removeprefix("r=") for one in answers]
    assert {'"default";q=3;w=60'} == {one.headers["ratelimit-policy"] for one in answers}
    assert "too_many_requests" == answers[-1].json()["code"]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60


def test_keys_do_not_share_a_limit(installation: Installation) -> None:
    first, second = (installation.key(Role.ADMIN, workspace) for workspace in ("main", "acme"))
    for key in (first, second):
        assert [200] * 3 == [installation.ask(key, "GET", "/v1/rubrics").status_code for _ in range(3)]


def test_where_nobody_has_to_log_in_nothing_is_limited(installation: Installation) -> None:
    answers = [installation.ask(None, "GET", "/v1/rubrics") for _ in range(5)]
    assert {200} == {one.status_code for one in answers}
    assert "ratelimit" not in answers[0].headers


def test_what_shows_nothing_is_free(installation: Installation) -> None:
    installation.key(Role.ADMIN)
    assert {200} == {installation.ask(None, "GET", "/healthz").status_code for _ in range(5)}


def test_guessing_keys_is_slowed_down(installation: Installation) -> None:
    good = installation.key(Role.ADMIN)
    wrong = f"ck_main_{'0' * 12}_{'A' * 43}"
    statuses = [installation.ask(wrong, "GET", "/v1/rubrics").status_code for _ in range(32)]
    assert [401] * 30 + [429] * 2 == statuses
    answer = installation.ask(wrong, "GET", "/v1/rubrics")
    assert "too_many_requests" == answer.json()["code"]
    assert 200 == installation.ask(good, "GET", "/v1/rubrics").status_code
