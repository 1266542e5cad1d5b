"""What a text shows of a rep's ability, disposition or surroundings: codebook, section 4."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from coach.domain.base import Frozen
from coach.domain.person import Competency, Gap, SelfView, WillSubType


class SignalLabel(Frozen):
    """What a reader says of one span of a packet's text, before anything is derived from it."""

    field: str
    """The text that the span is of, as `RepPacket.fields` names it: `ride_along`, `deal_notes.0`."""
    start: int = Field(ge=0)
    """First code point of the span in that text."""
    end: int = Field(gt=0)
    """Code point after the last."""
    signal: str
    """Id of the signal; the list is the rubric's."""
    competency: Competency
    confidence: float | None = Field(default=None, ge=0, le=1)
    """The reader's own probability that the signal is right; None where it states none."""

    @model_validator(mode="after")
    def _some(self) -> Self:
        if self.end <= self.start:
            raise ValueError("end must come after start")
        return self


class Impression(Frozen):
    """What a reader makes of one competency, before the rules: they may take it down, and have the last word."""

    competency: Competency
    gap: Gap
    sub_type: WillSubType | None = None
    self_view: SelfView = SelfView.UNCLEAR
    rival: Gap | None = None
    """The gap that would be next; None where the reader does not say."""
    confidence: float | None = Field(default=None, ge=0, le=1)
    """The reader's own probability that the gap is right; None where it states none."""
    abstained: bool = False
    """The reader is unsure; `gap` is its best guess all the same."""
