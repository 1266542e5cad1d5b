"""The base of every domain type: frozen, strict about unknown fields; and what to say of one that is refused."""

import re
from collections.abc import Iterable
from typing import TypeVar, cast, dataclass_transform

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.dataclasses import dataclass

_Value = TypeVar("_Value")
_Model = TypeVar("_Model", bound=BaseModel)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.()-]{0,59}")
_WORDING = {"unexpected_keyword_argument": "Extra inputs are not permitted"}
"""What is said of a model where pydantic has other words for a dataclass."""


class Frozen(BaseModel):
    """An immutable value; an unknown field is an error, not a silent loss."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def frozen_slots(cls: type[_Value]) -> type[_Value]:
    """Make a validated dataclass with slots, as strict as `Frozen`: for values that come by the ten thousand.

    A note has some fifteen spans, its prediction as many again, and a set of cases has thousands of notes. Each model
    carries a dictionary, and a set of the fields it was given; with slots a span takes far less memory, and is made
    faster. `dataclasses.replace`, `dataclasses.fields` and a `TypeAdapter` do what a model's methods do. Bounds stand
    in `Annotated`: a default that is a `Field` would let the field be given by place.
    """
    config = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=True, defer_build=True)
    return cast("type[_Value]", dataclass(frozen=True, slots=True, kw_only=True, config=config)(cls))


def readable(kind: type[_Model], content: str | None) -> _Model | None:
    """A document that was kept as JSON; None where there is none, or another version of Coach wrote it otherwise."""
    try:
        return None if content is None else kind.model_validate_json(content)
    except ValidationError:
        return None


def every_readable(kind: type[_Model], contents: Iterable[str]) -> tuple[_Model, ...]:
    """Those of some documents that can be read, in their order."""
    return tuple(one for content in contents if (one := readable(kind, content)) is not None)


def first_problem(error: ValidationError, *, whole: str = "the top", skip: int = 0) -> str:
    """Say where and what the first problem is, such as `at input.note: Field required`; never what stands there.

    Args:
        error: What validation found.
        whole: What to call the value itself.
        skip: How many leading parts of the place to leave out, such as the tag that chose a type.
    """
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    # A key that is no name may be anything that somebody wrote.
    parts = (
        str(part) if isinstance(part, int) or _NAME.fullmatch(part) else "(unnamed)" for part in first["loc"][skip:]
    )
    at = ".".join(parts) or whole
    said = _WORDING.get(first["type"], first["msg"])
    return f"at {at}: {said.removeprefix('Value error, ')}"
