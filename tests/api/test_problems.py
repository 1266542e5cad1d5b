"""Every failure is `application/problem+json` with a stable code, and none holds what was submitted."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from coach.errors import ArtefactError, CoachError, EngineError, InvalidInput, NotFound, TooLarge, UnsupportedFormat
from tests.api.standin import CANARY, Start


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (InvalidInput("the text is empty"), 422, "invalid_input"),
        (TooLarge("the note is too long"), 413, "too_large"),
        (UnsupportedFormat("no such format"), 415, "unsupported_format"),
        (NotFound("no such rubric"), 404, "not_found"),
        (EngineError("the engine gave up"), 502, "engine_failed"),
        (ArtefactError("the model file is damaged"), 500, "bad_artefact"),
        (CoachError("odd"), 500, "internal_error"),
    ],
)
def test_an_expected_error_shows_its_detail_and_code(start: Start, error: CoachError, status: int, code: str) -> None:
    response = start(fails_with=error).post("/v1/deal-reviews", json={"note": "x"})
    assert "application/problem+json" == response.headers["content-type"]
    problem = response.json()
    assert (status, status, code) == (response.status_code, problem["status"], problem["code"])
    assert ("about:blank", error.detail) == (problem["type"], problem["detail"])
    assert problem["title"]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("GET", "/v1/deal-reviews/", 404, "not_found"),
        ("GET", "/static/nothing.js", 404, "not_found"),
        ("GET", "/static/%2e%2e/page.py", 404, "not_found"),
        ("GET", "/docs", 404, "not_found"),
        ("GET", "/redoc", 404, "not_found"),
        ("PUT", "/v1/diagnoses", 405, "method_not_allowed"),
        ("POST", "/", 405, "method_not_allowed"),
        ("DELETE", "/healthz", 405, "method_not_allowed"),
    ],
)
def test_the_frameworks_own_errors_are_problems_too(
    client: TestClient, method: str, path: str, status: int, code: str
) -> None:
    response = client.request(method, path)
    assert (status, code) == (response.status_code, response.json()["code"])
    assert "application/problem+json" == response.headers["content-type"]


def test_a_wrong_method_is_told_the_right_one(client: TestClient) -> None:
    assert "POST" == client.get("/v1/findings/x/feedback").headers["allow"]


def test_an_address_is_not_given_back(client: TestClient) -> None:
    assert CANARY not in client.get(f"/{CANARY}").text


@pytest.mark.parametrize(
    "body",
    [
        '{"note": ["CANARY"]}',
        '{"note": "x", "written_on": "CANARY"}',
        '{"note": "x", "deal": {"close_date": "CANARY"}}',
        '{"note": "x", "deal": "CANARY"}',
        '{"note": "x", "deal": {"name": {"a": "CANARY"}}}',
        '{"note": "CANARY", "Dana said CANARY": 1}',
        '{"note": "CANARY',
        '{"note": "CANARY" "CANARY"}',
        '"CANARY"',
        '{"note": "CANARY\\u0000"}',
        '{"note": "CANARY\\ud800"}',
    ],
)
def test_a_refusal_never_echoes_the_payload(client: TestClient, caplog: pytest.LogCaptureFixture, body: str) -> None:
    response = client.post(
        "/v1/deal-reviews", content=body.replace("CANARY", CANARY), headers={"content-type": "application/json"}
    )
    assert 422 == response.status_code
    assert response.json()["detail"]
    assert CANARY not in response.text
    assert CANARY not in caplog.text


def test_many_faults_are_told_but_not_without_end(client: TestClient) -> None:
    response = client.post("/v1/deal-reviews", json={f"k{number}": 1 for number in range(500)})
    assert 20 == len(response.json()["errors"])
