"""What a protocol of a provider must be able to put into its own words; `openai` and `anthropic` do."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol

from coach.testing.provider.asked import Asked, Message
from coach.testing.provider.fault import Fault

Json = Mapping[str, Any]
Ending = Literal["stop", "length", "refusal", "content_filter"]

_PIECE = 40
"""Characters of content in one event of a stream."""


class Usage(NamedTuple):
    """Tokens that an answer says it took; those in the cache are part of the prompt's."""

    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """An answer before it is put into the words of a protocol.

    Attributes:
        asked: What it answers.
        number: Which request it was, for the identifiers.
        content: The text.
        ending: Why it ends where it does.
        usage: Tokens.
    """

    asked: Asked
    number: int
    content: str
    ending: Ending
    usage: Usage

    def pieces(self) -> Iterator[str]:
        """The content in the pieces of a stream."""
        return (self.content[start : start + _PIECE] for start in range(0, len(self.content), _PIECE))


class Wire(Protocol):
    """One protocol; the modules `openai` and `anthropic` are of this shape."""

    def messages(self, body: Json) -> tuple[Message, ...]:
        """What the body of a request says."""

    def error(self, fault: Fault, model: str, number: int) -> tuple[int, Json] | None:
        """Status and body of a fault that is an error in this protocol."""

    def whole(self, said: Said) -> Json:
        """The body of an answer."""

    def events(self, said: Said) -> Iterator[bytes]:
        """The events of an answer in pieces."""


def compact(content: Json) -> bytes:
    """JSON as it is sent."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
