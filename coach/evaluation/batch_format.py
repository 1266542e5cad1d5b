"""The lines of OpenAI's Batch API, both ways: what is asked, and what came back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import ConfigDict, Field, ValidationError

from coach.domain import Usage
from coach.domain.base import Frozen


class _Wire(Frozen):
    model_config = ConfigDict(extra="ignore")


class _Response(_Wire):
    status_code: int
    body: dict[str, Any] | None = None


class BatchLine(_Wire):
    """One line of a file of responses."""

    custom_id: str
    response: _Response | None = None
    error: Any = None


class _Message(_Wire):
    content: str | None = None
    refusal: str | None = None


class _Choice(_Wire):
    message: _Message
    finish_reason: str | None = None


class _Details(_Wire):
    cached_tokens: int | None = Field(default=None, ge=0)


class _Usage(_Wire):
    prompt_tokens: int = Field(ge=0)
    completion_tokens: int = Field(ge=0)
    prompt_tokens_details: _Details | None = None


class _Completion(_Wire):
    choices: tuple[_Choice, ...]
    model: str | None = None


class Said(NamedTuple):
    """What a model said in one response."""

    content: str | None
    refused: bool
    truncated: bool
    model: str | None
    usage: Usage | None


def request_line(custom_id: str, body: Mapping[str, Any]) -> str:
    """One line of a file of requests."""
    request = {"custom_id": custom_id, "method": "POST", "url": "/v1/chat/completions", "body": dict(body)}
    return json.dumps(request) + "\n"


def said(line: BatchLine) -> Said | str:
    """What a response says; where there is none, why."""
    if line.error is not None or line.response is None:
        return "the request failed"
    if line.response.status_code != 200:
        return f"status {line.response.status_code}"
    body = line.response.body or {}
    try:
        completion = _Completion.model_validate(body)
        choice = completion.choices[0]
    except (ValidationError, IndexError):
        return "the response holds no message"
    return Said(
        content=choice.message.content,
        refused=bool(choice.message.refusal) or choice.finish_reason == "content_filter",
        truncated=choice.finish_reason == "length",
        model=completion.model,
        usage=_usage(body.get("usage")),
    )


def _usage(content: object) -> Usage | None:
    try:
        usage = _Usage.model_validate(content)
    except ValidationError:
        return None
    cached = usage.prompt_tokens_details.cached_tokens if usage.prompt_tokens_details else None
    return Usage(
        prompt_tokens=usage.prompt_tokens, completion_tokens=usage.completion_tokens, cached_tokens=cached or 0
    )
