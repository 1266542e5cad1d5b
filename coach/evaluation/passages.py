"""Passages that speak to whoever reads a note, and passages that only look so: what trains the register."""

from __future__ import annotations

from pydantic import Field

from coach.domain.base import Frozen


class Passage(Frozen):
    """One line of `evals/passages/training.jsonl`."""

    id: str
    family: str
    """The way in which it tries to steer; `benign` where it does not."""
    benign: bool
    lang: str
    text: str = Field(min_length=1)
