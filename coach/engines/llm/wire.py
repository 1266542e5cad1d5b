"""What a model answers, and how its text is read: apart from the domain types, and forgiving where no harm is done.

Prose around the JSON, a fence, an answer that breaks off: what is whole is taken. An entry that is wrong is set aside
with what is wrong with it, and the others stand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, TypeAdapter, ValidationError

from coach.domain import Direction, Kind, Question, Status
from coach.domain.base import first_problem

_MOST_TRIED = 20
"""Opening braces that may be the answer's; prose has few."""


def _clean_name(value: object) -> object:
    """A name as the schema spells it, where only case, blanks or hyphens differ: `Buyer action`."""
    return value.strip().lower().replace(" ", "_").replace("-", "_") if isinstance(value, str) else value


_TIDY = BeforeValidator(_clean_name)


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class BuyerEntry(_Wire):
    """A statement of the customer's side."""

    quote: str
    """Its words, copied from the note."""
    kind: Annotated[Literal[Kind.BUYER_ACTION, Kind.BUYER_COMMITMENT, Kind.BUYER_STATEMENT], _TIDY]
    verifiable: bool
    direction: Annotated[Direction, _TIDY]
    informs: Annotated[Question, _TIDY]


class SellerEntry(_Wire):
    """A statement of our side."""

    quote: str
    kind: Annotated[Literal[Kind.SELLER_ACTION, Kind.SELLER_OPINION], _TIDY]


Entry = BuyerEntry | SellerEntry


class Wrong(NamedTuple):
    """An entry that cannot be used."""

    entry: dict[str, Any]
    why: str


class Answer(NamedTuple):
    """What of a model's text can be read."""

    entries: tuple[Entry, ...]
    wrong: tuple[Wrong, ...]
    suspected: tuple[str, ...]
    """Words of the note that the model takes for an attempt to steer it."""
    coverage: dict[Question, Status] | None
    """How far the model thinks each question is answered; None where it does not say, or not in these words."""
    broken_off: bool
    """The text ends before the answer does."""


class _Coverage(_Wire):
    problem: Annotated[Status, _TIDY]
    criteria: Annotated[Status, _TIDY]
    action: Annotated[Status, _TIDY]
    process: Annotated[Status, _TIDY]


class _Whole(_Wire):
    """For the schema alone."""

    statements: list[Entry]
    coverage: _Coverage
    suspected: list[str]


_KINDS: dict[str, type[BuyerEntry] | type[SellerEntry]] = {
    kind.value: BuyerEntry if kind.value.startswith("buyer") else SellerEntry for kind in Kind
}
_ENTRIES: dict[type, TypeAdapter[Any]] = {one: TypeAdapter(one) for one in (BuyerEntry, SellerEntry)}
_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()


@cache
def answer_schema() -> dict[str, Any]:
    """The answer's JSON schema in the subset that strict modes take: nothing optional, nothing additional."""
    schema = _Whole.model_json_schema()
    _strict(schema)
    return schema


def read_answer(text: str) -> Answer | None:
    """Read a model's text; None where no object with statements is in it.

    One that is whole is preferred to one that breaks off: prose may quote the form before it fills it.
    """
    broken_off = None
    for start in _objects(text):
        found = _decoded(text, start)
        if found is not None and not found.broken_off:
            return found
        broken_off = broken_off or found
    return broken_off


def _objects(text: str) -> Iterator[int]:
    place = text.find("{")
    for _ in range(_MOST_TRIED):
        if place >= 0:
            yield place
            place = text.find("{", place + 1)


def _decoded(text: str, start: int) -> Answer | None:
    whole = True
    content: object
    try:
        content, _ = _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        content, whole = _broken_off(text, start), False
    if not isinstance(content, dict) or not isinstance(statements := content.get("statements"), list):
        return None
    suspected = content.get("suspected")
    read = [_entry(one) for one in statements]
    entries = [one for one in read if not isinstance(one, Wrong)]
    wrong = [one for one in read if isinstance(one, Wrong)]
    named = tuple(one for one in suspected if isinstance(one, str)) if isinstance(suspected, list) else ()
    return Answer(tuple(entries), tuple(wrong), named, _coverage(content.get("coverage")), broken_off=not whole)


def _coverage(content: object) -> dict[Question, Status] | None:
    try:
        coverage = _Coverage.model_validate(content)
    except ValidationError:
        return None
    return {question: getattr(coverage, question.value) for question in Question}


def _broken_off(text: str, start: int) -> object:
    """The whole entries of an object that breaks off."""
    key = text.find('"statements"', start)
    opened = text.find("[", key)
    if key < 0 or opened < 0 or text[start + 1 : key].strip():
        return None
    entries: list[object] = []
    place = opened + 1
    while True:
        try:
            entry, place = _DECODER.raw_decode(text, _BETWEEN.match(text, place).end())  # type: ignore[union-attr]
        except (ValueError, RecursionError):
            return {"statements": entries}
        entries.append(entry)


def _entry(content: object) -> Entry | Wrong:
    if not isinstance(content, dict):
        return Wrong({}, "expected an object")
    kind = _clean_name(content.get("kind"))
    shape = _KINDS.get(kind) if isinstance(kind, str) else None
    if shape is None:
        return Wrong(content, f"kind is not one of {', '.join(_KINDS)}")
    try:
        entry: Entry = _ENTRIES[shape].validate_python(content)
    except ValidationError as error:
        return Wrong(content, first_problem(error))
    return entry


def _strict(schema: object) -> None:
    if isinstance(schema, list):
        for part in schema:
            _strict(part)
    elif isinstance(schema, dict):
        schema.pop("title", None)
        schema.pop("description", None)
        if schema.get("type") == "object":
            schema["additionalProperties"] = False
            schema["required"] = list(schema["properties"])
        for part in schema.values():
            _strict(part)
