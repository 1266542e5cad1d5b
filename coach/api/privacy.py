"""`/v1/privacy`: everything that is held on a person, and its erasure."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse
from pydantic import Field

from coach.api.fields import json_only, text
from coach.api.wired import Allowed, Caller, Made, Wired, needs
from coach.domain.base import Frozen
from coach.domain.identity import Scope
from coach.service.privacy import Erasure, allow
from coach.wiring.privacy import Privacy

router = APIRouter(prefix="/v1/privacy", tags=["privacy"])

Name = Annotated[str, text(300)]
Rows = tuple[dict[str, Any], ...]


class ExportRequest(Frozen):
    """Whose data."""

    person: Name = Field(min_length=1, examples=["Ilse Brandt"])
    """The name as the roster has it or, of anybody else, as texts have it."""
    also: Annotated[tuple[Name, ...], Field(max_length=20)] = ()
    """Other names that texts call them by."""


class ErasureRequest(ExportRequest):
    """Whom to erase."""

    mentions: bool = False
    """Whether every text that names them goes, too, whomever it is about."""
    dry_run: bool = False
    """Count, and erase nothing."""


class PersonExport(Frozen):
    """Everything that is held on a person: rows as they are kept."""

    schema_: Literal["coach.person_export/1"] = Field(alias="schema")
    person: str
    workspace: str
    made_at: datetime
    version: str
    roster: Rows
    leads: Rows
    """Reps, of a manager."""
    quotas: Rows
    deals: Rows
    snapshots: Rows
    claims: Rows
    outcomes: Rows
    notes: Rows
    reviews: Rows
    findings: Rows
    corrections: Rows
    replies: Rows
    one_on_ones: Rows
    commitments: Rows
    keys: Rows
    members: Rows
    audit: Rows
    """What was done that is about them, and what they did."""
    mentions: Rows
    """Texts about others that name them; none in what somebody exports of themselves."""


async def _privacy(request: Request, coach: Wired, caller: Caller) -> Privacy:
    coach.pipeline  # noqa: B018  it refuses where there is no store
    assert coach.store is not None  # noqa: S101  as above
    audit = await request.app.state.entrance.audit(caller.workspace)
    return Privacy(coach.settings, caller.workspace, coach.store, audit)


Kept = Annotated[Privacy, Depends(_privacy)]


@router.post(
    "/exports",
    operation_id="exportPerson",
    dependencies=[Depends(json_only), needs(Scope.READ_REVIEWS)],
    response_class=StreamingResponse,
    responses={200: {"model": PersonExport, "content": {"application/json": {}}}},
)
async def export_person(privacy: Kept, access: Allowed, caller: Caller, wanted: ExportRequest) -> StreamingResponse:
    """Export everything that is held on a person: an admin of anybody, a rep or a manager of themselves."""
    access.asked.append(wanted.person)
    everything = allow(caller, wanted.person)
    pieces = privacy.export(wanted.person, wanted.also if everything else (), mentions=everything)
    first = await anext(pieces)  # what cannot be read is an error, and not half of a document
    return StreamingResponse(_chained(first, pieces), media_type="application/json")


@router.post("/erasures", operation_id="erasePerson", dependencies=[Depends(json_only), needs(Scope.PRIVACY)])
async def erase_person(privacy: Kept, access: Allowed, made: Made, wanted: ErasureRequest) -> Erasure:
    """Erase a person: rows, caches, and the bytes on the disk. It cannot be undone; export before, where it is owed.

    What the CRM says of the company's deals stays, without the person. Backups are named, and are yours to delete.
    """
    access.asked.append(wanted.person)
    erased = await privacy.erase(wanted.person, wanted.also, mentions=wanted.mentions, dry_run=wanted.dry_run)
    made |= {"rows": erased.rows, "mentions": erased.mentions, "dry_run": erased.dry_run}
    return erased


async def _chained(first: str, rest: AsyncGenerator[str, None]) -> AsyncIterator[str]:
    async with aclosing(rest):  # who reads it may leave before its end
        yield first
        async for piece in rest:
            yield piece
