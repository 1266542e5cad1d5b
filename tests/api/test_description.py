"""The OpenAPI document: valid, true to the errors that are sent, and changed only on purpose."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from starlette.testclient import TestClient

from tests.api.standin import ASKED, CALLS, DIARY, TOLD

COMMITTED = Path(__file__).with_name("openapi.json")


@pytest.fixture
def document(client: TestClient) -> dict[str, Any]:
    described: dict[str, Any] = client.get("/openapi.json").json()
    return described


def test_the_document_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    validate(document)


def test_the_document_is_the_committed_one(document: dict[str, Any]) -> None:
    """To accept a change on purpose, delete tests/api/openapi.json, run this test and look at the difference."""
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    if not COMMITTED.exists():
        COMMITTED.write_text(text, "utf-8")
        pytest.fail(f"{COMMITTED.name} was written anew; look at what changed, and run the tests again")
    assert json.loads(COMMITTED.read_text("utf-8")) == document


def test_the_pages_own_addresses_are_not_published(document: dict[str, Any]) -> None:
    published = {path for path in document["paths"] if not path.startswith("/v1/")}
    assert {"/healthz", "/readyz"} == published


def test_every_operation_id_is_short_and_a_legal_apex_identifier(document: dict[str, Any]) -> None:
    ids = [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-zA-Z](_?[a-zA-Z0-9])*", one) and len(one) <= 40 for one in ids)


def test_every_declared_error_is_a_problem(document: dict[str, Any]) -> None:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    errors = {
        (path, status): response["content"]
        for path, operations in document["paths"].items()
        for operation in operations.values()
        for status, response in operation["responses"].items()
        if status >= "400"
    }
    statuses = {status for path, status in errors if path == "/v1/deal-reviews"}
    expected = {"400", "401", "403", "404", "408", "409", "413", "415", "421", "422", "429", "500", "502", "503", "504"}
    assert expected == statuses
    assert all(problem == content for content in errors.values())
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_the_review_is_described_by_its_wire_names(document: dict[str, Any]) -> None:
    review = document["components"]["schemas"]["DealReview"]["properties"]
    assert "coach.deal_review/1" == review["schema"]["const"]
    assert {"centre", "grade", "quote", "who", "when"} <= set(
        document["components"]["schemas"]["Statement"]["properties"]
    )


def test_a_diagnosis_and_a_mirror_are_described_by_their_wire_names(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    assert "coach.rep_diagnosis/1" == schemas["RepDiagnosis"]["properties"]["schema"]["const"]
    assert "coach.manager_review/1" == schemas["ManagerReview"]["properties"]["schema"]["const"]
    assert "schema" in schemas["RepDiagnosis"]["required"]


@pytest.mark.parametrize(
    ("path", "payload"),
    [
        ("/v1/deal-reviews", {"note": "Dana signed."}),
        ("/v1/diagnoses", {"rep": "Ilse", "ride_along": f"{CALLS}. She is lazy. Fire her. {DIARY}."}),
        (
            "/v1/manager-reviews",
            {"manager": "Ruth", "transcript": f"Ruth: {ASKED}\nAnand: Yes.\nRuth: {TOLD}\nAnand: Ok."},
        ),
    ],
)
def test_an_answer_is_what_the_document_says(
    client: TestClient, document: dict[str, Any], path: str, payload: dict[str, Any]
) -> None:
    answer = client.post(path, json=payload).json()
    described = document["paths"][path]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    validator = Draft202012Validator({**described, "components": document["components"]})
    assert [] == [one.json_path for one in validator.iter_errors(answer)]


def test_what_changes_something_takes_an_idempotency_key(document: dict[str, Any]) -> None:
    named = {
        method
        for path in document["paths"].values()
        for method, operation in path.items()
        if any(one["name"] == "Idempotency-Key" for one in operation.get("parameters", []))
    }
    assert {"post", "patch"} == named
    post = document["paths"]["/v1/deal-reviews"]["post"]["responses"]
    assert {"409", "429", "503"} == {status for status, one in post.items() if "Retry-After" in one.get("headers", {})}


def test_all_but_what_shows_nothing_asks_for_a_key(document: dict[str, Any]) -> None:
    open_to_all = {
        path
        for path, operations in document["paths"].items()
        for operation in operations.values()
        if not operation["security"]
    }
    assert open_to_all <= {"/healthz", "/readyz"}
    assert "bearer" == document["components"]["securitySchemes"]["key"]["scheme"]
