"""Evidence in deal notes: codebook, section 1."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, computed_field, model_validator

from coach.domain.base import Frozen


class Centre(StrEnum):
    """Whose act or word a statement is."""

    BUYER = "buyer"
    SELLER = "seller"


class Kind(StrEnum):
    """What a statement is: who acted decides, not the grammar (codebook, section 1, rule 1)."""

    BUYER_ACTION = "buyer_action"
    BUYER_COMMITMENT = "buyer_commitment"
    BUYER_STATEMENT = "buyer_statement"
    SELLER_ACTION = "seller_action"
    SELLER_OPINION = "seller_opinion"

    centre: Centre
    """The side the kind belongs to."""

    def __init__(self, value: str) -> None:
        self.centre = Centre.BUYER if value.startswith("buyer") else Centre.SELLER


class Direction(StrEnum):
    """Which way a buyer-centred statement moves the purchase."""

    ADVANCES = "advances"
    STALLS = "stalls"
    NEUTRAL = "neutral"


class Question(StrEnum):
    """The four buyer questions of the codebook, section 2, in the order they are asked."""

    PROBLEM = "problem"
    CRITERIA = "criteria"
    ACTION = "action"
    PROCESS = "process"


UNSURE = 0.4
"""A label that its reader holds for less likely than this to be right is a question, and no evidence by itself."""


class Label(Frozen):
    """What a reader says of one span of a note, before anything is derived from it.

    A buyer-centred label has `verifiable`, `direction` and `informs`; a seller-centred one has none of the three.
    """

    start: int = Field(ge=0)
    """First code point of the span in the note."""
    end: int = Field(gt=0)
    """Code point after the last."""
    kind: Kind
    verifiable: bool | None = None
    direction: Direction | None = None
    informs: Question | None = None
    confidence: float | None = Field(default=None, ge=0, le=1)
    """The reader's own probability that the kind is right; None where it states none."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        check_label(self.start, self.end, self.kind, self.verifiable, self.direction, self.informs)
        return self

    @property
    def is_unsure(self) -> bool:
        """Whether the reader itself is not sure; one that states no confidence is."""
        return self.confidence is not None and self.confidence < UNSURE


def check_label(start: int, end: int, kind: Kind, *attributes: object) -> None:
    """Check what no field of a label can say by itself (codebook, section 1).

    Args:
        start: First code point.
        end: Code point after the last.
        kind: What the span is.
        attributes: `verifiable`, `direction` and `informs`; None for each that is not given.

    Raises:
        ValueError: the span is empty, or the attributes are not those of the kind.
    """
    if end <= start:
        raise ValueError("end must come after start")
    if attributes.count(None) != (0 if kind.centre is Centre.BUYER else len(attributes)):
        raise ValueError(f"{kind}: verifiable, direction and informs belong to buyer-centred kinds, all three")


class Statement(Label):
    """A grounded label: its words, verbatim, and what follows from it (Contract 3)."""

    quote: str = Field(min_length=1)
    """The note's own words: exactly `note[start:end]`."""
    who: str | None = None
    """A name or role as the note has it, read from the statement and its sentence."""
    when: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    """The ISO date the statement speaks of, resolved against `written_on`; None where it gives none."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def centre(self) -> Centre:
        """Whose act or word it is."""
        return self.kind.centre

    @computed_field  # type: ignore[prop-decorator]
    @property
    def grade(self) -> int:
        """Strength as evidence, 0 to 5 (codebook, end of section 1)."""
        return grade(self)


def grade(label: Label) -> int:
    """Grade the strength of a label as evidence, 0 (seller opinion) to 5 (verifiable act that moves the purchase)."""
    match label.kind:
        case Kind.SELLER_OPINION:
            return 0
        case Kind.SELLER_ACTION:
            return 1
        case Kind.BUYER_COMMITMENT:
            return 3 if label.verifiable else 2
        case Kind.BUYER_ACTION if label.direction is not Direction.NEUTRAL:
            return 5 if label.verifiable else 4
        case _:
            return 2
