"""What callers hand to the store to keep: plain values, so that to make one loads no database library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from coach.domain.judgement import Verdict

Key = tuple[str, str]
"""CRM and record of a deal."""


Seen = frozenset[str] | None
"""The people whom somebody may see, by name as looked for; None where it is everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A finding of a review."""

    label: str
    """Its kind, or the move."""
    quote: str
    centre: str | None = None
    direction: str | None = None
    grade: int | None = None
    speaks_of: date | None = None
    """The day that it speaks of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """What a note claims of its deal."""

    close_date: date
    verdict: Verdict
    grade: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A review that is to be kept."""

    kind: str
    """Its schema, such as `coach.deal_review/1`."""
    review: str
    """Its id."""
    about: str
    """The name of the rep or the manager."""
    role: Literal["rep", "manager"]
    text: str
    """What it is of, unchanged; the latest review of a text stands for it."""
    source: str | None = None
    """The hash of the text that it stands for, where that is another: the first note, of a review made again."""
    day: date
    """The day it is of."""
    content: str
    """The review as JSON."""
    findings: Sequence[Found] = field(default=())
    deal: str | None = None
    """The name of the deal."""
    record: Key | None = None
    """CRM and id of the deal, where they are known."""
    claim: Claimed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDeal:
    """What is kept of one deal of a CRM."""

    id: int
    """Its number here."""
    name: str | None
    owner: str | None
    """The rep whose deal it is, by name as looked for."""
    close_date: date | None
    """The day that the latest snapshot of the CRM says it closes by."""
    reviews: tuple[str, ...]
    """The latest reviews of it, as JSON, the latest first."""


class Standing(NamedTuple):
    """What a claim stood on when it was made."""

    verdict: Verdict | None
    grade: int | None


Stands = Callable[[str, date], Standing]
"""What a deal review, as JSON, says of a claim that the deal closes by a day."""
