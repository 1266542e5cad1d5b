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
    assert [
        "/healthz",
        "/v1/deal-reviews",
        "/v1/deal-reviews/stream",
        "/v1/diagnoses",
        "/v1/manager-reviews",
        "/v1/rubrics",
    ] == sorted(document["paths"])


def test_every_operation_id_is_short_and_a_legal_apex_identifier(document: dict[str, Any]) -> None:
    ids = [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
    assert ["diagnoseRep", "health", "listRubrics", "reviewDeal", "reviewManager", "streamDealReviews"] == sorted(ids)
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
    assert {"400", "413", "415", "422", "500"} == {status for path, status in errors if path == "/v1/deal-reviews"}
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
