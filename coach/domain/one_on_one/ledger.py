"""The claim ledger of a rep: how often claims came true, by what they stood on, and how the rep's odds compare."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from coach.domain.base import Frozen
from coach.domain.judgement import Verdict


class Frequency(Frozen):
    """So many deals of so many settled ones, each by its first claim in the group, with Wilson's 95 % interval."""

    true: int = Field(ge=0)
    of: int = Field(ge=0)
    share: float | None = None
    low: float | None = None
    high: float | None = None
    too_few: bool
    """Too few to say anything by: fewer than ten deals."""


class Hits(Frozen):
    """How often claims came true that had one verdict, or stood on one grade of evidence."""

    verdict: Verdict | None = None
    grade: int | None = Field(default=None, ge=0, le=5)
    without_note: bool = False
    """Claims of deals that no note was reviewed of."""
    hits: Frequency


class Bin(Frozen):
    """Claims of like odds."""

    low: float
    high: float
    stated: float | None = None
    """Mean of the odds stated, of the claims counted."""
    hits: Frequency


class Optimism(Frozen):
    """The rep's odds against what came true."""

    brier: float | None = None
    """Mean squared difference of odds and outcome: 0 is perfect, 0.25 is what "even" scores always."""
    brier_low: float | None = None
    """95 %, by resampling deals, since the claims of one deal hang together; None where there are too few."""
    brier_high: float | None = None
    claims: int = Field(ge=0)
    deals: int = Field(ge=0)
    too_few: bool
    """Fewer than ten deals."""
    bias: float | None = None
    """Mean of stated odds less the share that came true: above 0 is optimism, below 0 sandbagging."""
    bias_low: float | None = None
    bias_high: float | None = None
    leaning: str | None = Field(default=None, pattern=r"^(optimistic|sandbagging|neither)$")
    """`neither` where the interval holds 0; None where there are too few."""
    curve: tuple[Bin, ...] = ()
    won_early: int = Field(default=0, ge=0)
    """Deals won over 30 days before the day first claimed."""


class EvidenceShare(Frozen):
    """How much of a rep's notes of one month is the customer's."""

    month: date
    """Its first day."""
    notes: int = Field(ge=0)
    buyer: int = Field(ge=0)
    seller: int = Field(ge=0)
    share: float | None = None
    """Buyer-centred statements among all; None where there are none."""


class ClaimLedger(Frozen):
    """All of it, for one rep."""

    rep: str
    as_of: date
    claims: int = Field(ge=0)
    settled: int = Field(ge=0)
    """Claims of which it is known whether they came true."""
    all: Frequency
    """By the first claim of each deal."""
    by_verdict: tuple[Hits, ...] = ()
    by_grade: tuple[Hits, ...] = ()
    optimism: Optimism
    evidence: tuple[EvidenceShare, ...] = ()
    """Month by month, the oldest first."""
