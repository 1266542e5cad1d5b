"""One schema in the words of 3.0: each rule on a schema of its own, as FastAPI writes them."""

from __future__ import annotations

from typing import Any

import pytest
from openapi_schema_validator import OAS30Validator

from coach.api.older.schemas import OlderSchemas

Schema = dict[str, Any]
NULL = {"type": "null"}
NAMED: dict[str, Schema] = {
    "Usage": {"type": "object", "properties": {"tokens": {"type": "integer", "maximum": 9}}, "required": ["tokens"]},
    "Told": {"type": "object", "properties": {}},
    "Kind": {"type": "string", "enum": ["act", "word"]},
    "JsonValue": {},
}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ({"type": "string", "title": "Name", "maxLength": 9}, {"type": "string", "maxLength": 9}),
        ({"anyOf": [{"type": "string"}, NULL], "title": "N"}, {"type": "string", "nullable": True}),
        ({"type": ["string", "null"], "maxLength": 3}, {"type": "string", "maxLength": 3, "nullable": True}),
        ({"type": ["string", "number"]}, {"description": "string or number."}),
        (
            {"anyOf": [{"type": "string", "enum": ["on"]}, NULL]},
            {"type": "string", "enum": ["on", None], "nullable": True},
        ),
        ({"anyOf": [{"type": "string"}, {"type": "integer"}, NULL]}, {"description": "string, integer or null."}),
        (
            {"oneOf": [ref("Usage"), ref("Told")], "description": "What is new."},
            {"description": "What is new. Usage or Told.", "type": "object", "additionalProperties": True},
        ),
        ({"anyOf": [ref("Usage"), NULL], "default": None}, ref("UsageOrNull")),
        ({"anyOf": [ref("JsonValue"), NULL]}, {}),
        (ref("Kind") | {"default": "act"}, ref("Kind")),
        (ref("JsonValue"), {}),
        (True, {}),
        ({"const": "coach/1", "type": "string"}, {"type": "string", "enum": ["coach/1"]}),
        ({"const": 5}, {"type": "integer", "enum": [5], "format": "int64"}),
        ({"type": "string", "examples": ["a", "b"], "default": None}, {"type": "string", "example": "a"}),
        ({"type": "number", "exclusiveMinimum": 0}, {"type": "number", "minimum": 0, "exclusiveMinimum": True}),
        ({"type": "number", "exclusiveMaximum": 1}, {"type": "number", "maximum": 1, "exclusiveMaximum": True}),
        ({"type": "integer", "maximum": 500.0}, {"type": "integer", "maximum": 500}),
        ({"type": "integer", "maximum": 2**62}, {"type": "integer", "maximum": 2**62, "format": "int64"}),
        ({"type": "array", "prefixItems": [ref("Told"), ref("Told")]}, {"type": "array", "items": ref("Told")}),
        ({"type": "array", "prefixItems": [ref("Told"), {"type": "string"}]}, {"type": "array", "items": {}}),
        ({"type": "array", "items": {}}, {"type": "array", "items": {}}),
        (
            {"type": "object", "patternProperties": {"^a": {"type": "number"}}, "propertyNames": {"maxLength": 9}},
            {"type": "object", "additionalProperties": {"type": "number"}},
        ),
        (
            {"type": "object", "patternProperties": {"^a": {"type": "number"}}, "additionalProperties": False},
            {"type": "object", "additionalProperties": {"type": "number"}},
        ),
        ({"type": "object", "additionalProperties": False}, {"type": "object", "additionalProperties": False}),
        ({"type": "object", "additionalProperties": True}, {"type": "object", "additionalProperties": {}}),
        ({"type": "string", "contentEncoding": "base64"}, {"type": "string", "format": "byte"}),
        ({"type": "string", "contentMediaType": "application/pdf"}, {"type": "string", "format": "binary"}),
        (
            {"type": "object", "properties": {"type": {"type": "string", "title": "Type"}, "anyOf": NAMED["Kind"]}},
            {"type": "object", "properties": {"type": {"type": "string"}, "anyOf": NAMED["Kind"]}},
        ),
        ({"if": {"required": ["a"]}, "then": {"required": ["b"]}, "type": "object"}, {"type": "object"}),
    ],
)
def test_a_schema_is_said_in_3_0(newer: Schema, older: Schema) -> None:
    assert older == OlderSchemas(NAMED).schema(newer)


def test_a_schema_and_its_twin_tell_null_apart() -> None:
    named = OlderSchemas(NAMED).named
    for name, value in (("Usage", {"tokens": 1}), ("Kind", "act")):
        assert OAS30Validator(named[name]).is_valid(value)
        assert not OAS30Validator(named[name]).is_valid(None)
        assert OAS30Validator(named[f"{name}OrNull"]).is_valid(value)
        assert OAS30Validator(named[f"{name}OrNull"]).is_valid(None)
