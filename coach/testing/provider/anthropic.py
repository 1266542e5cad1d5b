"""Anthropic's messages, as they are on the wire."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from coach.testing.provider.asked import Message, text_of
from coach.testing.provider.fault import Fault
from coach.testing.provider.wire import Json, Said, compact

_INVALID: Final = "invalid_request_error"
_FILTERED: Final = (400, _INVALID, "Output blocked by content filtering policy")
_ERRORS: Final[Mapping[Fault, tuple[int, str, str]]] = {
    Fault.RATE_LIMITED: (
        429,
        "rate_limit_error",
        "This request would exceed your organization's rate limit of 50 requests per minute.",
    ),
    Fault.QUOTA: (
        400,
        _INVALID,
        "Your credit balance is too low to access the Anthropic API. "
        "Please go to Plans & Billing to upgrade or purchase credits.",
    ),
    Fault.SERVER_ERROR: (500, "api_error", "Internal server error"),
    Fault.UNAVAILABLE: (503, "api_error", "Service unavailable"),
    Fault.OVERLOADED: (529, "overloaded_error", "Overloaded"),
    Fault.AUTH: (401, "authentication_error", "invalid x-api-key"),
    Fault.PERMISSION: (
        403,
        "permission_error",
        "Your API key does not have permission to use the specified resource.",
    ),
    Fault.NOT_FOUND: (404, "not_found_error", "model: {model}"),
    Fault.BAD_REQUEST: (400, _INVALID, "temperature: Extra inputs are not permitted"),
    Fault.CONTEXT_TOO_LONG: (400, _INVALID, "prompt is too long: 210001 tokens > 200000 maximum"),
    Fault.CONTENT_POLICY: _FILTERED,
    Fault.CONTENT_FILTER: _FILTERED,
}
_REASONS: Final = {"stop": "end_turn", "length": "max_tokens", "refusal": "refusal"}


def messages(body: Json) -> tuple[Message, ...]:
    """What the body of a request says, the system's words first."""
    system = (Message("system", text_of(body["system"])),) if body.get("system") else ()
    return (*system, *(Message(each["role"], text_of(each.get("content"))) for each in body["messages"]))


def error(fault: Fault, model: str, number: int) -> tuple[int, Json] | None:
    """Status and body of a fault that is an error here."""
    if fault not in _ERRORS:
        return None
    status, kind, message = _ERRORS[fault]
    told = {"type": kind, "message": message.format(model=model)}
    return status, {"type": "error", "error": told, "request_id": f"req_{number:08d}"}


def whole(said: Said) -> Json:
    """The body of an answer."""
    block = _block(said)
    return {
        **_head(said),
        "content": [] if block is None else [block],
        "stop_reason": _reason(said, block),
        "usage": _usage(said, said.usage.completion_tokens),
    }


def events(said: Said) -> Iterator[bytes]:
    """The events of an answer in pieces."""
    block = _block(said)
    yield _event("message_start", message={**_head(said), "content": [], "stop_reason": None, "usage": _usage(said, 1)})
    if block is not None:
        tool = block["type"] == "tool_use"
        empty = {**block, "input": {}} if tool else {**block, "text": ""}
        yield _event("content_block_start", index=0, content_block=empty)
        yield _event("ping")
        kind, field = ("input_json_delta", "partial_json") if tool else ("text_delta", "text")
        for piece in said.pieces():
            yield _event("content_block_delta", index=0, delta={"type": kind, field: piece})
        yield _event("content_block_stop", index=0)
    yield _event(
        "message_delta",
        delta={"stop_reason": _reason(said, block), "stop_sequence": None},
        usage={"output_tokens": said.usage.completion_tokens},
    )
    yield _event("message_stop")


def _event(kind: str, **content: object) -> bytes:
    return f"event: {kind}\ndata: ".encode() + compact({"type": kind, **content}) + b"\n\n"


def _head(said: Said) -> dict[str, Any]:
    return {
        "id": f"msg_{said.number:08d}",
        "type": "message",
        "role": "assistant",
        "model": said.asked.model,
        "stop_sequence": None,
    }


def _block(said: Said) -> dict[str, Any] | None:
    """The one block of an answer: text, or the call of the tool that the request insists on; None where it is empty."""
    if said.ending == "refusal" or not said.content:
        return None
    choice = said.asked.parameters.get("tool_choice") or {}
    if choice.get("type") == "tool":
        try:
            made = json.loads(said.content)
        except ValueError:
            made = None
        if isinstance(made, dict):
            return {"type": "tool_use", "id": f"toolu_{said.number:08d}", "name": choice["name"], "input": made}
    return {"type": "text", "text": said.content}


def _reason(said: Said, block: Json | None) -> str:
    return "tool_use" if block is not None and block["type"] == "tool_use" else _REASONS[said.ending]


def _usage(said: Said, completion: int) -> Json:
    prompt, _, cached = said.usage
    return {
        "input_tokens": prompt - cached,
        "cache_creation_input_tokens": 0,
        "cache_read_input_tokens": cached,
        "output_tokens": completion,
    }
