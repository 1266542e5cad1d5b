"""What a client asked, the same for every protocol."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

_SECRET = {"authorization", "x-api-key", "api-key", "cookie"}


class Message(NamedTuple):
    """One message: whose, and its text."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it was received.

    Attributes:
        protocol: `openai` or `anthropic`.
        model: Name of the model as sent, with the fault it asks for, if any.
        messages: Whatever was said, the system's words first; pictures and tools are left out.
        parameters: The rest of the body.
        headers: By lower-case name; keys and cookies are left out.
        at: When it had been read, in seconds of `time.monotonic`.
    """

    protocol: str
    model: str
    messages: tuple[Message, ...]
    parameters: Mapping[str, Any]
    headers: Mapping[str, str]
    at: float

    @property
    def system(self) -> str:
        """The texts of the system, a line each."""
        return self._said_by("system", "developer")

    @property
    def user(self) -> str:
        """The texts of the user, a line each."""
        return self._said_by("user")

    @property
    def stream(self) -> bool:
        """Whether the answer is wanted in pieces."""
        return bool(self.parameters.get("stream"))

    def _said_by(self, *roles: str) -> str:
        return "\n".join(message.text for message in self.messages if message.role in roles)


def text_of(content: object) -> str:
    """The text of a message's content, which is a string or a list of parts."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    return "\n".join(str(part["text"]) for part in parts if part.get("type") == "text")


def without_secrets(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers by lower-case name, but for those that hold keys."""
    named = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}
    return {name: value for name, value in named.items() if name not in _SECRET}
