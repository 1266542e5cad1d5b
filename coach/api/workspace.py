"""`/v1/workspace`: what holds in the caller's workspace; and what is refused where it says so."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from coach.api.fields import json_only
from coach.api.wired import Caller, Made, Wired, needs
from coach.domain.base import Frozen
from coach.domain.identity import Scope
from coach.service.workspace import Days, Switch, WorkspaceRules, change, rules_of

router = APIRouter(prefix="/v1", tags=["workspace"])
_DIAGNOSIS = "rd_"
"""What the id of a diagnosis begins with."""


class Workspace(WorkspaceRules):
    """What holds in a workspace."""

    schema_: Literal["coach.workspace/1"] = Field("coach.workspace/1", alias="schema")
    name: str


class WorkspaceChange(Frozen):
    """What is to hold; what is left out stays, and null is the default again."""

    diagnosis: Switch | None = None
    """`off`: nobody's skill or will is judged, and no diagnosis that was made is shown."""
    retention_days: Days | None = None
    """After how many days notes, conversations and what was said of them are deleted; null keeps them."""
    retention_crm_days: Days | None = None
    """After how many days snapshots of the CRM and claims are deleted; null keeps them."""


async def _diagnosis_is_on(coach: Wired) -> None:
    await coach.refuse_diagnosis_off()


async def _diagnosis_is_on_for_id(request: Request, coach: Wired) -> None:
    if request.path_params.get("id", "").startswith(_DIAGNOSIS):
        await coach.refuse_diagnosis_off()


diagnosis_is_on = Depends(_diagnosis_is_on)
"""For every route that makes or shows a diagnosis."""
diagnosis_is_on_for_id = Depends(_diagnosis_is_on_for_id)
"""For every route whose `id` may be that of a diagnosis."""


@router.get("/workspace", operation_id="readWorkspace", dependencies=[needs(Scope.READ_REVIEWS)])
async def read_workspace(coach: Wired, caller: Caller) -> Workspace:
    """Say what holds in the caller's workspace."""
    rules = await rules_of(coach.pipeline.records.workspace_settings)
    return Workspace(name=caller.workspace, **rules.model_dump())


@router.patch("/workspace", operation_id="changeWorkspace", dependencies=[Depends(json_only), needs(Scope.ADMIN)])
async def change_workspace(coach: Wired, caller: Caller, made: Made, changed: WorkspaceChange) -> Workspace:
    """Change what holds in the caller's workspace, from now on; what has grown too old is deleted within a day."""
    values = changed.model_dump(exclude_unset=True)
    rules = await change(coach.pipeline.records.workspace_settings, values)
    made |= values
    return Workspace(name=caller.workspace, **rules.model_dump())
