"""A turn of a conversation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Turn(NamedTuple):
    """What one speaker says in a row: `text[start:end]`, without name, time and space around it.

    A turn may span lines. Offsets are code points.
    """

    speaker: str | None
    """The name or label as the text has it, in its fullest form; None where nobody is named, and for asides."""
    start: int
    end: int


def speakers(found: Sequence[Turn]) -> tuple[str, ...]:
    """Who speaks, in order of appearance."""
    return tuple(dict.fromkeys(turn.speaker for turn in found if turn.speaker is not None))
