"""What a rubric file may say. The data is in the top-level `rubrics/`, written by people who train sales managers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from coach.domain import Centre, Direction, Kind, Question, Status, Verdict
from coach.domain.base import Frozen
from coach.rubrics.gaps import EvidenceGap
from coach.rubrics.prompt import Prompt

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class KindRule(Frozen):
    """One kind of statement: what it is, and examples of it."""

    id: Kind
    centre: Centre
    is_: Words = Field(alias="is")
    examples: tuple[Words, ...] = Field(min_length=1)


class QuestionRule(Frozen):
    """One of the four buyer questions and its three levels."""

    id: Question
    title: Words
    ask: Words
    levels: dict[Status, Words] = Field(min_length=3)


class VerdictRule(Frozen):
    """When a verdict holds."""

    id: Verdict
    title: Words
    when: Words


class BankQuestion(Frozen):
    """A question for the manager, with the gap it closes; `${slots}` are filled from the deal at hand."""

    id: Name
    gap: EvidenceGap
    """The gap of this deal that the question closes; judgement finds the gaps."""
    question: Question
    ask: Words


class FocusText(Frozen):
    """What to work on first where a gap is the largest one; the same slots as a question."""

    gap: EvidenceGap
    title: Words
    why: Words
    do: Words


class ExampleStatement(Frozen):
    """A labelled quote of an example; `quote` is verbatim in the example's note."""

    quote: Words
    kind: Kind
    verifiable: bool | None = None
    direction: Direction | None = None
    informs: Question | None = None
    why: Words | None = None


class Example(Frozen):
    """A short labelled note: shown to people and to models."""

    id: Name
    note: Words
    statements: tuple[ExampleStatement, ...] = Field(min_length=1)
    coverage: dict[Question, Status] = Field(min_length=4)
    """How far the note answers each question."""


class RubricHeader(Frozen):
    """Identity of a rubric."""

    id: Name
    version: int = Field(ge=1)
    changed: Words
    """What changed in this version, for whoever reads the history."""


class Rubric(RubricHeader):
    """What every rubric has."""

    title: Words
    prompt: Prompt
    """What a language model is told (`prompt.md`); it has a version of its own."""
    sha256: str
    """Of all the rubric's files together, but for the prompt."""


class BuyerEvidence(Rubric):
    """The rubric by which deal notes are read: `rubrics/buyer_evidence/`."""

    kinds: tuple[KindRule, ...]
    rules: tuple[Words, ...] = Field(min_length=1)
    questions: tuple[QuestionRule, ...]
    verdicts: tuple[VerdictRule, ...]
    question_bank: tuple[BankQuestion, ...]
    focuses: tuple[FocusText, ...]
    lexicon: dict[Name, tuple[Words, ...]]
    """Categories of words and phrases, lower case, that the local engine reads by (`lexicon.yaml`)."""
    cues: dict[Name, tuple[Words, ...]]
    """Categories of words and phrases, lower case, that the judgement rules read by (`cues.yaml`)."""
    examples: tuple[Example, ...] = Field(min_length=1)
