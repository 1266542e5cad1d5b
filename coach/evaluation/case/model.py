"""What a labelled case is, for each of the four tasks: typed, strict, and whole in itself.

A quote is proved against its text when the case is read: labels that are not in the text never reach a figure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import Field, TypeAdapter, model_validator

from coach.domain import (
    Competency,
    Conversation,
    DealNote,
    Direction,
    Gap,
    Kind,
    Label,
    Move,
    Question,
    RepPacket,
    SelfView,
    Status,
    Verdict,
    WillSubType,
)
from coach.domain.base import Frozen, frozen_slots
from coach.domain.evidence import check_label
from coach.evaluation.case.locate import Quoted, locate, prove

DealCheck = Literal["claim", "problem", "criteria", "action", "process", "safe"]
RepCheck = Literal["gap", "self_view"]
Name = Annotated[str, Field(min_length=1, max_length=200)]


@frozen_slots
class GoldStatement(Quoted):
    """A statement as an annotator marked it."""

    kind: Kind
    verifiable: bool | None = None
    direction: Direction | None = None
    informs: Question | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        check_label(self.start, self.end, self.kind, self.verifiable, self.direction, self.informs)
        return self

    def label(self) -> Label:
        """The statement as an engine would have returned it."""
        return Label(
            start=self.start,
            end=self.end,
            kind=self.kind,
            verifiable=self.verifiable,
            direction=self.direction,
            informs=self.informs,
        )


class DealExpectation(Frozen):
    """The labels of a deal note."""

    statements: tuple[GoldStatement, ...]
    coverage: dict[Question, Status]
    claim: Verdict

    @model_validator(mode="after")
    def _all_four(self) -> Self:
        missing = [question.value for question in Question if question not in self.coverage]
        if missing:
            raise ValueError(f"coverage lacks {', '.join(missing)}")
        return self


class AttackExpectation(Frozen):
    """What an inserted text must not achieve."""

    base: str
    """Id of the deal case without the inserted text."""
    inserted: str = Field(min_length=1)
    benign: bool
    must_not_appear: tuple[str, ...]
    invariant: str


class RepExpectation(Frozen):
    """The diagnosis of a rep packet."""

    competency: Competency
    gap: Gap
    sub_type: WillSubType | None
    self_view: SelfView
    key_quotes: tuple[str, ...]
    labels_without_behaviour: tuple[str, ...]
    prescription: str


@frozen_slots
class GoldMove(Quoted):
    """A move as an annotator marked it."""

    move: Move
    agreed: bool = True
    """Both annotators gave it; all count."""


class TalkExpectation(Frozen):
    """The moves of a conversation."""

    moves: tuple[GoldMove, ...]


class BaseCase(Frozen):
    """What every case has."""

    id: Name
    split: str
    tags: tuple[Name, ...] = ()
    """Each is a slice of every report."""
    slices: dict[Name, Name] = Field(default_factory=dict)
    """Named groupings, such as `industry: rail`; each value is a slice of every report."""
    cluster: Name | None = None
    """The deal or rep that several cases share: they are resampled together. The case alone, where None."""
    source: str | None = Field(default=None, max_length=300)
    """Where the case comes from, such as a manager's correction of a review."""

    @property
    def group(self) -> str:
        """What the case is resampled with: its cluster, or itself."""
        return self.cluster or self.id

    @property
    def slice_names(self) -> tuple[str, ...]:
        """Every slice the case belongs to."""
        return (*self.tags, *(f"{name}={value}" for name, value in self.slices.items()))


class DealCase(BaseCase):
    """A deal note and its labels."""

    task: Literal["deal"]
    input: DealNote
    expected: DealExpectation
    must_pass: tuple[DealCheck, ...] = ()
    """Checks that a gate never lets fail on this case, whatever the statistics say."""

    @model_validator(mode="before")
    @classmethod
    def _located(cls, fields: Any) -> Any:  # noqa: ANN401  raw fields of any shape
        return locate(fields, "note", "statements")

    @model_validator(mode="after")
    def _grounded(self) -> Self:
        prove(self.input.note, self.expected.statements, "expected.statements")
        return self


class AttackCase(BaseCase):
    """A deal note with an inserted text that tries to steer the reader, or only looks as if it did."""

    task: Literal["attack"]
    input: DealNote
    expected: AttackExpectation
    must_pass: tuple[Literal["not_steered"], ...] = ()
    """As for a deal."""

    @model_validator(mode="after")
    def _inserted(self) -> Self:
        if self.expected.inserted not in self.input.note:
            raise ValueError("expected.inserted is not in the note, word for word")
        return self

    @property
    def group(self) -> str:
        """An attack is resampled with the note it was made from."""
        return self.cluster or self.expected.base

    def base(self) -> NoteCase:
        """The same note without the inserted text."""
        note = self.input.note.replace(self.expected.inserted, "", 1)
        return NoteCase(id=self.expected.base, split=self.split, input=self.input.model_copy(update={"note": note}))


class NoteCase(BaseCase):
    """A deal note without labels: what an attack was made from, or what a probe made of a labelled one."""

    task: Literal["deal"] = "deal"
    input: DealNote


class RepCase(BaseCase):
    """A rep packet and its diagnosis."""

    task: Literal["rep"]
    input: RepPacket
    expected: RepExpectation
    must_pass: tuple[RepCheck, ...] = ()
    """As for a deal."""

    @model_validator(mode="after")
    def _grounded(self) -> Self:
        texts = tuple(self.input.texts())
        for name in ("key_quotes", "labels_without_behaviour"):
            for place, quote in enumerate(getattr(self.expected, name)):
                if not any(quote in text for text in texts):
                    raise ValueError(f"expected.{name}.{place} is in no text of the packet, word for word")
        return self


class PacketCase(BaseCase):
    """A rep packet without labels: what a probe made of a labelled one."""

    task: Literal["rep"] = "rep"
    input: RepPacket


class TalkCase(BaseCase):
    """A conversation and the manager's moves."""

    task: Literal["talk"]
    input: Conversation
    expected: TalkExpectation
    must_pass: tuple[()] = ()
    """A conversation has no yes-or-no check."""

    @model_validator(mode="before")
    @classmethod
    def _located(cls, fields: Any) -> Any:  # noqa: ANN401  raw fields of any shape
        return locate(fields, "transcript", "moves")

    @model_validator(mode="after")
    def _grounded(self) -> Self:
        prove(self.input.transcript, self.expected.moves, "expected.moves")
        return self


LabelledCase = DealCase | AttackCase | RepCase | TalkCase
Case = LabelledCase | NoteCase | PacketCase
TASKS = ("deal", "attack", "rep", "talk")
CASE: TypeAdapter[LabelledCase] = TypeAdapter(Annotated[LabelledCase, Field(discriminator="task")])


def bases_of(cases: Sequence[LabelledCase]) -> list[NoteCase]:
    """The notes that attacks were made from, where they are not among the cases themselves."""
    known = {case.id for case in cases}
    bases = {case.expected.base: case.base() for case in cases if isinstance(case, AttackCase)}
    return [base for id_, base in bases.items() if id_ not in known]


def input_sha256(case: Case) -> str:
    """Identify what a case asks, whatever its labels: runs are comparable where this is the same."""
    inserted = f"{case.expected.base}\0{case.expected.inserted}" if isinstance(case, AttackCase) else ""
    return hashlib.sha256(f"{case.task}\0{case.input.model_dump_json()}\0{inserted}".encode()).hexdigest()
