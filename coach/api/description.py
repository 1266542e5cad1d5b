"""The API's own description (OpenAPI 3.1): what FastAPI derives, with our one error format in place of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from coach.api.problems import MEDIA_TYPE, Problem

_EVENTS = "text/event-stream"
_REF = "#/components/schemas/{model}"
_COMMON = {
    "401": "No key, or none that opens anything",
    "403": "The key may not do this",
    "404": "There is nothing, or nobody, of this name or id, or not for this key",
    "413": "The body is too large",
    "429": "The key has asked as often as it may",
    "421": "Called by a name that is not this machine's, while there are no keys",
    "500": "Coach failed",
    "503": "More is asked than can be worked on, or a part that Coach needs does not answer",
    "504": "It took too long, and was given up",
}
_CHANGING = frozenset({"post", "patch"})
_WITH_KEY = {
    "400": "The body or the Idempotency-Key cannot be read",
    "409": "The same request is being worked on, or the Idempotency-Key came with another one, or its answer is gone",
    "422": "The payload does not fit",
}
_WAITS = frozenset({"409", "429", "503"})
_RETRY_AFTER = {"description": "Seconds to wait before asking again.", "schema": {"type": "integer", "minimum": 1}}
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A name for this request: sent again with it within a day, it is done once and answered alike.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[\\x21-\\x7e]+$"},
}
_SHOWN_ONCE = frozenset({"makeKey", "rotateKey"})
"""Operations whose answer holds a secret, and is given once."""
_OPEN = frozenset({"health", "ready"})
"""Operations that ask for no key."""
_KEY = {"type": "http", "scheme": "bearer", "description": "An API key, `ck_…`; none while none was ever made."}
_WITH_PARAMETERS = {"422": "A parameter does not fit"}
_WITH_BODY = {
    "408": "The rest of the body did not come in time",
    "415": "The body is not of a type that is read here",
    "502": "A model failed, and no engine may stand in",
}


def describe(app: FastAPI) -> dict[str, Any]:
    """Build the document of an application's routes."""
    document = get_openapi(
        title=app.title, version=app.version, summary=app.summary, description=app.description, routes=app.routes
    )
    schemas: dict[str, Any] = document["components"]["schemas"]
    for derived in ("HTTPValidationError", "ValidationError"):
        schemas.pop(derived, None)
    problem = Problem.model_json_schema(ref_template=_REF)
    schemas |= problem.pop("$defs") | {"Problem": problem}
    document["components"]["securitySchemes"] = {"key": _KEY}
    content = {MEDIA_TYPE: {"schema": {"$ref": _REF.format(model="Problem")}}}
    for path in document["paths"].values():
        for method, operation in path.items():
            operation["security"] = [] if operation["operationId"] in _OPEN else [{"key": []}]
            failures = sorted(_failures(method, operation).items())
            if method in _CHANGING and operation["operationId"] not in _SHOWN_ONCE:
                operation["parameters"] = [*operation.get("parameters", []), _IDEMPOTENCY_KEY]
            responses = {status: one for status, one in operation["responses"].items() if status < "400"}
            for response in responses.values():
                if _EVENTS in response.get("content", {}):
                    # What the framework writes here is of OpenAPI 3.2.
                    response["content"][_EVENTS] = {"schema": {}}
            for status, text in failures:
                waits = {"headers": {"Retry-After": _RETRY_AFTER}} if status in _WAITS else {}
                responses[status] = {"description": text, "content": content, **waits}
            operation["responses"] = responses
    return document


def _failures(method: str, operation: Mapping[str, Any]) -> dict[str, str]:
    """What may go wrong with an operation, by status."""
    failures = dict(_COMMON)
    if method in _CHANGING:
        failures |= _WITH_KEY
    if "requestBody" in operation:
        failures |= _WITH_BODY
    elif "parameters" in operation:
        failures |= _WITH_PARAMETERS
    return failures
