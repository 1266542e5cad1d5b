"""The protocol that every engine keeps."""

from __future__ import annotations

from typing import Protocol

from pydantic import Field, JsonValue

from coach.domain import DealNote, Label, Notice, Usage
from coach.domain.base import Frozen


class DealReading(Frozen):
    """What an engine saw in a deal note: labels over the note as it was given, in order, none overlapping."""

    labels: tuple[Label, ...]
    notices: tuple[Notice, ...] = ()
    model: str | None = None
    prompt_sha256: str | None = None
    usage: Usage | None = None
    cost_usd: float | None = None


class Request(Frozen):
    """What an engine would ask of a model, besides the text itself; all empty where it asks none."""

    model: str | None = None
    prompt_sha256: str | None = None
    """Hash of the rendered prompt."""
    parameters: dict[str, JsonValue] = Field(default_factory=dict)
    """Every parameter that would really be sent."""


class Engine(Protocol):
    """Reads text; judges nothing."""

    @property
    def name(self) -> str:
        """`local` or `llm`."""

    @property
    def version(self) -> str:
        """Changes whenever the same text could be read differently."""

    def request(self, note: DealNote) -> Request:
        """Say what reading this note would ask of a model, without asking it."""

    async def read_deal(self, note: DealNote) -> DealReading:
        """Read the statements of a deal note.

        Raises:
            EngineError: the engine could not answer.
            ArtefactError: the engine's model file is missing or damaged.
        """
