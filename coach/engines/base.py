"""The protocol that every engine keeps."""

from __future__ import annotations

from typing import Protocol

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


class Engine(Protocol):
    """Reads text; judges nothing."""

    @property
    def name(self) -> str:
        """`local` or `llm`."""

    @property
    def version(self) -> str:
        """Changes whenever the same text could be read differently."""

    async def read_deal(self, note: DealNote) -> DealReading:
        """Read the statements of a deal note.

        Raises:
            EngineError: the engine could not answer.
            ArtefactError: the engine's model file is missing or damaged.
        """
