"""What a model answers to a conversation: the manager's moves, what a leader would have asked, and what it suspects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import ValidationError

from coach.domain import Move
from coach.engines.llm.form import TIDY, WHOLE, Form, Wire, Wrong, read_as


class MoveEntry(Wire):
    """A move: its words, copied from the conversation."""

    quote: str
    move: Annotated[Move, TIDY]


class RewriteEntry(Wire):
    """What a leader would have asked instead."""

    quote: str
    instead: Annotated[str, WHOLE]


class _Whole(Wire):
    """For the schema alone."""

    moves: list[MoveEntry]
    rewrites: list[RewriteEntry]
    suspected: list[str]


def _entry(content: dict[str, Any]) -> MoveEntry | Wrong:
    return read_as(MoveEntry.model_validate, content)


FORM: Form[MoveEntry] = Form("moves", _entry, _Whole)
"""The form of an answer to a conversation."""


def rewrites_of(besides: Mapping[str, Any]) -> Iterator[RewriteEntry]:
    """What a leader would have asked, as far as it can be read."""
    content = besides.get("rewrites")
    for one in content if isinstance(content, list) else ():
        try:
            yield RewriteEntry.model_validate(one)
        except ValidationError:
            continue
