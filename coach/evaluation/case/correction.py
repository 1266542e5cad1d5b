"""A manager's correction of a deal review becomes a case: the next prompt is held to what they taught us."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any, Self

from pydantic import Field, ValidationError, model_validator

from coach.domain import DealNote, Question, Status, Verdict
from coach.domain.base import Frozen, first_problem
from coach.errors import InvalidInput
from coach.evaluation.case.load import entries
from coach.evaluation.case.locate import Quoted, locate, prove
from coach.evaluation.case.model import DealCase, DealExpectation, GoldStatement

SPLIT = "feedback"
TAGS = ("manager correction",)
LABELS = frozenset(field.name for field in fields(GoldStatement))
"""What a case says of a statement."""


class Correction(Frozen):
    """What a manager says of a review; what they do not mention, they let stand."""

    claim: Verdict | None = None
    coverage: dict[Question, Status] = Field(default_factory=dict)
    statements: tuple[GoldStatement, ...] = ()
    """Statements as they should be; each takes the place of those it overlaps."""
    removed: tuple[Quoted, ...] = ()
    """Stretches that are no statement; what overlaps them goes."""


class Feedback(Frozen):
    """A review as it was shown, and its correction."""

    review_id: str = Field(min_length=1, max_length=100)
    input: DealNote
    shown: DealExpectation
    """The statements, coverage and claim that the review had; the review itself will do (`coach.deal_review/1`)."""
    correction: Correction

    @model_validator(mode="before")
    @classmethod
    def _located(cls, raw: Any) -> Any:  # noqa: ANN401  raw fields of any shape
        for name in ("statements", "removed"):
            raw = locate(raw, "note", name, within="correction")
        if isinstance(raw, dict) and isinstance(raw.get("shown"), dict):
            raw = {**raw, "shown": _labels_of(raw["shown"])}
        return raw

    @model_validator(mode="after")
    def _grounded(self) -> Self:
        prove(self.input.note, self.correction.statements, "correction.statements")
        prove(self.input.note, self.correction.removed, "correction.removed")
        if self.corrected() == self.shown:
            raise ValueError("correction: it corrects nothing that was shown")
        return self

    def corrected(self) -> DealExpectation:
        """The labels of the note as the manager has them."""
        gone = (*self.correction.statements, *self.correction.removed)
        kept = [
            one
            for one in self.shown.statements
            if not any(one.start < other.end and other.start < one.end for other in gone)
        ]
        return DealExpectation(
            statements=tuple(sorted((*kept, *self.correction.statements), key=lambda one: one.start)),
            coverage={**self.shown.coverage, **self.correction.coverage},
            claim=self.correction.claim or self.shown.claim,
        )

    def case(self) -> DealCase:
        """The case that comes of it."""
        return DealCase(
            id=f"{SPLIT}-{self.review_id}",
            task="deal",
            split=SPLIT,
            tags=TAGS,
            cluster=self.input.deal.name[:200] if self.input.deal.name else None,
            source=f"a manager's correction of review {self.review_id}",
            input=self.input,
            expected=self.corrected(),
        )


def load_feedback(paths: Iterable[Path]) -> tuple[DealCase, ...]:
    """Make a case of every correction in the given files.

    Raises:
        InvalidInput: a file cannot be read, something in it is no feedback, a review is corrected twice, or there is
            nothing at all.
    """
    cases: dict[str, DealCase] = {}
    for path in paths:
        for where, raw in entries(path):
            try:
                case = Feedback.model_validate(raw).case()
            except ValidationError as error:
                raise InvalidInput(f"{where}: {first_problem(error, whole='the feedback')}") from None
            if case.id in cases:
                raise InvalidInput(f"{where}: the review of {case.id!r} is corrected twice; keep the last correction")
            cases[case.id] = case
    if not cases:
        raise InvalidInput("no feedback found; give .jsonl files that hold some")
    return tuple(cases.values())


def _labels_of(shown: dict[str, Any]) -> dict[str, Any]:
    """The labels alone of what was shown: a review says more of each than a case does."""
    statements, coverage, claim = (shown.get(name) for name in ("statements", "coverage", "claim"))
    if isinstance(statements, list):
        statements = [
            {name: value for name, value in one.items() if name in LABELS} if isinstance(one, dict) else one
            for one in statements
        ]
    if isinstance(coverage, dict):
        coverage = {
            name: one["status"] if isinstance(one, dict) and "status" in one else one for name, one in coverage.items()
        }
    if isinstance(claim, dict) and "verdict" in claim:
        claim = claim["verdict"]
    return {"statements": statements, "coverage": coverage, "claim": claim}
