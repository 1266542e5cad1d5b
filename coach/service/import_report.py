"""What an import took in and what it did not: `coach.import_report/1` and `coach.people_report/1`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from coach.domain.base import Frozen

if TYPE_CHECKING:
    from coach.pipeline.rows import Problem

MOST_PROBLEMS = 200
"""Problems that are told in full; of the rest, there are counts."""


class RowProblem(Frozen):
    """Something in a row that could not be taken as it stands."""

    row: int | None = None
    """As a spreadsheet counts, the header being row 1; records of JSON count from 1. None where it is the file's."""
    column: str | None = None
    """The header, as the file has it."""
    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    message: str
    value: str | None = None
    """What stands there, cut to 40 characters."""
    kept: bool
    """Whether the row went in, without that value; False where it was left out."""


class _Report(Frozen):
    source: str
    """The file's name."""
    sha256: str
    read: int = Field(ge=0)
    """Rows that hold anything, without the header."""
    kept: int = Field(ge=0)
    left_out: int = Field(ge=0)
    """For a reason that `problems` tells."""
    counts: Mapping[str, int]
    """How many problems there are of each code, the most first."""
    problems: tuple[RowProblem, ...] = ()
    """The first of them in full."""
    problems_left_out: int = Field(default=0, ge=0)
    """How many more there are."""
    columns: Mapping[str, str]
    """Which column was taken for which field."""


class ImportReport(_Report):
    """What became of an export."""

    schema_: Literal["coach.import_report/1"] = Field(default="coach.import_report/1", alias="schema")
    crm: str
    as_of: date
    deleted: int = Field(default=0, ge=0)
    """Rows of deals that the CRM has thrown away: not taken, and no problem."""
    new_reps: tuple[str, ...] = ()
    """Owners of deals who were not known before."""
    missing: tuple[str, ...] = ()
    """What the source does not have."""


class PeopleReport(_Report):
    """What became of a roster."""

    schema_: Literal["coach.people_report/1"] = Field(default="coach.people_report/1", alias="schema")
    reps: int = Field(ge=0)
    """Different people."""
    quotas: int = Field(ge=0)


class Problems:
    """Problems as they come: all counted, the first kept in full."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self._counts: Counter[str] = Counter()
        self._first: list[Problem] = []
        self.add(problems)

    def add(self, problems: Iterable[Problem]) -> None:
        """Take some in."""
        for one in problems:
            self._counts[one.code.value] += 1
            if len(self._first) < MOST_PROBLEMS:
                self._first.append(one)

    @property
    def counts(self) -> dict[str, int]:
        """By code, the most first."""
        return dict(self._counts.most_common())

    @property
    def first(self) -> tuple[RowProblem, ...]:
        """Those that are told in full."""
        return tuple(RowProblem(**one._asdict()) for one in self._first)

    @property
    def left_out(self) -> int:
        """Those that are not."""
        return self._counts.total() - len(self._first)
