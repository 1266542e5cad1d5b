"""`/v1/me`: who asks."""

from __future__ import annotations

from fastapi import APIRouter

from coach.api.wired import Caller
from coach.domain.base import Frozen
from coach.domain.identity import Role, Scope

router = APIRouter(prefix="/v1", tags=["about"])


class Me(Frozen):
    """Who asks, as Coach knows them."""

    id: str
    """`key:…`, `member:…`, or `local` where nobody has to log in."""
    role: Role
    workspace: str
    person: str | None
    """The rep's or manager's own name."""
    scopes: tuple[Scope, ...]


@router.get("/me", operation_id="whoAmI")
async def who_am_i(caller: Caller) -> Me:
    """Say whose key this is, and what it may do."""
    return Me(
        id=caller.id,
        role=caller.role,
        workspace=caller.workspace,
        person=caller.person,
        scopes=tuple(sorted(caller.scopes)),
    )
