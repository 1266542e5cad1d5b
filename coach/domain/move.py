"""What a manager says in a deal review or 1-on-1: codebook, section 5."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from coach.domain.base import Frozen


class Move(StrEnum):
    """A sentence or question of the manager's."""

    BUYER_QUESTION = "buyer_question"
    SELLER_QUESTION = "seller_question"
    COACHING_QUESTION = "coaching_question"
    TELL = "tell"
    TAKEOVER = "takeover"
    JUDGEMENT = "judgement"
    SUPPORT = "support"
    ACCOUNTABILITY = "accountability"


class MoveLabel(Frozen):
    """What a reader says of one span of a conversation, before anything is derived from it."""

    start: int = Field(ge=0)
    """First code point of the span in the transcript."""
    end: int = Field(gt=0)
    """Code point after the last."""
    move: Move
    confidence: float | None = Field(default=None, ge=0, le=1)
    """The reader's own probability that the move is right; None where it states none."""

    @model_validator(mode="after")
    def _some(self) -> Self:
        if self.end <= self.start:
            raise ValueError("end must come after start")
        return self
