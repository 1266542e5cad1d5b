"""The ways in which a provider fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Final

from coach.errors import InvalidInput

Spoil = Callable[[str], str]
"""From the right content of an answer to what is sent instead."""


class Fault(StrEnum):
    """One way to fail; `of` gives it its figures. The value is what the name of a model asks for it by."""

    LATENCY = auto()
    """The right answer, `seconds` later (1 unless told)."""
    RATE_LIMITED = auto()
    """429, with Retry-After where `seconds` are given."""
    QUOTA = auto()
    """Nothing left to spend: OpenAI 429 `insufficient_quota`; Anthropic 400, credit balance too low."""
    SERVER_ERROR = auto()
    """500 with the protocol's JSON."""
    BAD_GATEWAY = auto()
    """502 with a page of HTML, as a proxy in between sends it."""
    UNAVAILABLE = auto()
    """503, with Retry-After where `seconds` are given."""
    OVERLOADED = auto()
    """529 `overloaded_error`, with Retry-After where `seconds` are given."""
    AUTH = auto()
    """401: the key is not known."""
    PERMISSION = auto()
    """403: the key may not do this."""
    NOT_FOUND = auto()
    """404: no such model."""
    BAD_REQUEST = auto()
    """400: a parameter that the model does not take."""
    CONTEXT_TOO_LONG = auto()
    """400: more text than the model takes."""
    CONTENT_POLICY = auto()
    """400: the request itself is not allowed."""
    RESET = auto()
    """The connection is reset (RST) once the request has been read."""
    CUT = auto()
    """The connection is closed after half of the body."""
    HANG = auto()
    """No answer until the client leaves."""
    SLOW_STREAM = auto()
    """The right answer, its body dripped in small pieces that take `seconds` in all (5 unless told)."""
    TRUNCATED = auto()
    """Half of the content, said to be so: finish_reason `length`, stop_reason `max_tokens`."""
    TRUNCATED_JSON = auto()
    """Half of the content, said to be the whole."""
    REFUSAL = auto()
    """The model declines: OpenAI content null and a refusal; Anthropic stop_reason `refusal`."""
    CONTENT_FILTER = auto()
    """The answer is stopped: OpenAI finish_reason `content_filter` and no content; Anthropic 400."""
    EMPTY = auto()
    """An answer with nothing in it."""
    PROSE = auto()
    """The right content in a fence, with words around it."""
    WRONG_SCHEMA = auto()
    """JSON, but of another shape."""
    WRONG_ENUM = auto()
    """A value that is not one of those allowed; `spoil` says how."""
    INVENTED = auto()
    """Something that the request does not hold; `spoil` says how."""
    DUPLICATE = auto()
    """The same thing twice; `spoil` says how."""

    def of(self, *, seconds: float | None = None, spoil: Spoil | None = None) -> Injection:
        """This fault with its figures.

        Args:
            seconds: What they are for stands beside each fault; elsewhere they do nothing.
            spoil: What becomes of the right content, in place of what the fault does by itself.

        Raises:
            InvalidInput: the fault needs `spoil`, and has none.
        """
        spoil = spoil or _SPOIL.get(self)
        if spoil is None and self in _NEEDS_SPOIL:
            raise InvalidInput(f"fault {self.value} needs to be told how: Fault.{self.name}.of(spoil=...)")
        return Injection(self, seconds, spoil)


@dataclass(frozen=True, slots=True)
class Injection:
    """A fault with its figures; see `Fault.of`."""

    fault: Fault
    seconds: float | None = None
    spoil: Spoil | None = None


def of_model(model: str) -> Injection | None:
    """The fault that the name of a model asks for: `any-name@fault`, `any-name@fault=SECONDS`.

    Raises:
        InvalidInput: no fault is called so, or it cannot be had by name.
    """
    _, at, wanted = model.rpartition("@")
    if not at:
        return None
    name, _, seconds = wanted.partition("=")
    try:
        fault, figure = Fault(name), float(seconds) if seconds else None
    except ValueError:
        known = ", ".join(each for each in Fault if each not in _NEEDS_SPOIL)
        raise InvalidInput(f"the model's name ends in @{wanted}; write @FAULT or @FAULT=SECONDS, of: {known}") from None
    return fault.of(seconds=figure)


def _half(content: str) -> str:
    return content[: len(content) // 2]


_SPOIL: Final[Mapping[Fault, Spoil]] = {
    Fault.TRUNCATED: _half,
    Fault.TRUNCATED_JSON: _half,
    Fault.CONTENT_FILTER: lambda _: "",
    Fault.EMPTY: lambda _: "",
    Fault.PROSE: lambda content: f"Here is the JSON:\n\n```json\n{content}\n```\n\nAnything else I can help with?",
    Fault.WRONG_SCHEMA: lambda _: '{"result": {"text": "of another shape"}}',
}
_NEEDS_SPOIL: Final = {Fault.WRONG_ENUM, Fault.INVENTED, Fault.DUPLICATE}
