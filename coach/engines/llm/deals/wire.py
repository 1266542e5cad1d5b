"""What a model answers to a deal note: statements, how far each question is answered, and what it suspects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import ValidationError

from coach.domain import Direction, Kind, Question, Status
from coach.engines.llm.form import TIDY, Form, Wire, Wrong, clean_name, read_as


class BuyerEntry(Wire):
    """A statement of the customer's side."""

    quote: str
    """Its words, copied from the note."""
    kind: Annotated[Literal[Kind.BUYER_ACTION, Kind.BUYER_COMMITMENT, Kind.BUYER_STATEMENT], TIDY]
    verifiable: bool
    direction: Annotated[Direction, TIDY]
    informs: Annotated[Question, TIDY]


class SellerEntry(Wire):
    """A statement of our side."""

    quote: str
    kind: Annotated[Literal[Kind.SELLER_ACTION, Kind.SELLER_OPINION], TIDY]


Entry = BuyerEntry | SellerEntry


class _Coverage(Wire):
    problem: Annotated[Status, TIDY]
    criteria: Annotated[Status, TIDY]
    action: Annotated[Status, TIDY]
    process: Annotated[Status, TIDY]


class _Whole(Wire):
    """For the schema alone."""

    statements: list[Entry]
    coverage: _Coverage
    suspected: list[str]


def coverage_of(besides: Mapping[str, Any]) -> dict[Question, Status] | None:
    """How far the model thinks each question is answered; None where it does not say, or not in these words."""
    try:
        coverage = _Coverage.model_validate(besides.get("coverage"))
    except ValidationError:
        return None
    return {question: getattr(coverage, question.value) for question in Question}


def _entry(content: dict[str, Any]) -> Entry | Wrong:
    kind = clean_name(content.get("kind"))
    shape = _KINDS.get(kind) if isinstance(kind, str) else None
    if shape is None:
        return Wrong(content, f"kind is not one of {', '.join(_KINDS)}")
    validate: Callable[[object], Entry] = shape.model_validate
    return read_as(validate, content)


_KINDS: dict[str, type[BuyerEntry] | type[SellerEntry]] = {
    kind.value: BuyerEntry if kind.value.startswith("buyer") else SellerEntry for kind in Kind
}
FORM: Form[Entry] = Form("statements", _entry, _Whole)
"""The form of an answer to a deal note."""
