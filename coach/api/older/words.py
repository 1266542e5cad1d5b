"""The words of a schema, apart from the schemas within it, as OpenAPI 3.0 has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_SAME = (
    "description",
    "type",
    "format",
    "enum",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "required",
    "deprecated",
)
"""What 3.0 says alike. A title is not among them: FastAPI makes it of the name, and the document has to be short;
nor is `readOnly`, which a field may not be in 2.0 that is always there."""
_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number"}
_LARGEST_INT32 = 2**31 - 1


def in_old_words(given: Mapping[str, Any]) -> dict[str, Any]:
    """What 3.0 has words for; it may say less than what is given, and nothing else."""
    said = {word: _number(given[word]) for word in _SAME if word in given}
    if "const" in given:
        said["enum"] = [given["const"]]
        said.setdefault("type", _TYPES.get(type(given["const"]), "object"))
    if given.get("default") is not None:
        said["default"] = given["default"]
    if given.get("examples"):
        said["example"] = given["examples"][0]
    for word, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if word in given:
            said |= {bound: _number(given[word]), word: True}
    if given.get("contentEncoding") == "base64":
        said["format"] = "byte"
    elif "contentMediaType" in given:
        said["format"] = "binary"
    if said.get("type") == "integer" and said.get("maximum", _LARGEST_INT32 + 1) > _LARGEST_INT32:
        # Where none is named, readers in Java and Apex take an integer for one of 32 bits.
        said.setdefault("format", "int64")
    return said


def _number(value: Any) -> Any:  # noqa: ANN401  any word's value
    """A bound of an integer that was written as 5.0 is 5."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
