"""What the rules conclude from the statements: codebook, sections 2 and 3, and Contract 3."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from coach.domain.base import Frozen
from coach.domain.evidence import Question


class Status(StrEnum):
    """How far one of the four buyer questions is answered."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    MISSING = "missing"


class Verdict(StrEnum):
    """What the customer's own acts say of "this deal closes by DATE"."""

    ESTABLISHED = "established"
    UNPROVEN = "unproven"
    REFUTED = "refuted"
    NO_CLAIM = "no_claim"


class Answer(Frozen):
    """One buyer question: its status, the statements it rests on, and what to ask where it is not answered."""

    status: Status
    because: tuple[int, ...] = ()
    """Indexes of statements."""
    ask: tuple[str, ...] = ()


class Coverage(Frozen):
    """The four buyer questions."""

    problem: Answer
    criteria: Answer
    action: Answer
    process: Answer

    def __getitem__(self, question: Question) -> Answer:
        """The answer to one question."""
        answer: Answer = getattr(self, question.value)
        return answer


class Refuter(Frozen):
    """The one act of the customer's that would show the claim false."""

    act: str
    by: date | None = None


class Claim(Frozen):
    """The verdict on the rep's close date."""

    verdict: Verdict
    close_date: date | None = None
    because: tuple[int, ...] = ()
    """Indexes of statements."""
    explanation: str
    would_establish: tuple[str, ...] = ()
    """Buyer acts that are still missing."""
    refuter: Refuter | None = None


class Balance(Frozen):
    """How many statements each side has."""

    buyer: int = Field(ge=0)
    seller: int = Field(ge=0)


class Focus(Frozen):
    """The one thing to work on next."""

    title: str
    why: str
    do: str


class Ask(Frozen):
    """A question for the manager to put to the rep, tied to a gap in this deal."""

    ask: str
    question: Question
    because: tuple[int, ...] = ()
    """Indexes of statements."""


class Judgement(Frozen):
    """Everything the rules conclude from one reading of a note."""

    coverage: Coverage
    claim: Claim
    balance: Balance
    focus: Focus
    questions: tuple[Ask, ...] = Field(max_length=5)
