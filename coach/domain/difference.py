"""What has changed from one review to the next, when somebody has said what the first one missed."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from coach.domain.base import Frozen
from coach.domain.evidence import Kind, Question
from coach.domain.judgement import Balance, Status, Verdict
from coach.domain.person import Competency, Gap


class Verdicts(Frozen):
    """A verdict on the close date, before and after."""

    before: Verdict
    after: Verdict
    why_before: str
    why_after: str


class Moved(Frozen):
    """How far a question is answered, before and after."""

    question: Question
    before: Status
    after: Status


class Titles(Frozen):
    """What comes first, before and after."""

    before: str
    after: str


class Balances(Frozen):
    """How many statements are the customer's and how many ours, before and after."""

    before: Balance
    after: Balance


class Point(Frozen):
    """A statement that is in one of the two and not in the other."""

    quote: str
    kind: Kind
    grade: int


class ReviewDifference(Frozen):
    """From one deal review to the next."""

    schema_: Literal["coach.review_difference/1"] = Field(default="coach.review_difference/1", alias="schema")
    before: str
    """The first review's id."""
    after: str
    """The second's."""
    claim: Verdicts
    coverage: tuple[Moved, ...]
    """The questions whose answer changed."""
    added: tuple[Point, ...]
    gone: tuple[Point, ...]
    focus: Titles
    """What to work on."""
    balance: Balances


class Told(Frozen):
    """What a diagnosis says of a competency."""

    competency: Competency
    gap: Gap


class DiagnosisDifference(Frozen):
    """From one diagnosis to the next."""

    schema_: Literal["coach.diagnosis_difference/1"] = Field(default="coach.diagnosis_difference/1", alias="schema")
    before: str
    after: str
    primary_before: Told
    primary_after: Told
    changed: tuple[tuple[Told, Told], ...]
    """Of each competency that both speak of, what changed."""
    added: tuple[str, ...]
    """Quotes of signals that are new."""
    gone: tuple[str, ...]
    prescription: Titles
    """What to do first."""
