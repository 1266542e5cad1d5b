"""What every contender asks, word for word, and how its request looks on the wire."""

from __future__ import annotations

from typing import Any

MODEL = "stub"
IN_FLIGHT = 50
"""Cases that every contender asks at once."""
_INSTRUCTIONS = """\
You read a note that a sales rep wrote about a deal. Mark every statement in it: its quote, word for word, where it
starts and ends, its kind, and for what the buyer did or said whether it can be verified, which way it moves the
purchase and which question it informs. Then say how far each of the four questions is answered, and whether the claim
is established. Answer with one JSON object: statements, coverage, claim."""


def prompt(case_id: str, note: str) -> str:
    """The prompt of one case; the stub finds its answer by the first line."""
    return f"case: {case_id}\n{_INSTRUCTIONS}\n\n{note}"


def asked_for(text: str) -> str:
    """The id of the case that a prompt is about."""
    return text.partition("\n")[0].removeprefix("case: ")


def messages(text: str) -> list[dict[str, str]]:
    """A prompt as chat messages."""
    return [{"role": "user", "content": text}]


def body(text: str) -> dict[str, Any]:
    """A prompt as the body of a request."""
    return {"model": MODEL, "temperature": 0, "messages": messages(text)}
