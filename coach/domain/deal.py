"""A deal and the note written about it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from coach.domain.base import Frozen


class Deal(Frozen):
    """What the CRM says of a deal; every field may be unknown, and none is guessed."""

    name: str | None = Field(default=None, max_length=300)
    amount: str | None = Field(default=None, max_length=100)
    """As the source has it, currency included: `EUR 60k`."""
    stage: str | None = Field(default=None, max_length=100)
    close_date: date | None = None
    """The date the rep says it closes by."""


class DealNote(Frozen):
    """A note about a deal, unchanged, and the day it was written."""

    deal: Deal = Deal()
    written_on: date
    note: str
    people: tuple[Annotated[str, Field(max_length=200)], ...] = Field(
        default=(), max_length=100, exclude_if=lambda people: not people
    )
    """Who is in the deal, by name: a model of another company is shown the note without their names."""
