"""What is sent: an answer, right or spoiled, or an error, in the words of a protocol."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, NamedTuple

from coach.testing.provider.asked import Asked
from coach.testing.provider.connection import Headers, Reply
from coach.testing.provider.fault import Fault, Injection
from coach.testing.provider.wire import Ending, Json, Said, Usage, Wire, compact

_HTML: Final = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n"
_ENDINGS: Final[Mapping[Fault, Ending]] = {
    Fault.TRUNCATED: "length",
    Fault.REFUSAL: "refusal",
    Fault.CONTENT_FILTER: "content_filter",
}
_DRIPS: Final = 20


class Turn(NamedTuple):
    """One request to be answered: in whose words, what was asked, which request it was, and how to fail."""

    wire: Wire
    asked: Asked
    number: int
    injected: Injection


def failure(turn: Turn) -> Reply | None:
    """The error that a fault is; None where it is none."""
    wire, asked, number, injected = turn
    if injected.fault is Fault.BAD_GATEWAY:
        return _whole(502, _HTML, "text/html", number)
    told = wire.error(injected.fault, asked.model, number)
    if told is None:
        return None
    status, content = told
    retry = [] if injected.seconds is None else [("retry-after", f"{injected.seconds:.10g}")]
    return _whole(status, compact(content), "application/json", number, retry)


def answer(turn: Turn, content: str, usage: Usage | None) -> Reply:
    """The answer with the right content, or with what the fault makes of it; tokens are counted unless given."""
    wire, asked, number, injected = turn
    ending = _ENDINGS.get(injected.fault, "stop")
    if injected.spoil is not None:
        content = injected.spoil(content)
    said = Said(asked, number, content, ending, usage or _counted(asked, content))
    if asked.stream:
        headers = [("content-type", "text/event-stream"), *_identifiers(number)]
        reply = Reply(200, headers, list(wire.events(said)))
    else:
        reply = _whole(200, compact(wire.whole(said)), "application/json", number)
    if injected.fault is Fault.SLOW_STREAM:
        seconds = 5.0 if injected.seconds is None else injected.seconds
        pieces = _drips(b"".join(reply.body))
        reply = reply._replace(body=pieces, pause_s=seconds / len(pieces))
    return reply


def not_taken(status: int, why: str) -> Reply:
    """The error for what is no request of any protocol; both read it."""
    content: Json = {"type": "error", "error": {"type": "invalid_request_error", "message": why}}
    return _whole(status, compact(content), "application/json", 0)


def _whole(status: int, body: bytes, media: str, number: int, headers: Headers = ()) -> Reply:
    length = ("content-length", str(len(body)))
    return Reply(status, [("content-type", media), length, *headers, *_identifiers(number)], [body])


def _identifiers(number: int) -> Headers:
    return [("x-request-id", f"req_{number:08d}"), ("request-id", f"req_{number:08d}")]


def _counted(asked: Asked, content: str) -> Usage:
    """About four characters to a token."""
    return Usage(math.ceil(sum(len(message.text) for message in asked.messages) / 4), math.ceil(len(content) / 4))


def _drips(body: bytes) -> list[bytes]:
    size = math.ceil(len(body) / _DRIPS)
    return [body[start : start + size] for start in range(0, len(body), size)]
