"""The API's description in OpenAPI 3.0, as Salesforce External Services takes it in: no unions, short names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from coach.api.older.fitting import unfit
from coach.api.older.schemas import REF, OlderSchemas
from coach.api.older.used import used

Document = dict[str, Any]
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_PARAMETER = ("name", "in", "required", "description", "deprecated", "style", "explode")
_OPERATION = ("tags", "summary", "description", "operationId", "deprecated", "security")
_FAILED = "It failed; `code` says what went wrong, `detail` in words."


def openapi_3_0(newer: Mapping[str, Any], public_url: str | None = None) -> Document:
    """Say a 3.1 document in 3.0, less the operations whose bodies no such reader can send or take.

    Args:
        newer: The document of `coach.api.description`.
        public_url: The address of this service, `https://coach.example`; left to who reads the document where None.
    """
    schemas = OlderSchemas(newer["components"]["schemas"])
    paths: dict[str, Any] = {}
    left_out: list[str] = []
    failures: dict[str, set[str]] = {}
    for path, method, operation in operations(newer):
        why = unfit(operation)
        if why is not None:
            left_out.append(f"{operation['operationId']} ({why})")
            continue
        paths.setdefault(path, {})[method] = _operation(operation, schemas)
        for code, one in _failures(operation).items():
            failures.setdefault(code, set()).add(one["description"])
    return {
        "openapi": "3.0.3",
        "info": _info(newer["info"], left_out, failures),
        **({} if public_url is None else {"servers": [{"url": public_url}]}),
        "security": _by_default(paths),
        "paths": paths,
        "components": {
            "schemas": used(paths, schemas.named),
            "securitySchemes": newer["components"]["securitySchemes"],
        },
    }


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each operation with its path and method."""
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                yield path, method, item[method]


def _by_default(paths: Mapping[str, Any]) -> list[dict[str, list[str]]]:
    """What most operations ask of their caller, said once; it stays with those that ask for something else."""
    all_of_them = [operation for item in paths.values() for operation in item.values() if "security" in operation]
    asked = [operation["security"] for operation in all_of_them]
    usual: list[dict[str, list[str]]] = max(asked, key=asked.count, default=[])
    for operation in all_of_them:
        if operation["security"] == usual:
            del operation["security"]
    return usual


def _info(newer: Mapping[str, Any], left_out: list[str], failures: Mapping[str, set[str]]) -> dict[str, Any]:
    said = [newer.get("summary"), newer.get("description")]
    if left_out:
        said.append(f"Not in this format, as it has no words for them: {'; '.join(left_out)}. /openapi.json has all.")
    if failures:
        codes = " ".join(f"{code}: {'; '.join(sorted(texts))}." for code, texts in sorted(failures.items()))
        said.append(f"What a failure's status says. {codes} Which may occur in which operation, /openapi.json says.")
    info = {key: value for key, value in newer.items() if key not in {"summary", "description"}}
    return info | {"description": "\n\n".join(filter(None, said))}


def _operation(newer: Mapping[str, Any], schemas: OlderSchemas) -> dict[str, Any]:
    said = {key: newer[key] for key in _OPERATION if key in newer}
    if newer.get("parameters"):
        said["parameters"] = [_parameter(one, schemas) for one in newer["parameters"]]
    if "requestBody" in newer:
        said["requestBody"] = {**newer["requestBody"], "content": _content(newer["requestBody"]["content"], schemas)}
    said["responses"] = {code: _response(one, schemas) for code, one in newer["responses"].items() if code < "400"}
    failures = {code: _response(one, schemas) for code, one in _failures(newer).items()}
    contents = [one.get("content") for one in failures.values()]
    if contents and contents[0] and all(one == contents[0] for one in contents):
        # All alike: one output to handle for who calls it, and not fifteen.
        failures = {"default": {"description": _FAILED, "content": contents[0]}}
    said["responses"] |= failures
    return said


def _failures(newer: Mapping[str, Any]) -> dict[str, Any]:
    return {code: one for code, one in newer["responses"].items() if code >= "400"}


def _response(newer: Mapping[str, Any], schemas: OlderSchemas) -> dict[str, Any]:
    content = {"content": _content(newer["content"], schemas)} if "content" in newer else {}
    return {"description": newer["description"], **content}


def _content(newer: Mapping[str, Any], schemas: OlderSchemas) -> dict[str, Any]:
    return {kind: {"schema": schemas.schema(one.get("schema", {}))} for kind, one in newer.items()}


def _parameter(newer: Mapping[str, Any], schemas: OlderSchemas) -> dict[str, Any]:
    """A parameter; one that may be null is one that may be left out, and a list of words stands in place."""
    schema = schemas.schema(newer["schema"])
    if "$ref" in schema:
        schema = dict(schemas.named[schema["$ref"].removeprefix(REF)])
    if schema.pop("nullable", False) and "enum" in schema:
        schema["enum"] = [one for one in schema["enum"] if one is not None]
    return {key: newer[key] for key in _PARAMETER if key in newer} | {"schema": schema}
