"""The API's description in Swagger 2.0, as a custom connector of Power Platform takes it in; made of the one in 3.0."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from coach.api.older.openapi_3_0 import Document, operations
from coach.api.older.schemas import REF

_DEFINITIONS = "#/definitions/"
_OPERATION = ("tags", "summary", "description", "operationId", "deprecated", "security")
_PARAMETER = ("name", "in", "required", "description")
_OF_A_PARAMETER = (
    "type",
    "format",
    "enum",
    "default",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
)
"""What 2.0 says of a parameter itself, where 3.0 says it in the parameter's schema."""


def swagger_2_0(newer: Mapping[str, Any]) -> Document:
    """Say a document of `openapi_3_0` in 2.0."""
    paths: dict[str, Any] = {}
    for path, method, operation in operations(newer):
        paths.setdefault(path, {})[method] = _operation(operation)
    return {
        "swagger": "2.0",
        "info": newer["info"],
        **_address(newer),
        "security": newer["security"],
        "paths": paths,
        "definitions": {name: _schema(one) for name, one in newer["components"]["schemas"].items()},
        "securityDefinitions": {name: _security(one) for name, one in newer["components"]["securitySchemes"].items()},
    }


def _address(newer: Mapping[str, Any]) -> dict[str, Any]:
    if "servers" not in newer:
        return {}
    parts = urlsplit(newer["servers"][0]["url"])
    return {"host": parts.netloc, "basePath": parts.path or "/", "schemes": [parts.scheme]}


def _security(newer: Mapping[str, Any]) -> dict[str, str]:
    """2.0 has no bearer scheme; what is sent is a header all the same, and its value begins with that word."""
    told = f"{newer['description']} Send it as `Bearer ck_…`, that word and a space before it."
    return {"type": "apiKey", "name": "Authorization", "in": "header", "description": told}


def _operation(newer: Mapping[str, Any]) -> dict[str, Any]:
    said = {key: newer[key] for key in _OPERATION if key in newer}
    parameters = [_parameter(one) for one in newer.get("parameters", ())]
    if "requestBody" in newer:
        said["consumes"] = sorted(newer["requestBody"]["content"])
        parameters.append(_body(newer["requestBody"]))
    said["produces"] = sorted({kind for one in newer["responses"].values() for kind in one.get("content", ())})
    if parameters:
        said["parameters"] = parameters
    said["responses"] = {code: _response(one) for code, one in newer["responses"].items()}
    return said


def _body(newer: Mapping[str, Any]) -> dict[str, Any]:
    (content,) = newer["content"].values()
    described = {"description": newer["description"]} if "description" in newer else {}
    required = newer.get("required", False)
    return {"name": "body", "in": "body", "required": required, **described, "schema": _schema(content["schema"])}


def _parameter(newer: Mapping[str, Any]) -> dict[str, Any]:
    said = {key: newer[key] for key in _PARAMETER if key in newer} | {"x-ms-summary": _title(newer["name"])}
    schema = newer["schema"]
    said |= {key: schema[key] for key in _OF_A_PARAMETER if key in schema}
    # 2.0 wants a type of every parameter; whatever stands in an address is text.
    said.setdefault("type", "string")
    if said["type"] == "array":
        said |= {"items": _schema(schema["items"]), "collectionFormat": "multi"}
    return said


def _response(newer: Mapping[str, Any]) -> dict[str, Any]:
    schemas = [one["schema"] for one in newer.get("content", {}).values()]
    return {"description": newer["description"]} | ({"schema": _schema(schemas[0])} if schemas else {})


def _schema(newer: Any) -> Any:  # noqa: ANN401  a schema, or true and false in the place of one
    """A schema; 2.0 has no word for null, and who reads it knows `x-nullable`."""
    if not isinstance(newer, dict):
        return newer
    if "$ref" in newer:
        return {"$ref": newer["$ref"].replace(REF, _DEFINITIONS)}
    said = {key: value for key, value in newer.items() if key not in {"nullable", "properties"}}
    if newer.get("nullable"):
        said["x-nullable"] = True
        if "enum" in newer:
            said["enum"] = [one for one in newer["enum"] if one is not None]
    for key in ("items", "additionalProperties"):
        if key in newer:
            said[key] = _schema(newer[key])
    if "allOf" in newer:
        said["allOf"] = [_schema(one) for one in newer["allOf"]]
    if "properties" in newer:
        said["properties"] = {name: _property(name, one) for name, one in newer["properties"].items()}
    return said


def _property(name: str, newer: Mapping[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = _schema(newer)
    return said if "$ref" in said else {"x-ms-summary": _title(name), **said}


def _title(name: str) -> str:
    """What Power Automate shows over a field: `close_date` is «Close Date»."""
    return name.replace("_", " ").replace("-", " ").title()
