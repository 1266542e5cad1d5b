"""A run of the evaluation, as whoever has to rely on its figures reads it: what was measured, how, and how surely."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from coach.domain.base import Frozen
from coach.domain.measured import Count, Metric, Spending

Name = Annotated[str, Field(max_length=200)]
Made = Annotated[
    dict[Name, Annotated[str, Field(max_length=500)] | Annotated[int, Field(ge=-(2**53), le=2**53)]],
    Field(max_length=100),
]
"""How a run was made: engine, model, rubrics and prompts with their versions, hashes."""
Metrics = Annotated[dict[Name, Metric], Field(max_length=500)]


class Fault(StrEnum):
    """Why there is nothing to show of a run."""

    UNFINISHED = "unfinished"
    """It was begun, and its report is not written yet."""
    UNREADABLE = "unreadable"
    """Its report cannot be opened: it is a link, no file, or forbidden."""
    TOO_LARGE = "too_large"
    FOREIGN = "foreign"
    """What is there is no report of a run that this version reads."""


class EvalRun(Frozen):
    """A run in short; what is not known where it has a fault is null."""

    name: str
    """Of its folder."""
    written_at: datetime
    """When its report was written; of one without, when it was begun."""
    fault: Fault | None
    cases: Count | None
    failed: Count | None
    """Cases without an answer; each counts as wrong, too."""
    made: Made
    spending: Spending | None


class EvalRunPage(Frozen):
    """Runs, that with the latest report first."""

    runs: tuple[EvalRun, ...]
    after: int | None
    """Where the next page goes on; null on the last."""


class EvalRunFigures(EvalRun):
    """A run with every figure; none of its notes, and nothing that was read in them."""

    metrics: Metrics
    slices: Annotated[dict[Name, Metrics], Field(max_length=500)]
    """The same figures for the cases of each tag and named slice."""
    attacks_worked: Count
    """How many inserted texts steered the reader."""
    asked_sha256: str | None
    """Hash of what all its cases ask: two runs with the same one asked the same. Null where that is not known."""
