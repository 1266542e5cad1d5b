"""Renders every failure as `application/problem+json` (RFC 9457); a problem never holds what was submitted."""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from http import HTTPStatus
from itertools import chain
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match, Mount

from coach.errors import CoachError

_log = logging.getLogger("coach.api")

MEDIA_TYPE = "application/problem+json"
answered: ContextVar[list[str] | None] = ContextVar("answered", default=None)
"""Takes the code of each problem that a request is answered with; see `coach.api.observing`."""

_CODES = {
    400: "bad_request",
    401: "not_authenticated",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    409: "in_progress",
    413: "too_large",
    415: "unsupported_media_type",
    416: "no_such_range",
    421: "wrong_host",
    422: "invalid_input",
    500: "internal_error",
}
_DETAILS = {
    400: "The request cannot be read. Send well-formed headers, and JSON in UTF-8.",
    404: "There is nothing at this address.",
    405: "This address does not take this method.",
    416: "The file is shorter than the range that was asked for.",
    500: "Something went wrong inside Coach. Nothing of the request was kept.",
}
_MESSAGES = {
    "extra_forbidden": "there is no such field",
    "missing": "this field is required",
    "model_attributes_type": "expected a JSON object",
    "dict_type": "expected a JSON object",
    "string_pattern_mismatch": "the text holds a NUL character; send plain text",
    "string_unicode": "the text holds half of a surrogate pair, so it is not valid Unicode",
}
"""What the framework's own words leave unclear, by its name for the error."""

_PLACES = ("body", "query", "path", "header", "cookie")
# A key of the payload is the sender's text too: only names that the API itself has are given back.
_MOST_ERRORS = 20


class FieldProblem(BaseModel):
    """One thing that is wrong with the payload."""

    loc: tuple[str | int, ...]
    """Where: `body`, `deal`, `close_date`."""
    msg: str


class Problem(BaseModel):
    """What went wrong, and the stable `code` that a program may rely on."""

    type: str = Field(json_schema_extra={"const": "about:blank"})
    title: str
    status: int
    detail: str
    code: str
    errors: tuple[FieldProblem, ...] | None = None
    """Of a payload that does not fit: each place."""
    proposal: str | None = None
    """Of an export whose columns are not known: a mapping to look over, and to send with it."""


def problem_response(  # noqa: PLR0913  what a problem has
    status: int,
    detail: str,
    code: str,
    *,
    errors: Sequence[FieldProblem] | None = None,
    headers: Mapping[str, str] | None = None,
    proposal: str | None = None,
) -> Response:
    """Build the response for one failure."""
    problem = _problem(status, detail, code, errors).model_copy(update={"proposal": proposal})
    return Response(problem.model_dump_json(exclude_none=True), status, headers=headers, media_type=MEDIA_TYPE)


def problem_of(error: Exception) -> Problem:
    """The problem for a failure that comes when an answer has begun; of one that nobody foresaw, nothing is told."""
    if isinstance(error, CoachError):
        return _problem(error.status_code, error.detail, error.code)
    _log.error("unexpected %s", type(error).__name__)
    return _problem(500, _DETAILS[500], _CODES[500])


def _problem(status: int, detail: str, code: str, errors: Sequence[FieldProblem] | None = None) -> Problem:
    codes = answered.get()
    if codes is not None:
        codes.append(code)
    return Problem(
        type="about:blank",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        code=code,
        errors=None if errors is None else tuple(errors),
    )


def refusal(status: int, headers: Mapping[str, str]) -> Response:
    """Build the response for a refusal that a library words; its words may hold the request's, and are left out."""
    detail = _DETAILS.get(status, HTTPStatus(status).phrase)
    return problem_response(status, detail, _CODES.get(status, "http_error"), headers=headers)


def unexpected_response() -> Response:
    """Build the response for a failure that nobody foresaw."""
    return problem_response(500, _DETAILS[500], _CODES[500])


def add_problem_handlers(app: FastAPI) -> None:
    """Render Coach's own errors, payload errors and the framework's errors as problems."""
    app.add_exception_handler(CoachError, _coach_error)
    app.add_exception_handler(RequestValidationError, _payload_error)
    app.add_exception_handler(HTTPException, _http_error)


async def _coach_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, CoachError)  # noqa: S101  starlette types every handler by the widest error
    return error_response(error)


def error_response(error: CoachError) -> Response:
    """Build the response for one of Coach's own errors."""
    proposal = getattr(error, "proposal", None)
    return problem_response(error.status_code, error.detail, error.code, headers=waiting(error), proposal=proposal)


def waiting(error: CoachError) -> dict[str, str]:
    """The header that says when to ask again, where that is known."""
    wait_s = getattr(error, "retry_after_s", None)
    return {} if wait_s is None else {"retry-after": str(math.ceil(wait_s))}


async def _payload_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    known = _names(request.app)
    errors = [_field_problem(one, known) for one in error.errors()[:_MOST_ERRORS]]
    first = errors[0]
    where = ".".join(str(part) for part in first.loc[1:]) or "body"
    return problem_response(422, f"{where}: {first.msg}", _CODES[422], errors=errors)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    status = error.status_code
    detail = _DETAILS.get(status) or error.detail
    headers = {name.lower(): value for name, value in (error.headers or {}).items()}
    if status == 405:
        headers |= _allow(request)
    return problem_response(status, detail, _CODES.get(status, "http_error"), headers=headers)


def _allow(request: Request) -> dict[str, str]:
    """Every method that the address takes; the framework knows those of the first route alone."""
    routes = [one for one in request.app.router.routes if not isinstance(one, Mount)]
    found = [one for one in routes if one.matches(request.scope)[0] is not Match.NONE]
    allowed = [
        method
        for method in ("GET", "HEAD", "POST", "PATCH", "PUT", "DELETE")
        if any(one.matches({**request.scope, "method": method})[0] is Match.FULL for one in found)
    ]
    return {"allow": ", ".join(allowed)} if allowed else {}


def _names(app: FastAPI) -> frozenset[str]:
    """Every name that the API's description has for a field or a parameter."""
    names: frozenset[str] | None = getattr(app.state, "names", None)
    if names is None:
        document = app.openapi()
        schemas = document["components"]["schemas"].values()
        fields = (chain(one.get("properties", {}), one.get("enum", ())) for one in schemas)
        operations = (operation for path in document["paths"].values() for operation in path.values())
        parameters = (one["name"] for operation in operations for one in operation.get("parameters", []))
        names = app.state.names = frozenset(chain(_PLACES, parameters, *fields))
    return names


def _field_problem(error: Mapping[str, Any], known: frozenset[str]) -> FieldProblem:
    if error["type"] == "json_invalid":
        return FieldProblem(loc=("body",), msg=f"not valid JSON at character {error['loc'][-1]}")
    loc = tuple(part if isinstance(part, int) or part in known else "(unnamed)" for part in error["loc"])
    return FieldProblem(loc=loc, msg=_said(error))


def _said(error: Mapping[str, Any]) -> str:
    return _MESSAGES.get(error["type"], str(error["msg"]).removeprefix("Value error, "))
