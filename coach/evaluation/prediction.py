"""One line of `predictions.jsonl`: what came of one case, run once (Contract 2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Field

from coach.domain import Competency, Gap, Move, Question, SelfView, Status, Usage, Verdict, WillSubType
from coach.domain.base import Frozen, frozen_slots
from coach.domain.evidence import Direction, Kind


@frozen_slots
class PredictedStatement:
    """A statement as a prediction holds it."""

    quote: str
    start: int
    end: int
    kind: Kind
    verifiable: bool | None
    direction: Direction | None
    informs: Question | None
    confidence: Annotated[float | None, Field(ge=0, le=1)] = None
    """The reader's own probability that the kind is right; None where it states none."""


class DealOutput(Frozen):
    """The output of a deal or an attack case."""

    statements: tuple[PredictedStatement, ...]
    coverage: dict[Question, Status]
    claim: Verdict
    shown: tuple[str, ...]
    """Every string that the feedback adds of its own: all that is shown but the note and its quotes."""


class RepOutput(Frozen):
    """The output of a rep case."""

    competency: Competency
    gap: Gap
    sub_type: WillSubType | None
    self_view: SelfView
    key_quotes: tuple[str, ...]
    """Verbatim from one of the packet's texts."""
    labels_without_behaviour: tuple[str, ...]
    prescription: str
    abstained: bool = False
    """The engine was unsure; `gap` is its best guess all the same."""
    confidence: float | None = Field(default=None, ge=0, le=1)
    """The engine's own probability that the gap is right; None where it states none."""


@frozen_slots
class PredictedMove:
    """A manager's move as a prediction holds it."""

    quote: str
    start: int
    end: int
    move: Move
    confidence: Annotated[float | None, Field(ge=0, le=1)] = None
    """The reader's own probability that the move is right; None where it states none."""


class TalkOutput(Frozen):
    """The output of a conversation."""

    moves: tuple[PredictedMove, ...]


Output = DealOutput | RepOutput | TalkOutput


class Failure(Frozen):
    """Why a case has no output."""

    code: str
    detail: str


class Prediction(Frozen):
    """One case, run once."""

    id: str
    repeat: int = 0
    task: str
    # The first that fits: no output is two of them, as each needs fields of its own and refuses those of the others.
    output: Output | None = Field(union_mode="left_to_right")
    error: Failure | None = None
    engine: str
    duration_ms: float
    """How long the engine and the rules took when the answer was made; an answer from the cache keeps it."""
    usage: Usage | None = None
    cost_usd: float | None = None
    """What the answer cost when it was made; None where unknown."""
    cached: bool = False
    """Whether the answer was made by an earlier run."""
    key: str | None = None
    """Hash of everything the answer depends on; None where it was made elsewhere."""


Predictions = Mapping[str, Sequence[Prediction]]
"""By case, in the order of the repeats."""


def outputs_of(predictions: Predictions) -> dict[str, list[Output | None]]:
    """The outputs alone, by case, in the order of the repeats."""
    return {id_: [one.output for one in repeats] for id_, repeats in predictions.items()}
