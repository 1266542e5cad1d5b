"""What a rep and a manager agreed in a 1-on-1, and whether it was kept: codebook, section 6, part 5."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from coach.domain.base import Frozen

Words = Annotated[str, Field(max_length=2000)]


class Owner(StrEnum):
    """Who is to do it."""

    REP = "rep"
    MANAGER = "manager"


class Kept(StrEnum):
    """How an agreed step stands."""

    OPEN = "open"
    KEPT = "kept"
    NOT_KEPT = "not_kept"
    DROPPED = "dropped"
    """Both no longer want it."""


class Step(Frozen):
    """A next step that both agreed on."""

    what: Words = Field(min_length=1)
    owner: Owner
    due_on: date
    deal: Annotated[str, Field(max_length=300)] | None = None
    agreed_by_rep: bool = True
    agreed_by_manager: bool = True

    @field_validator("what")
    @classmethod
    def _says_something(cls, what: str) -> str:
        if not what.strip():
            raise ValueError("says nothing of what is to be done")
        return what


class Change(Frozen):
    """What has become of a step; None leaves a thing as it is."""

    kept: Kept | None = None
    proof: Words | None = None
    """What shows it: the customer's act, a link, words. A step that was kept needs one."""
    agreed_by_rep: bool | None = None
    agreed_by_manager: bool | None = None

    @model_validator(mode="after")
    def _proved(self) -> Self:
        if self.kept is Kept.KEPT and not (self.proof or "").strip():
            raise ValueError("a step that was kept needs a proof: what shows it")
        return self

    def values(self, today: date) -> dict[str, object]:
        """What is to be changed in a commitment; with the state, its proof and the day that settled it."""
        values: dict[str, object] = dict(self.model_dump(exclude_none=True))
        if not (self.proof or "").strip():
            # A proof is not taken away by itself: it goes with what became of the step.
            values.pop("proof", None)
        if self.kept is not None:
            proof = self.proof if (self.proof or "").strip() else None
            values |= {"proof": proof, "settled_on": None if self.kept is Kept.OPEN else today}
        return values


class Commitment(Frozen):
    """A next step with an owner and a day."""

    id: int
    rep: str
    deal: str | None = None
    """The deal's name, where it is about one."""
    what: str
    owner: Owner
    due_on: date
    agreed_on: date
    """The day of the 1-on-1 it comes from."""
    agreed_by_rep: bool = False
    agreed_by_manager: bool = False
    kept: Kept = Kept.OPEN
    proof: str | None = None
    """What shows that it was kept: words, a link, the customer's act."""
    settled_on: date | None = None
