"""`/v1/eval-runs`: how good the reader is, from the folders that `coach eval run` wrote; figures, and never a note."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi import Path as InPath

from coach.api.fields import text
from coach.api.wired import Caller, Wired, needs
from coach.domain.eval_run import EvalRunFigures, EvalRunPage
from coach.domain.identity import LOCAL, Scope
from coach.errors import NotFound
from coach.service.eval_runs import list_runs, read_run

router = APIRouter(prefix="/v1", tags=["eval-runs"])

# They tell how good the reader is, and nothing of anybody: whoever reads what it says may know how far to believe it.
_READS = [needs(Scope.READ_REVIEWS)]


def _folder(coach: Wired, caller: Caller) -> Path | None:
    """Where the runs are; None for whoever is of another workspace than the command line, which makes them."""
    settings = coach.settings
    return settings.eval_runs if caller == LOCAL or caller.workspace == settings.workspace else None


Runs = Annotated[Path | None, Depends(_folder)]


@router.get("/eval-runs", operation_id="listEvalRuns", dependencies=_READS)
async def list_eval_runs(
    runs: Runs,
    after: Annotated[int, Query(ge=0, le=10_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> EvalRunPage:
    """List runs of the evaluation, that with the latest report first; one that cannot be shown says why."""
    if runs is None:
        return EvalRunPage(runs=(), after=None)
    return await asyncio.to_thread(list_runs, runs, after=after, most=limit)


@router.get("/eval-runs/{name}", operation_id="readEvalRun", dependencies=_READS)
async def read_eval_run(
    runs: Runs, name: Annotated[str, text(255), InPath(description="The name of the run's folder.")]
) -> EvalRunFigures:
    """Read a run's figures, each with its 95 % interval, in all and for each slice of the cases."""
    if runs is None:
        raise NotFound("there is no eval run of this name")
    return await asyncio.to_thread(read_run, runs, name)
