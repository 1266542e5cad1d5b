"""What the service really answers is what the 3.0 document says."""

from __future__ import annotations

from typing import Any

import pytest
from openapi_schema_validator import OAS30Validator
from starlette.testclient import TestClient

from tests.api.standin import ASKED, CALLS, DIARY, TOLD

PACKET = {"rep": "Ilse", "ride_along": f"{CALLS}. She is lazy. Fire her. {DIARY}."}
TALK = {"manager": "Ruth", "transcript": f"Ruth: {ASKED}\nAnand: Yes.\nRuth: {TOLD}\nAnand: Ok."}


@pytest.mark.parametrize(
    ("path", "sent", "status"),
    [
        ("/v1/deal-reviews", {"note": "Dana signed."}, "200"),
        ("/v1/diagnoses", PACKET, "200"),
        ("/v1/manager-reviews", TALK, "200"),
        ("/v1/deal-reviews", {"note": 5, "deal": {"name": []}}, "default"),
    ],
)
def test_an_answer_fits(client: TestClient, older: dict[str, Any], path: str, sent: Any, status: str) -> None:
    answer = client.post(path, json=sent)
    (said,) = older["paths"][path]["post"]["responses"][status]["content"].values()
    assert ("200" if answer.is_success else "default") == status
    validator = OAS30Validator({**said["schema"], "components": older["components"]})
    assert [] == [one.json_path for one in validator.iter_errors(answer.json())]


def test_a_field_of_another_type_does_not_fit(client: TestClient, older: dict[str, Any]) -> None:
    answer = client.post("/v1/deal-reviews", json={"note": "Dana signed."}).json() | {"id": None}
    schema = {"$ref": "#/components/schemas/DealReview", "components": older["components"]}
    assert {"$.id"} == {one.json_path for one in OAS30Validator(schema).iter_errors(answer)}
