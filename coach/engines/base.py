"""The protocol that every engine keeps."""

from __future__ import annotations

from typing import Protocol

from pydantic import Field, JsonValue

from coach.domain import DealNote, Label, Notice, PromptRef, Question, Status, Usage
from coach.domain.base import Frozen
from coach.text.span import Span


class Request(Frozen):
    """What an engine would ask of a model, besides the text itself; all empty where it asks none."""

    model: str | None = None
    prompt: PromptRef | None = None
    parameters: dict[str, JsonValue] = Field(default_factory=dict)
    """Every parameter that would be sent, and what else the answer depends on."""


class DealReading(Frozen):
    """What an engine saw in a deal note: labels over the note as it was given, in order, none overlapping."""

    engine: str
    """Which engine read it, where one stood in for another."""
    engine_version: str
    request: Request = Request()
    """What was asked of the model that answered."""
    labels: tuple[Label, ...]
    coverage: dict[Question, Status] | None = None
    """How far the reader thinks each question is answered; None where it does not say. Judgement has the last word."""
    suspected: tuple[Span, ...] = ()
    """Where the note seems to speak to its reader; no label is there."""
    dropped: int = Field(default=0, ge=0)
    """Points of a model's answer that could not be used, because the note does not hold them or they are no labels."""
    notices: tuple[Notice, ...] = ()
    parameters: dict[str, JsonValue] | None = None
    """Every parameter that was really sent; None where no model was asked."""
    usage: Usage | None = None
    cost_usd: float | None = None
    cached: bool = False
    """The answer was bought earlier."""


class Engine(Protocol):
    """Reads text; judges nothing."""

    @property
    def name(self) -> str:
        """`local` or `llm`."""

    @property
    def version(self) -> str:
        """Changes whenever the same text could be read differently."""

    def request(self) -> Request:
        """Say what reading a note would ask of a model, besides the note, without asking it."""

    async def read_deal(self, note: DealNote) -> DealReading:
        """Read the statements of a deal note.

        Raises:
            EngineError: the engine could not answer.
            ArtefactError: the engine's model file is missing or damaged.
        """
