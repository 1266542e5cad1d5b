"""Which named schemas a document has a use for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from coach.api.older.schemas import REF


def used(paths: Mapping[str, Any], components: Mapping[str, Any]) -> dict[str, Any]:
    """The named schemas that something refers to, by way of others too."""
    found: set[str] = set()
    waiting = list(_references(paths))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _references(components[name])
    return {name: schema for name, schema in components.items() if name in found}


def _references(said: Any) -> Iterator[str]:  # noqa: ANN401  any part of a document
    if isinstance(said, dict):
        if isinstance(said.get("$ref"), str):
            yield said["$ref"].removeprefix(REF)
        for one in said.values():
            yield from _references(one)
    elif isinstance(said, list):
        for one in said:
            yield from _references(one)
