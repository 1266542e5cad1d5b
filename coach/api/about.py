"""`/healthz` and `/v1/rubrics`: what is running here, and by which rubrics it reads."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter

from coach import __version__
from coach.api.wired import Wired, needs
from coach.domain.base import Frozen
from coach.domain.identity import Scope

router = APIRouter(tags=["about"])


class Health(Frozen):
    """The process answers."""

    status: Literal["ok"]
    version: str


class RubricSummary(Frozen):
    """A rubric that is in force."""

    id: str
    version: int
    title: str
    changed: str
    """What changed in this version."""
    sha256: str


@router.get("/healthz", operation_id="health")
async def health() -> Health:
    """Say that the process answers, and which version it is."""
    return Health(status="ok", version=__version__)


@router.get("/v1/rubrics", operation_id="listRubrics", dependencies=[needs(Scope.READ_REVIEWS)])
async def list_rubrics(coach: Wired) -> list[RubricSummary]:
    """List the rubrics by which this Coach reads."""
    return [
        RubricSummary(
            id=rubric.id, version=rubric.version, title=rubric.title, changed=rubric.changed, sha256=rubric.sha256
        )
        for rubric in coach.rubrics
    ]
