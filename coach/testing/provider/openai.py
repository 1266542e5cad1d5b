"""OpenAI's chat completions, as they are on the wire."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any, Final

from coach.testing.provider.asked import Message, text_of
from coach.testing.provider.fault import Fault
from coach.testing.provider.wire import Json, Said, compact

_REFUSAL: Final = "I'm sorry, but I can't help with that."
_INVALID: Final = "invalid_request_error"
_ERRORS: Final[Mapping[Fault, tuple[int, str, str | None, str]]] = {
    Fault.RATE_LIMITED: (
        429,
        "requests",
        "rate_limit_exceeded",
        "Rate limit reached for {model} on requests per min (RPM): Limit 3, Used 3, Requested 1.",
    ),
    Fault.QUOTA: (
        429,
        "insufficient_quota",
        "insufficient_quota",
        "You exceeded your current quota, please check your plan and billing details.",
    ),
    Fault.SERVER_ERROR: (
        500,
        "server_error",
        None,
        "The server had an error while processing your request. Sorry about that!",
    ),
    Fault.UNAVAILABLE: (503, "server_error", None, "The engine is currently overloaded, please try again later"),
    Fault.OVERLOADED: (529, "overloaded_error", None, "Overloaded"),
    Fault.AUTH: (401, _INVALID, "invalid_api_key", "Incorrect API key provided."),
    Fault.PERMISSION: (
        403,
        _INVALID,
        None,
        "You have insufficient permissions for this operation. Missing scopes: model.request.",
    ),
    Fault.NOT_FOUND: (
        404,
        _INVALID,
        "model_not_found",
        "The model `{model}` does not exist or you do not have access to it.",
    ),
    Fault.BAD_REQUEST: (
        400,
        _INVALID,
        "unsupported_parameter",
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    ),
    Fault.CONTEXT_TOO_LONG: (
        400,
        _INVALID,
        "context_length_exceeded",
        "This model's maximum context length is 128000 tokens. However, your messages resulted in 130001 tokens. "
        "Please reduce the length of the messages.",
    ),
    Fault.CONTENT_POLICY: (
        400,
        _INVALID,
        "invalid_prompt",
        "Invalid prompt: your prompt was flagged as potentially violating our usage policy. "
        "Please try again with a different prompt.",
    ),
}
_PARAM: Final = {Fault.BAD_REQUEST: "max_tokens", Fault.CONTEXT_TOO_LONG: "messages"}


def messages(body: Json) -> tuple[Message, ...]:
    """What the body of a request says."""
    return tuple(Message(each["role"], text_of(each.get("content"))) for each in body["messages"])


def error(fault: Fault, model: str, number: int) -> tuple[int, Json] | None:  # noqa: ARG001  of the protocol
    """Status and body of a fault that is an error here."""
    if fault not in _ERRORS:
        return None
    status, kind, code, message = _ERRORS[fault]
    told = {"message": message.format(model=model), "type": kind, "param": _PARAM.get(fault), "code": code}
    return status, {"error": told}


def whole(said: Said) -> Json:
    """The body of an answer."""
    refused = said.ending == "refusal"
    message = {
        "role": "assistant",
        "content": None if refused else said.content,
        "refusal": _REFUSAL if refused else None,
    }
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": _finish(said)}
    return {**_head(said, "chat.completion"), "choices": [choice], "usage": _usage(said)}


def events(said: Said) -> Iterator[bytes]:
    """The events of an answer in pieces; the tokens come last, and only to who asked for them."""
    head = _head(said, "chat.completion.chunk")

    def event(delta: Json, finish: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return _event({**head, "choices": [choice]})

    yield event({"role": "assistant", "content": "", "refusal": None})
    if said.ending == "refusal":
        yield event({"refusal": _REFUSAL})
    else:
        yield from (event({"content": piece}) for piece in said.pieces())
    yield event({}, _finish(said))
    if (said.asked.parameters.get("stream_options") or {}).get("include_usage"):
        yield _event({**head, "choices": [], "usage": _usage(said)})
    yield b"data: [DONE]\n\n"


def _event(content: Json) -> bytes:
    return b"data: " + compact(content) + b"\n\n"


def _head(said: Said, kind: str) -> dict[str, Any]:
    return {
        "id": f"chatcmpl-{said.number:08d}",
        "object": kind,
        "created": int(time.time()),
        "model": said.asked.model,
        "system_fingerprint": "fp_test",
    }


def _finish(said: Said) -> str:
    return "stop" if said.ending == "refusal" else said.ending


def _usage(said: Said) -> Json:
    prompt, completion, cached = said.usage
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
        "prompt_tokens_details": {"cached_tokens": cached},
        "completion_tokens_details": {"reasoning_tokens": 0},
    }
