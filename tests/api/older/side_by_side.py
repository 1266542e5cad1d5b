"""Compares a schema of the 3.1 document with what an older document has in its place, by what a value may be."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
SAME = ("minLength", "maxLength", "minItems", "maxItems", "maxProperties", "pattern")
EXCLUSIVE = {"minimum": "exclusiveMinimum", "maximum": "exclusiveMaximum"}


def differences(newest: Any, described: Any, new: Any, old: Any, where: str, seen: set[tuple[str, str]]) -> list[str]:
    """What an older schema says otherwise, in words; `seen` holds the pairs of references that were compared before.

    An older schema may be of anything where the new one is a union, or says nothing itself.
    """
    references = (new.get("$ref", ""), old.get("$ref", "")) if isinstance(new, dict) else ("", "")
    if all(references):
        if references in seen:
            return []
        seen.add(references)
    kinds, takes_null = alternatives(newest, new)
    old = resolved(described, old)
    if len(kinds) != 1 or not set(kinds[0]) - {"title", "description"}:
        bare = set(old) - {"description", "nullable", "x-nullable", "x-ms-summary", "type", "additionalProperties"}
        return [f"{where}: {sorted(bare)} said of anything"] if bare or old.get("type", "object") != "object" else []
    return _compared(newest, described, kinds[0], old, where, seen, takes_null=takes_null)


def _compared(
    newest: Any, described: Any, new: Schema, old: Schema, where: str, seen: set[tuple[str, str]], *, takes_null: bool
) -> list[str]:
    found: list[str] = []

    def same(what: str, expected: Any, given: Any) -> None:
        if expected != given:
            found.append(f"{where}: {what} is {given}, and was {expected}")

    same("type", new.get("type", "string"), old.get("type"))
    same("null", takes_null, old.get("nullable", old.get("x-nullable", False)))
    values = [new["const"]] if "const" in new else new.get("enum")
    same("enum", values, None if old.get("enum") is None else [one for one in old["enum"] if one is not None])
    if "openapi" in described and "enum" in old:
        same("null among the values", takes_null, None in old["enum"])
    for word in SAME:
        same(word, new.get(word), old.get(word))
    for bound, exclusive in EXCLUSIVE.items():
        same(bound, new.get(bound, new.get(exclusive)), old.get(bound))
        same(exclusive, exclusive in new, old.get(exclusive, False))
    same("required", new.get("required", []), old.get("required", []) if old["type"] == "object" else [])
    same("fields", list(new.get("properties", {})), list(old.get("properties", {})))
    for name, one in new.get("properties", {}).items():
        inner = old["properties"][name]
        found += differences(newest, described, one, inner, f"{where} {name}", seen)
    if "items" in new or "prefixItems" in new:
        of_each = new.get("items") or new["prefixItems"][0]
        found += differences(newest, described, of_each, old["items"], f"{where} []", seen)
    further = new.get("additionalProperties", *new.get("patternProperties", {True: None}).values())
    if isinstance(further, dict):
        found += differences(newest, described, further, old["additionalProperties"], f"{where} *", seen)
    return found


def alternatives(document: Any, schema: Any) -> tuple[list[Schema], bool]:
    """The kinds of value that a 3.1 schema allows, with references followed, and whether null is one."""
    schema = resolved(document, schema)
    kinds = [resolved(document, one) for one in schema.get("anyOf", [schema])]
    return [one for one in kinds if one.get("type") != "null"], any(one.get("type") == "null" for one in kinds)


def resolved(document: Any, schema: Any) -> Schema:
    """What a schema refers to, or itself."""
    while "$ref" in schema:
        at = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            at = at[part]
        schema = at
    found: Schema = schema
    return found
