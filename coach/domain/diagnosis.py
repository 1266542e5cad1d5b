"""What a rep's material shows of skill, of will, or of neither: codebook, section 4, and `coach.rep_diagnosis/1`.

Nothing here sums a person up: a finding is of one competency, rests on quoted behaviour, and names what to try.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from coach.domain.base import Frozen
from coach.domain.evidence import Question
from coach.domain.judgement import Status
from coach.domain.person import Competency, Gap, SelfView, WillSubType
from coach.domain.review import Notice, Provenance
from coach.domain.signal import SignalLabel


class Signal(SignalLabel):
    """A grounded signal: its words, verbatim, and what it speaks for by the rubric."""

    quote: str = Field(min_length=1)
    """The text's own words."""
    points_to: Gap | None = None
    """The gap that it speaks for."""
    counts: str
    """`behaviour`, `cause`, `label`, `result`, `view` or `request`; only the first two are evidence."""


class Capped(Frozen):
    """A rule of the codebook that took a reader's own gap down."""

    gap: Gap
    """What the reader had said."""
    why: str


class Finding(Frozen):
    """What the material shows of one competency."""

    competency: Competency
    gap: Gap
    """Where `abstained`, the best guess."""
    sub_type: WillSubType | None = None
    confidence: float | None = Field(default=None, ge=0, le=1)
    """The reader's own probability that the gap is right; None where it states none."""
    abstained: bool = False
    """Not sure enough to act on: `look` comes first."""
    because: tuple[int, ...] = ()
    """Indexes of the signals that it rests on."""
    rival: Gap
    """The other explanation that fits best."""
    look: str
    """The one observation that would tell the two apart."""
    capped: Capped | None = None


class SelfAssessed(Frozen):
    """A competency as the rep sees it, beside what the texts show."""

    competency: Competency
    rating: int | None = Field(default=None, ge=1, le=5)
    shows: Literal["to_standard", "below_standard", "mixed", "nothing"]
    """What the texts show the rep doing today."""
    self_view: SelfView
    because: tuple[int, ...] = ()
    """Indexes of signals."""


class Assumption(Frozen):
    """A label without a behaviour, handed back to be checked."""

    signal: int = Field(ge=0)
    ask: str


class Contrast(Frozen):
    """The rep doing here what is missing there."""

    competency: Competency
    missing: int = Field(ge=0)
    """Index of the signal in which it is missing."""
    shown: int = Field(ge=0)
    """Index of the signal in which the rep does it."""


class Prescription(Frozen):
    """The codebook's remedy, made concrete for this rep and this competency."""

    competency: Competency
    gap: Gap
    """What it is for."""
    title: str
    bring: tuple[int, ...] = ()
    """Indexes of signals whose words belong on the table in the next 1-on-1."""
    next_one_on_one: tuple[str, ...]
    practise: str
    watch_for: str
    by: date
    shows_it_worked: str
    manager_action: str | None = None
    """What the manager or the company must mend; the manager's task, with the same date."""


class Declined(Frozen):
    """A request that is not answered, and why."""

    because: tuple[int, ...] = ()
    """Indexes of signals that ask for it."""
    quotes: tuple[str, ...] = ()
    """Words of the texts by which it was known."""
    reason: str


class Record(Frozen):
    """One of the four buyer questions over the rep's stored deal reviews: what is there, not what it is worth."""

    question: Question
    counts: dict[Status, int]
    """In how many reviews it is answered, partial and missing."""


class RepDiagnosis(Frozen):
    """A rep's material, read and judged."""

    schema_: Literal["coach.rep_diagnosis/1"] = Field(default="coach.rep_diagnosis/1", alias="schema")
    id: str
    rep: str
    as_of: date
    signals: tuple[Signal, ...]
    primary: Finding
    """The competency that the material is mostly about, and the cause that explains most."""
    others: tuple[Finding, ...] = ()
    self_assessment: tuple[SelfAssessed, ...] = ()
    prescription: Prescription
    """What to do first."""
    further: tuple[Prescription, ...] = ()
    """The rest, for later."""
    contrast: Contrast | None = None
    assumptions: tuple[Assumption, ...] = ()
    records: tuple[Record, ...] = ()
    deal_reviews: tuple[str, ...] = ()
    """Ids of the stored deal reviews that were taken as evidence."""
    declined: Declined | None = None
    notices: tuple[Notice, ...] = ()
    provenance: Provenance
