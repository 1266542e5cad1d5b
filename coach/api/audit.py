"""`/v1/audit`: who read, ran, corrected, exported and erased what, when, and by which version."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from coach.api.fields import Day, text
from coach.api.wired import Caller, needs
from coach.domain.base import Frozen
from coach.domain.identity import Scope
from coach.service.audit import days, shown
from coach.store.audit import of

router = APIRouter(prefix="/v1", tags=["audit"])

Short = Annotated[str, text(300)]


class AuditEntry(Frozen):
    """What somebody did. People are named by pseudonyms, so that the log outlives an erasure."""

    number: int
    at: datetime
    actor: str
    role: str
    action: str
    object: str | None
    person: str | None
    detail: dict[str, Any]
    version: str
    request: str | None
    digest: str


class AuditPage(Frozen):
    """Entries, the latest first."""

    entries: tuple[AuditEntry, ...]
    before: int | None
    """Where the next page goes on; null on the last."""


class AuditHead(Frozen):
    """The last entry: noted where nobody who could change the log can, it proves later that the end is still there."""

    number: int
    """0 where the log is empty."""
    digest: str
    head: str
    """Both, as `coach audit verify --head` takes them."""


@router.get("/audit", operation_id="listAudit", dependencies=[needs(Scope.AUDIT)])
async def list_audit(  # noqa: PLR0913, PLR0917  each narrows the list
    request: Request,
    caller: Caller,
    person: Short | None = None,
    actor: Short | None = None,
    action: Short | None = None,
    since: Day = None,
    until: Day = None,
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> AuditPage:
    """List what was done: about a person (by name), by an actor, of an action, between two days, both included."""
    log = await request.app.state.entrance.audit(caller.workspace)
    chosen = days(since, until)
    chosen += [of(person=log.pseudonym(person))] if person else []
    chosen += [of(**{name: value}) for name, value in (("actor", actor), ("action", action)) if value]
    found = await log.page(*chosen, before=before, most=limit)
    names = tuple(AuditEntry.model_fields)
    entries = tuple(AuditEntry(**{name: getattr(one, name) for name in names}) for one in found)
    return AuditPage(entries=entries, before=found[-1].number if len(found) == limit else None)


@router.get("/audit/head", operation_id="readAuditHead", dependencies=[needs(Scope.AUDIT)])
async def read_audit_head(request: Request, caller: Caller) -> AuditHead:
    """Read the number and digest of the last entry, to be noted elsewhere; this reading is the next entry."""
    head = await (await request.app.state.entrance.audit(caller.workspace)).head()
    return AuditHead(number=head.number, digest=head.digest, head=shown(head))
