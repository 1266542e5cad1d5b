"""A schema of OpenAPI 3.1 in the words of 3.0, without unions: what fits the one fits the other.

Null is no type in 3.0: a schema that takes it says `nullable`, and a reference, beside which nothing else counts
there, points to a twin of the schema that does (`UsageOrNull`). A union of other kinds is said to be anything, and its
kinds are named in its description. Conditions (`if`, `propertyNames`, …) have no word in 3.0 and are left out; the
service checks what it is sent all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from coach.api.older.names import OR_NULL, plain_names
from coach.api.older.words import in_old_words

Schema = dict[str, Any]
REF = "#/components/schemas/"
_NULL = {"type": "null"}
_TELLS_NOTHING = {"title", "description"}


class OlderSchemas:
    """Says the schemas of a 3.1 document in 3.0."""

    def __init__(self, schemas: Mapping[str, Schema]) -> None:
        self._schemas = schemas
        self._names = plain_names(schemas)

    @cached_property
    def named(self) -> dict[str, Schema]:
        """Every named schema, and beside it its twin that takes null."""
        found = {}
        for name, plain in self._names.items():
            found[plain] = self.schema(self._schemas[name])
            found[f"{plain}{OR_NULL}"] = _with_null(found[plain])
        return found

    def schema(self, given: Mapping[str, Any] | bool) -> Schema:  # noqa: FBT001  true and false are schemas
        """Say one schema in 3.0.

        Args:
            given: Of 3.1, which may refer to the document's named ones.
        """
        if isinstance(given, bool):
            return {}
        kinds, takes_null = _kinds(given)
        if len(kinds) > 1:
            return self._anything(given, kinds, takes_null=takes_null)
        if kinds:
            beside = {key: value for key, value in given.items() if key not in {"anyOf", "oneOf", "type"}}
            given = {**kinds[0], **beside}
        if "$ref" in given:
            return self._reference(given["$ref"], takes_null=takes_null)
        said = self._parts(given) | in_old_words(given)
        return _with_null(said) if takes_null else said

    def _reference(self, reference: str, *, takes_null: bool) -> Schema:
        name = reference.removeprefix(REF)
        if self._schemas[name].keys() <= _TELLS_NOTHING:
            return {}
        return {"$ref": f"{REF}{self._names[name]}{OR_NULL if takes_null else ''}"}

    def _parts(self, given: Mapping[str, Any]) -> Schema:
        """What a schema has other schemas in."""
        said: Schema = {}
        if "properties" in given:
            said["properties"] = {name: self.schema(one) for name, one in given["properties"].items()}
        if "prefixItems" in given or "items" in given:
            said["items"] = _the_one([self.schema(one) for one in _items(given)])
        rest = [*given.get("patternProperties", {}).values()]
        if "additionalProperties" in given:
            rest.append(given["additionalProperties"])
        if rest == [False]:
            said["additionalProperties"] = False
        elif rest:
            said["additionalProperties"] = _the_one([self.schema(one) for one in rest if one is not False])
        if "allOf" in given:
            said["allOf"] = [self.schema(one) for one in given["allOf"]]
        return said

    def _anything(self, given: Mapping[str, Any], kinds: list[Schema], *, takes_null: bool) -> Schema:
        """A union: an object of any fields where each of its kinds is one, else anything at all."""
        names = [self._called(kind) for kind in kinds] + ["null"] * takes_null
        told = f"{', '.join(names[:-1])} or {names[-1]}."
        said: Schema = {"description": " ".join(filter(None, (given.get("description"), told)))}
        if all(self._resolved(kind).get("type") == "object" for kind in kinds):
            said |= {"type": "object", "additionalProperties": True}
            return _with_null(said) if takes_null else said
        return said

    def _called(self, kind: Mapping[str, Any]) -> str:
        if "$ref" in kind:
            return self._names[kind["$ref"].removeprefix(REF)]
        return str(kind.get("type", "anything"))

    def _resolved(self, kind: Schema) -> Schema:
        return self._schemas[kind["$ref"].removeprefix(REF)] if "$ref" in kind else kind


def _kinds(given: Mapping[str, Any]) -> tuple[list[Schema], bool]:
    """What a value may be, null apart, and whether it may be null; no kinds where the schema is no union."""
    types = given.get("type")
    if isinstance(types, list):
        kinds: list[Schema] = [{"type": one} for one in types]
    else:
        kinds = [*given.get("anyOf", ()), *given.get("oneOf", ())]
    return [one for one in kinds if one != _NULL], _NULL in kinds


def _items(given: Mapping[str, Any]) -> list[Any]:
    items = given.get("items")
    return [*given.get("prefixItems", ()), *([] if items is None or items is False else [items])] or [{}]


def _the_one(said: list[Schema]) -> Schema:
    """The schema that all of them are; anything where they differ."""
    return said[0] if all(one == said[0] for one in said) else {}


def _with_null(said: Schema) -> Schema:
    if "type" not in said:
        # It takes anything, null included.
        return said
    values = {"enum": [*said["enum"], None]} if "enum" in said else {}
    return {**said, **values, "nullable": True}
