"""What there is to read about a rep, and a manager's conversation with one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from coach.domain.base import Frozen
from coach.domain.person import Competency


class SelfAssessment(Frozen):
    """How a rep sees their own work."""

    ratings: dict[Competency, Annotated[int, Field(ge=1, le=5)]] = Field(default_factory=dict)
    """1 (weak) to 5 (strong), per competency the rep rated."""
    text: str = ""


class RepPacket(Frozen):
    """A rep's material, unchanged; any part may be missing, and none is guessed."""

    rep: str = Field(max_length=200)
    role: str = Field(default="", max_length=300)
    tenure: str = Field(default="", max_length=100)
    self_assessment: SelfAssessment = SelfAssessment()
    manager_observation: str | None = None
    results: dict[str, float | int | str | None] | None = None
    """Figures by name, as the source has them."""
    deal_notes: tuple[str, ...] = ()
    ride_along: str | None = None

    def fields(self) -> Iterator[tuple[str, str]]:
        """Every text of the packet that has words, with the name by which quotes refer to it."""
        named = (
            ("self_assessment", self.self_assessment.text),
            ("manager_observation", self.manager_observation),
            ("ride_along", self.ride_along),
            *((f"deal_notes.{number}", note) for number, note in enumerate(self.deal_notes)),
        )
        yield from ((name, text) for name, text in named if text and text.strip())

    def texts(self) -> Iterator[str]:
        """Every text of the packet, each of which a quote may come from."""
        yield from (text for _, text in self.fields())


class Conversation(Frozen):
    """A deal review or 1-on-1 between a manager and a rep, unchanged."""

    setting: str = Field(default="", max_length=300)
    manager: str = Field(default="", max_length=200)
    """As the transcript calls the manager; empty where that is to be found out."""
    rep: str = Field(default="", max_length=200)
    transcript: str
