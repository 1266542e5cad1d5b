"""The `${slots}` that a question or a focus may have, and how they are filled."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from string import Template

ALWAYS = frozenset({"deal", "them"})
"""Slots that can be filled in every deal."""
KNOWN = ALWAYS | {"who", "close_date", "days_left", "date", "since"}
"""All slots there are."""


@lru_cache(maxsize=1024)
def slots(text: str) -> frozenset[str]:
    """Names of the slots in a text."""
    return frozenset(Template(text).get_identifiers())


def is_well_formed(text: str) -> bool:
    """Whether every `$` of a text begins a slot."""
    return Template(text).is_valid()


def fill(text: str, values: Mapping[str, str]) -> str | None:
    """Fill a text's slots, with a capital at its start; None where a value is missing."""
    if not slots(text) <= values.keys():
        return None
    filled = Template(text).substitute(values)
    return filled[:1].upper() + filled[1:]
