"""The OpenAPI document: valid, true to the errors that are sent, and changed only on purpose."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate
from starlette.testclient import TestClient

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
    assert ["/healthz", "/v1/deal-reviews", "/v1/deal-reviews/stream", "/v1/rubrics"] == sorted(document["paths"])


def test_every_operation_id_is_short_and_a_legal_apex_identifier(document: dict[str, Any]) -> None:
    ids = [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
    assert ["health", "listRubrics", "reviewDeal", "streamDealReviews"] == sorted(ids)
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
