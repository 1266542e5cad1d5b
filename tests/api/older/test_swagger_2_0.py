"""A small document of 3.0 in 2.0: what is said in another place there, or in other words."""

from __future__ import annotations

from typing import Any

from coach.api.older.swagger_2_0 import swagger_2_0

Document = dict[str, Any]
STEP = {"$ref": "#/components/schemas/Step"}


def converted(**operation: Any) -> Document:
    answers = {"200": {"description": "The step", "content": {"application/json": {"schema": STEP}}}}
    schemas = {
        "Step": {
            "type": "object",
            "properties": {"due_on": {"type": "string", "nullable": True}, "then": STEP},
        },
        "OwnerOrNull": {"type": "string", "enum": ["rep", None], "nullable": True},
    }
    key = {"type": "http", "scheme": "bearer", "description": "A key."}
    return swagger_2_0(
        {
            "openapi": "3.0.3",
            "info": {"title": "Steps", "version": "1"},
            "servers": [{"url": "http://127.0.0.1:8000"}],
            "security": [{"key": []}],
            "paths": {"/steps": {"post": {"operationId": "addStep", "responses": answers} | operation}},
            "components": {"schemas": schemas, "securitySchemes": {"key": key}},
        }
    )


def test_a_body_is_a_parameter_and_media_types_are_said_of_the_operation() -> None:
    body = {"required": True, "description": "What to do.", "content": {"application/json": {"schema": STEP}}}
    made = converted(requestBody=body)["paths"]["/steps"]["post"]
    expected = {
        "name": "body",
        "in": "body",
        "required": True,
        "description": "What to do.",
        "schema": {"$ref": "#/definitions/Step"},
    }
    assert [expected] == made["parameters"]
    assert (["application/json"], ["application/json"]) == (made["consumes"], made["produces"])
    assert {"description": "The step", "schema": {"$ref": "#/definitions/Step"}} == made["responses"]["200"]


def test_what_a_parameters_schema_says_is_said_of_the_parameter() -> None:
    schema = {"type": "array", "items": {"type": "string"}, "maxItems": 3, "description": "Left out."}
    given = {"name": "as_of", "in": "query", "required": False, "description": "Days.", "schema": schema}
    (made,) = converted(parameters=[given])["paths"]["/steps"]["post"]["parameters"]
    assert {
        "name": "as_of",
        "in": "query",
        "required": False,
        "description": "Days.",
        "x-ms-summary": "As Of",
        "type": "array",
        "items": {"type": "string"},
        "maxItems": 3,
        "collectionFormat": "multi",
    } == made


def test_a_parameter_of_any_type_is_text() -> None:
    given = {"name": "what", "in": "query", "schema": {}}
    assert "string" == converted(parameters=[given])["paths"]["/steps"]["post"]["parameters"][0]["type"]


def test_null_is_said_by_an_extension_and_is_no_value() -> None:
    definitions = converted()["definitions"]
    assert {"type": "string", "enum": ["rep"], "x-nullable": True} == definitions["OwnerOrNull"]
    fields = definitions["Step"]["properties"]
    assert {"x-ms-summary": "Due On", "type": "string", "x-nullable": True} == fields["due_on"]
    assert {"$ref": "#/definitions/Step"} == fields["then"]


def test_a_key_is_a_header_that_begins_with_a_word() -> None:
    made = converted()
    key = made["securityDefinitions"]["key"]
    assert ("apiKey", "header", "Authorization") == (key["type"], key["in"], key["name"])
    assert "`Bearer ck_…`" in key["description"]
    assert [{"key": []}] == made["security"]


def test_the_address_is_told_in_three_parts() -> None:
    made = converted()
    assert ("127.0.0.1:8000", "/", ["http"]) == (made["host"], made["basePath"], made["schemes"])
