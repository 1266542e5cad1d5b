"""The 3.0 document keeps to what Salesforce says that External Services takes in.

Its pages: "Schema Definitions", "Naming and Description Conventions", "OpenAPI 2.0 and 3.0 Support", "Media Type
Directives and Mapping", "Operation Output Parameters" (help.salesforce.com, External Services).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

Document = dict[str, Any]
IDENTIFIER = re.compile(r"[A-Za-z](_?[A-Za-z0-9])*")
"""Of Apex: letters, digits and underscores, the first a letter, no underscore last and no two together."""
WORDS = {
    "$ref",
    "type",
    "format",
    "description",
    "enum",
    "nullable",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "default",
    "example",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minItems",
    "maxItems",
    "maxProperties",
}
"""Every word that a schema here may use; none composes schemas."""
TYPES = {"object", "array", "string", "integer", "number", "boolean", None}


def operations(document: Document) -> list[Document]:
    return [operation for item in document["paths"].values() for operation in item.values()]


def schemas(document: Document) -> Iterator[Document]:
    """Every schema, with those within it."""
    waiting = [*document["components"]["schemas"].values()]
    for operation in operations(document):
        waiting += [one["schema"] for one in operation.get("parameters", ())]
        bodies = [*operation["responses"].values(), operation.get("requestBody", {})]
        waiting += [media["schema"] for body in bodies for media in body.get("content", {}).values()]
    while waiting:
        schema = waiting.pop()
        if isinstance(schema, dict):
            yield schema
            waiting += [*schema.get("properties", {}).values(), schema.get("items"), schema.get("additionalProperties")]


def test_no_schema_is_a_union_or_a_composition(older: Document) -> None:
    found = list(schemas(older))
    assert set() == {word for schema in found for word in schema} - WORDS
    assert {schema.get("type") for schema in found} <= TYPES
    assert 500 < len(found)


def test_every_name_is_a_legal_identifier_and_short(older: Document) -> None:
    names = [operation["operationId"] for operation in operations(older)] + list(older["components"]["schemas"])
    assert [] == [name for name in names if not IDENTIFIER.fullmatch(name) or 40 < len(name)]
    fields = {name for schema in schemas(older) for name in schema.get("properties", ())}
    assert [] == [name for name in fields if not IDENTIFIER.fullmatch(name) or 40 < len(name)]


def test_no_two_names_differ_in_case_alone(older: Document) -> None:
    for names in (
        [operation["operationId"] for operation in operations(older)],
        list(older["components"]["schemas"]),
        *(list(schema.get("properties", ())) for schema in schemas(older)),
    ):
        assert len(names) == len({name.lower() for name in names}), names


def test_no_schema_is_named_with_an_underscore_which_salesforce_would_spell_out(older: Document) -> None:
    assert [] == [name for name in older["components"]["schemas"] if "_" in name]


def test_no_description_is_cut_off(older: Document) -> None:
    said = [operation["description"] for operation in operations(older)]
    said += [one.get("description", "") for operation in operations(older) for one in operation.get("parameters", ())]
    assert max(map(len, said)) <= 1333


def test_methods_media_types_and_parameters_are_those_that_are_supported(older: Document) -> None:
    assert {method for item in older["paths"].values() for method in item} <= {"get", "patch", "put", "post", "delete"}
    for operation in operations(older):
        assert {"application/json"} == set(operation.get("requestBody", {"content": {"application/json"}})["content"])
        for code, response in operation["responses"].items():
            # The one that Salesforce has to be told is JSON, as the guide says.
            expected = "application/problem+json" if code == "default" else "application/json"
            assert [expected] == list(response["content"])
        assert {one["in"] for one in operation.get("parameters", ())} <= {"query", "path", "header"}
    assert [] == [
        one for item in older["paths"].values() if "get" in item for one in item["get"] if one == "requestBody"
    ]


def test_a_number_that_32_bits_do_not_hold_is_long(older: Document) -> None:
    whole = [schema for schema in schemas(older) if schema.get("type") == "integer"]
    assert [] == [one for one in whole if "format" not in one and one.get("maximum", 2**31) >= 2**31]


def test_it_is_shorter_than_the_hundred_thousand_characters_that_were_the_limit(older: Document) -> None:
    assert len(json.dumps(older, ensure_ascii=False, separators=(",", ":"))) < 100_000
