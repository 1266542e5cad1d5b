"""Hands the routes what they work with: the workspace's use cases, who the caller is, and whom they may see."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Request

from coach.domain import DealReview, ManagerReview, RepDiagnosis
from coach.domain.identity import LOCAL, Principal, Scope
from coach.errors import NotAllowed
from coach.service.access import Access
from coach.wiring import Coach
from coach.wiring.auditing import ran as kept_of


def _wired(request: Request) -> Coach:
    coach: Coach = getattr(request.state, "coach", None) or request.app.state.coach
    return coach


def _caller(request: Request) -> Principal:
    principal: Principal = getattr(request.state, "principal", LOCAL)
    return principal


Wired = Annotated[Coach, Depends(_wired)]
Caller = Annotated[Principal, Depends(_caller)]


class _Roster:
    """The roster of the caller's workspace, which is opened only for who does not see everybody."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach

    async def of_manager(self, name: str) -> Any:  # noqa: ANN401  see `coach.store.people`
        return await self._coach.pipeline.records.people.of_manager(name)


def _access(request: Request, coach: Wired, caller: Caller) -> Access:
    access = Access(caller, _Roster(coach))
    request.state.asked = access.asked
    return access


def _made(request: Request) -> dict[str, Any]:
    request.state.made = {}
    made: dict[str, Any] = request.state.made
    return made


Allowed = Annotated[Access, Depends(_access)]
Made = Annotated[dict[str, Any], Depends(_made)]
"""For a route to say what it made, in ids and codes, to the audit log."""


def ran(request: Request, review: DealReview | RepDiagnosis | ManagerReview) -> dict[str, Any]:
    """Count a review that was made; what the audit log keeps of it is its id, and what made it."""
    request.state.meters.made(review)
    return kept_of(review)


class Needs:
    """What a route asks of its caller; a test holds that each route under /v1 asks for something."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def __call__(self, caller: Caller) -> None:
        """Refuse who may not.

        Raises:
            NotAllowed: the key's role or scopes do not have it.
        """
        if not caller.may(self.scope):
            raise NotAllowed(f"This key may not do this: it needs the scope {self.scope.value}.")


def needs(scope: Scope) -> Any:  # noqa: ANN401  what FastAPI takes for a dependency
    """A dependency that refuses who may not."""
    return Depends(Needs(scope))
