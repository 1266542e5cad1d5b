"""Quotes of a case and where they stand; an annotator may leave the offsets to us where a quote comes only once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from coach.domain.base import frozen_slots


@frozen_slots
class Quoted:
    """A stretch of a text, proved by its words."""

    quote: Annotated[str, Field(min_length=1)]
    """The text's own words, verbatim."""
    start: Annotated[int, Field(ge=0)]
    """First code point; may be left out of a case file where the quote comes only once in the text."""
    end: Annotated[int, Field(gt=0)]
    """Code point after the last; may be left out with `start`."""


def locate(fields: Any, text_field: str, list_field: str, within: str = "expected") -> Any:  # noqa: ANN401  raw fields
    """Fill in the offsets of quotes that have none.

    Args:
        fields: A case as it was read; anything that is not a whole case passes through, for validation to name.
        text_field: The text's place in `input`.
        list_field: The quotes' place in `within`.
        within: Where the quotes are.

    Raises:
        ValueError: a quote without offsets is not in the text, or is there more than once.
    """
    if not isinstance(fields, dict):
        return fields
    text = _get(fields.get("input"), text_field)
    quoted = _get(fields.get(within), list_field)
    if not isinstance(text, str) or not isinstance(quoted, list | tuple) or all(_placed(one) for one in quoted):
        return fields
    found = [one if _placed(one) else _place(one, text, f"{within}.{list_field}.{i}") for i, one in enumerate(quoted)]
    return {**fields, within: {**fields[within], list_field: found}}


def prove(text: str, quoted: Sequence[Quoted], where: str) -> None:
    """Check that every quote is at its offsets.

    Raises:
        ValueError: one is not; the message names it by its place.
    """
    for place, one in enumerate(quoted):
        if text[one.start : one.end] != one.quote:
            raise ValueError(f"{where}.{place}: the quote is not at {one.start} to {one.end} of the text")


def _placed(one: Any) -> bool:  # noqa: ANN401  raw fields of any shape
    return not isinstance(one, dict) or not isinstance(one.get("quote"), str) or "start" in one or "end" in one


def _place(one: dict[str, Any], text: str, where: str) -> dict[str, Any]:
    quote: str = one["quote"]
    times = text.count(quote) if quote else 0
    if times != 1:
        raise ValueError(
            f"{where}: the quote comes {times} times in the text, word for word; "
            + ("give its start and end" if times else "copy it from the text")
        )
    start = text.index(quote)
    return {**one, "start": start, "end": start + len(quote)}


def _get(fields: Any, name: str) -> Any:  # noqa: ANN401  raw fields of any shape
    return fields.get(name) if isinstance(fields, dict) else None
