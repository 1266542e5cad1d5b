"""The base of every domain type: frozen, strict about unknown fields; and what to say of one that is refused."""

from pydantic import BaseModel, ConfigDict, ValidationError


class Frozen(BaseModel):
    """An immutable value; an unknown field is an error, not a silent loss."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


def first_problem(error: ValidationError, *, whole: str = "the top", skip: int = 0) -> str:
    """Say where and what the first problem is, such as `at input.note: Field required`; never what stands there.

    Args:
        error: What validation found.
        whole: What to call the value itself.
        skip: How many leading parts of the place to leave out, such as the tag that chose a type.
    """
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    at = ".".join(str(part) for part in first["loc"][skip:]) or whole
    return f"at {at}: {first['msg'].removeprefix('Value error, ')}"
