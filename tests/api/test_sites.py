"""Other sites: none may call the API or show the pages, unless it is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pydantic import ValidationError
from starlette.testclient import TestClient

from coach.api.app import create_app
from coach.settings import Settings
from coach.wiring import build

CRM = "https://crm.example"
Start = Callable[..., TestClient]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    running = ExitStack()

    def started(**given: str) -> TestClient:
        settings = Settings(_env_file=None, data_dir=tmp_path / "data", engine="local", encoder=False, **given)  # type: ignore[arg-type]
        return running.enter_context(TestClient(create_app(build(settings)), base_url="http://localhost"))

    with running:
        yield started


def asked_before(client: TestClient, origin: str) -> tuple[int, str | None]:
    headers = {"origin": origin, "access-control-request-method": "POST"}
    answer = client.options("/v1/deal-reviews", headers=headers)
    return answer.status_code, answer.headers.get("access-control-allow-origin")


def test_no_other_site_may_call_the_api(start: Start) -> None:
    client = start()
    assert (405, None) == asked_before(client, CRM)
    assert "access-control-allow-origin" not in client.get("/healthz", headers={"origin": CRM}).headers


def test_a_site_that_is_named_may_and_no_other(start: Start) -> None:
    client = start(cors_origins=f"{CRM}, https://other.example")
    assert (200, CRM) == asked_before(client, CRM)
    assert (400, None) == asked_before(client, "https://evil.example")
    refused = client.options("/", headers={"origin": "https://evil.example", "access-control-request-method": "GET"})
    assert ("bad_request", "nosniff") == (refused.json()["code"], refused.headers["x-content-type-options"])
    answer = client.get("/healthz", headers={"origin": CRM})
    assert CRM == answer.headers["access-control-allow-origin"]
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/healthz", "/v1/one-on-ones/document?rep=Ilse"])
def test_a_page_is_framed_by_its_own_site_and_by_those_that_are_named(start: Start, path: str) -> None:
    def ancestors(client: TestClient) -> list[str]:
        policy = client.get(path).headers["content-security-policy"]
        return [part.strip() for part in policy.split(";") if "frame-ancestors" in part]

    assert ["frame-ancestors 'self'"] == ancestors(start())
    assert [f"frame-ancestors 'self' {CRM}"] == ancestors(start(frame_ancestors=f"'self' {CRM}"))


def test_what_does_not_know_frame_ancestors_is_told_by_the_older_header_where_that_can_say_it(start: Start) -> None:
    def framed_by(**given: str) -> str | None:
        return start(**given).get("/").headers.get("x-frame-options")

    assert "SAMEORIGIN" == framed_by()
    assert "DENY" == framed_by(frame_ancestors="'none'")
    assert framed_by(frame_ancestors=f"'self' {CRM}") is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("frame_ancestors", "*; script-src *"),
        ("frame_ancestors", "crm.example"),
        ("cors_origins", "*"),
        ("cors_origins", "https://crm.example/path"),
        ("rate_limit", "600"),
        ("rate_limit", "0/minute"),
    ],
)
def test_what_could_open_more_than_it_says_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValidationError):
        Settings(_env_file=None, **{name: value})  # type: ignore[arg-type]


def test_a_browser_is_held_to_https_only_where_it_came_by_it(start: Start) -> None:
    client = start()
    assert "strict-transport-security" not in client.get("/healthz").headers
    assert "max-age=31536000" == client.get("https://localhost/healthz").headers["strict-transport-security"]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("DELETE", "/", 405, "method_not_allowed"),
        ("TRACE", "/v1/deal-reviews", 405, "method_not_allowed"),
        ("BREW", "/v1/rubrics", 405, "method_not_allowed"),
        ("PUT", "/static/base.css", 405, "method_not_allowed"),
        ("GET", "/static/none.js", 404, "not_found"),
        ("GET", "/static/../settings.py", 404, "not_found"),
        ("GET", "/v1/none", 404, "not_found"),
        ("GET", "/v1/deal-reviews/", 404, "not_found"),
        ("PATCH", "/v1/commitments/x", 422, "invalid_input"),
    ],
)
def test_every_failure_is_a_problem_with_a_code_and_echoes_nothing(
    start: Start, method: str, path: str, status: int, code: str
) -> None:
    answer = start().request(method, f"{path}?quinceblossom=quinceblossom", json={} if method == "PATCH" else None)
    problem = answer.json()
    assert (status, code, "application/problem+json") == (
        answer.status_code,
        problem["code"],
        answer.headers["content-type"],
    )
    assert "quinceblossom" not in answer.text
    if status == 405:
        assert answer.headers["allow"]


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [("bytes=quinceblossom", 400, "bad_request"), ("bytes=99999999-", 416, "no_such_range")],
)
@pytest.mark.parametrize("path", ["/static/deal-coach.js", "/static/main.js"])
def test_a_range_that_cannot_be_given_is_a_problem(start: Start, path: str, given: str, status: int, code: str) -> None:
    answer = start().get(path, headers={"range": given})
    assert (status, code) == (answer.status_code, answer.json()["code"])
    assert "application/problem+json" == answer.headers["content-type"]
    assert "quinceblossom" not in answer.text
    if status == 416:
        assert answer.headers["content-range"].startswith("bytes */")


@pytest.mark.parametrize("path", ["/", "/card/hubspot/71"])
def test_a_page_is_given_whole_whatever_range_is_asked_for(start: Start, path: str) -> None:
    answer = start().get(path, headers={"range": "bytes=quinceblossom"})
    assert 200 == answer.status_code
    assert "accept-ranges" not in answer.headers
    assert answer.text.startswith("<!doctype html>")
    assert "quinceblossom" not in answer.text


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/v1/deal-reviews", "GET, POST"),
        ("/v1/commitments/x", "PATCH"),
        ("/", "GET, HEAD"),
        ("/static/base.css", "GET, HEAD"),
    ],
)
def test_a_wrong_method_is_told_all_that_are_right(start: Start, path: str, allowed: str) -> None:
    assert allowed == start().delete(path).headers["allow"]
