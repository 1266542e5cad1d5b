"""Sentences that show what the moves of the codebook are; `examples.txt` has them. For training alone."""

from __future__ import annotations

from importlib.resources import files
from typing import NamedTuple

from coach.domain import Move


class Example(NamedTuple):
    """A sentence without context."""

    move: Move | None
    """None where it has no move."""
    text: str


def examples() -> tuple[Example, ...]:
    """All examples, in the order of the file."""
    found = []
    move: Move | None = None
    for line in files(__package__).joinpath("examples.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            found.append(Example(move, line.strip()))
        elif line and not line.startswith("#"):
            move = None if line == "none" else Move(line)
    return tuple(found)
