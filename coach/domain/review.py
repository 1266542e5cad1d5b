"""A deal review: Contract 3."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

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


class Provenance(Frozen):
    """What made a review: enough to make it again."""

    engine: str
    engine_version: str
    model: str | None = None
    rubric: RubricRef
    prompt_sha256: str | None = None
    usage: Usage | None = None
    cost_usd: float | None = None
    """None where unknown; 0 only where nothing was bought."""
    duration_ms: float = Field(ge=0)
    cached: bool = False


class DealReview(Judgement):
    """A deal note, read and judged."""

    schema_: Literal["coach.deal_review/1"] = Field(default="coach.deal_review/1", alias="schema")
    id: str
    deal: Deal
    written_on: date
    statements: tuple[Statement, ...]
    notices: tuple[Notice, ...] = ()
    provenance: Provenance
