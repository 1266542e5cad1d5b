"""A mapping file: what the columns of a source are, and what its values mean, said by the user.

Rule: it decides what a source leaves open, and nothing is taken for granted beside it.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field, ValidationError, field_validator

from coach.domain.base import Frozen, first_problem
from coach.errors import InvalidInput, TooLarge
from coach.pipeline.rows.dictionary import dictionary
from coach.pipeline.rows.fields import Field as Column
from coach.pipeline.rows.fields import PersonField
from coach.rubrics.strict_yaml import parse

_MOST_BYTES = 64 * 1024
_DEEPEST = 4
_FIELDS = frozenset({*Column, *PersonField})
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_LIKE_A_FIELD = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
"""What a field's name looks like; anything else may be a text, and is not given back."""
_Header = Annotated[str, Field(min_length=1, max_length=300)]
_Stage = Annotated[str, Field(min_length=1, max_length=200)]


class Mapping(Frozen):
    """What a user says of a source."""

    crm: str = Field(min_length=1, max_length=50)
    """`hubspot`, `salesforce`, `pipedrive`, `dynamics`, whose columns are known, or another name."""
    columns: dict[str, _Header] = Field(default_factory=dict)
    """Our field, and the header of the column that says it; of JSON, the key, with dots where it is nested. A header
    may stand for two fields, as one column of close dates often has the days of closing, too."""
    date_order: Literal["day_first", "month_first", "year_first"] | None = None
    decimal: Literal["point", "comma"] | None = None
    currency: str | None = None
    """ISO 4217 code of amounts that name none."""
    stages: tuple[_Stage, ...] = ()
    """In order, the first one first."""
    won: tuple[_Stage, ...] = ()
    """Stages, or words of the state column, that mean won."""
    lost: tuple[_Stage, ...] = ()
    probability: Literal["percent", "fraction"] | None = None

    @field_validator("crm")
    @classmethod
    def _is_name(cls, crm: str) -> str:
        if not _NAME.fullmatch(crm):
            raise ValueError("a name in small letters, digits, - and _")
        if crm == "note":
            raise ValueError("`note` is taken: deals known from notes alone have it")
        return crm

    @field_validator("columns")
    @classmethod
    def _are_fields(cls, columns: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(columns.keys() - _FIELDS):
            named = _LIKE_A_FIELD.fullmatch(unknown[0])
            wrong = f"no field is called {unknown[0]!r}" if named else "one of the names is no field's"
            raise ValueError(f"{wrong}; there are {', '.join(sorted(_FIELDS))}")
        return columns

    @field_validator("currency")
    @classmethod
    def _is_currency(cls, currency: str | None) -> str | None:
        if currency is not None and currency not in dictionary().currencies:
            raise ValueError("not a currency code of ISO 4217, such as EUR")
        return currency


def read_mapping(raw: bytes, name: str) -> Mapping:
    """Read a mapping file.

    Args:
        raw: YAML, of which JSON is a part.
        name: What to call it in messages.

    Raises:
        TooLarge: more than 64 KiB.
        InvalidInput: not YAML, or not a mapping; the message says where.
    """
    if len(raw) > _MOST_BYTES:
        raise TooLarge(f"{name}: a mapping has at most {_MOST_BYTES} bytes, and this has {len(raw)}")
    try:
        _check_depth(raw.decode("utf-8"), name)
        content: Any = parse(raw)
    except UnicodeDecodeError:
        raise InvalidInput(f"{name} is not UTF-8; save it as UTF-8 again") from None
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f": line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise InvalidInput(f"{name} is not valid YAML{where}") from None
    if not isinstance(content, dict):
        raise InvalidInput(f"{name} must say crm, columns and so on, each on a line of its own")
    try:
        return Mapping.model_validate(content)
    except ValidationError as error:
        raise InvalidInput(f"{name}: {first_problem(error)}") from None


def _check_depth(text: str, name: str) -> None:
    """Refuse what is nested deeply, which can end the process in the parser."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST or isinstance(event, yaml.AliasEvent):
            raise InvalidInput(f"{name} is nested too deeply, or has a value that begins with *; put it in quotes")
