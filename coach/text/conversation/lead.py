"""Tells who of the speakers is the manager."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from coach.text.conversation.turn import Turn, speakers


class Manager(NamedTuple):
    """The speaker who is the manager."""

    speaker: str
    how: str
    """How it was found: `named`, `by elimination`, `by label`, `by heading`, `by what they say`."""


def find_manager(
    found: Sequence[Turn], text: str, *, manager: str | None = None, rep: str | None = None
) -> Manager | None:
    """The speaker who is the manager, or None where that is not clear or the named one does not speak."""
    names = speakers(found)
    if manager:
        return next((Manager(name, "named") for name in names if manager.casefold() in name.casefold()), None)
    if rep:
        others = [name for name in names if rep.casefold() not in name.casefold()]
        return Manager(others[0], "by elimination") if len(others) == 1 else None
    return None
