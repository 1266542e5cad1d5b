"""A deal review: Contract 3."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, JsonValue

from coach.domain.base import Frozen
from coach.domain.deal import Deal
from coach.domain.evidence import Statement
from coach.domain.judgement import Judgement


class Notice(Frozen):
    """Something the reader of a review must know about how it was made."""

    code: str = Field(pattern=r"^[a-z][a-z_]*$")
    """`degraded`, `suspected_instruction`, `redacted`, `not_english`, `abstained`, …"""
    text: str


class Usage(Frozen):
    """Tokens a model counted."""

    prompt_tokens: int = Field(ge=0)
    completion_tokens: int = Field(ge=0)
    cached_tokens: int = Field(default=0, ge=0)


class RubricRef(Frozen):
    """Which rubric was applied."""

    id: str
    version: int
    sha256: str


class PromptRef(Frozen):
    """Which prompt a model was given."""

    id: str
    version: int
    sha256: str
    """Of the prompt as rendered from its rubric, without the note."""


class Sent(Frozen):
    """One call of a model: what left this machine."""

    model: str
    """As litellm names it."""
    sha256: str
    """Of all messages, one after the other, in UTF-8: the prompt, and in it the text without what was redacted."""
    characters: int = Field(ge=0)
    """Of all messages."""
    redacted: dict[str, int] = Field(default_factory=dict)
    """How many were taken out, by kind: `email`, `phone`, `card`, `iban`, `id`, `person`."""
    answered: bool = False
    prompt_tokens: int | None = None
    cost_usd: float | None = None
    """Null where it is not known."""


class Provenance(Frozen):
    """What made a review: enough to make it again."""

    engine: str
    engine_version: str
    model: str | None = None
    rubric: RubricRef
    prompt_sha256: str | None = None
    prompt: PromptRef | None = None
    parameters: dict[str, JsonValue] | None = None
    """Every parameter that was really sent to the model, the messages apart."""
    dropped: int = Field(default=0, ge=0)
    """Points of the model's answer that are left out, because the note does not hold them or they are no labels."""
    usage: Usage | None = None
    """Of every call, repairs included; None where unknown."""
    cost_usd: float | None = None
    """None where unknown; 0 only where nothing was bought."""
    duration_ms: float = Field(ge=0)
    sent: tuple[Sent, ...] = ()
    """Each call that was put to a model, those that failed among them; none where nothing left this machine."""
    cached: bool = False
    """The model's answer was bought earlier: `usage` is what it took then."""


class DealReview(Judgement):
    """A deal note, read and judged."""

    schema_: Literal["coach.deal_review/1"] = Field(default="coach.deal_review/1", alias="schema")
    id: str
    deal: Deal
    written_on: date
    statements: tuple[Statement, ...]
    notices: tuple[Notice, ...] = ()
    provenance: Provenance


class DealReviewPage(Frozen):
    """Deal reviews that were kept, the latest first."""

    reviews: tuple[DealReview, ...]
    before: int | None
    """Where the next page goes on; null on the last."""
