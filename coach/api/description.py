"""The API's own description (OpenAPI 3.1): what FastAPI derives, with our one error format in place of its own."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from coach.api.problems import MEDIA_TYPE, Problem

_EVENTS = "text/event-stream"
_REF = "#/components/schemas/{model}"
_COMMON = {"413": "The body is too large", "500": "Coach failed"}
_WITH_BODY = {"400": "The body cannot be read", "415": "The body is not JSON", "422": "The payload does not fit"}


def describe(app: FastAPI) -> dict[str, Any]:
    """Build the document once, and keep it."""
    if app.openapi_schema is None:
        app.openapi_schema = _document(app)
    return app.openapi_schema


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title, version=app.version, summary=app.summary, description=app.description, routes=app.routes
    )
    schemas: dict[str, Any] = document["components"]["schemas"]
    for derived in ("HTTPValidationError", "ValidationError"):
        schemas.pop(derived, None)
    problem = Problem.model_json_schema(ref_template=_REF)
    schemas |= problem.pop("$defs") | {"Problem": problem}
    content = {MEDIA_TYPE: {"schema": {"$ref": _REF.format(model="Problem")}}}
    for path in document["paths"].values():
        for operation in path.values():
            failures = _COMMON | (_WITH_BODY if "requestBody" in operation else {})
            responses = {status: one for status, one in operation["responses"].items() if status < "400"}
            responses |= {
                status: {"description": text, "content": content} for status, text in sorted(failures.items())
            }
            for response in responses.values():
                if _EVENTS in response.get("content", {}):
                    # What the framework writes here is of OpenAPI 3.2.
                    response["content"][_EVENTS] = {"schema": {"type": "string"}}
            operation["responses"] = responses
    return document
