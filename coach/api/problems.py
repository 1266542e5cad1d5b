"""Renders every failure as `application/problem+json` (RFC 9457); a problem never holds what was submitted."""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from coach.errors import CoachError, ProviderUnavailable, RateLimited

_log = logging.getLogger("coach.api")

MEDIA_TYPE = "application/problem+json"

_CODES = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_media_type",
    422: "invalid_input",
    500: "internal_error",
}
_DETAILS = {
    400: "The body cannot be read. Send UTF-8 JSON.",
    404: "There is nothing at this address.",
    405: "This address does not take this method.",
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

# A key of the payload is the sender's text too; only what can be a field's name is given back.
_FIELD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
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


def problem_response(
    status: int,
    detail: str,
    code: str,
    *,
    errors: Sequence[FieldProblem] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Build the response for one failure."""
    problem = _problem(status, detail, code, errors)
    return Response(problem.model_dump_json(exclude_none=True), status, headers=headers, media_type=MEDIA_TYPE)


def problem_of(error: Exception) -> Problem:
    """The problem for a failure that comes when an answer has begun; of one that nobody foresaw, nothing is told."""
    if isinstance(error, CoachError):
        return _problem(error.status_code, error.detail, error.code)
    _log.error("unexpected %s", type(error).__name__)
    return _problem(500, _DETAILS[500], _CODES[500])


def _problem(status: int, detail: str, code: str, errors: Sequence[FieldProblem] | None = None) -> Problem:
    return Problem(
        type="about:blank",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        code=code,
        errors=None if errors is None else tuple(errors),
    )


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
    wait_s = error.retry_after_s if isinstance(error, RateLimited | ProviderUnavailable) else None
    headers = None if wait_s is None else {"retry-after": str(math.ceil(wait_s))}
    return problem_response(error.status_code, error.detail, error.code, headers=headers)


async def _payload_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    errors = [_field_problem(one) for one in error.errors()[:_MOST_ERRORS]]
    first = errors[0]
    where = ".".join(str(part) for part in first.loc[1:]) or "body"
    return problem_response(422, f"{where}: {first.msg}", _CODES[422], errors=errors)


async def _http_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    status = error.status_code
    detail = _DETAILS.get(status) or error.detail
    return problem_response(status, detail, _CODES.get(status, "http_error"), headers=error.headers)


def _field_problem(error: Mapping[str, Any]) -> FieldProblem:
    if error["type"] == "json_invalid":
        return FieldProblem(loc=("body",), msg=f"not valid JSON at character {error['loc'][-1]}")
    return FieldProblem(loc=tuple(_safe(part) for part in error["loc"]), msg=_MESSAGES.get(error["type"], error["msg"]))


def _safe(part: str | int) -> str | int:
    return part if isinstance(part, int) or _FIELD_NAME.fullmatch(part) else "(unnamed)"
