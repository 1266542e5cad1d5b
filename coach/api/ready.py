"""`/readyz`: what is not ready; `/metrics`: what was counted, for Prometheus."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request, Response

from coach.api.wired import needs
from coach.domain.base import Frozen
from coach.domain.identity import Scope
from coach.errors import NotFound
from coach.wiring import Coach

router = APIRouter(tags=["about"])
_TEXT = "text/plain; version=0.0.4; charset=utf-8"


class Check(Frozen):
    """A part that a request may need."""

    name: Literal["engine", "store", "model", "service"]
    ready: bool
    detail: str


class Readiness(Frozen):
    """Whether requests can be answered, and if not, why."""

    status: Literal["ready", "not_ready"]
    checks: tuple[Check, ...]


@router.get(
    "/readyz",
    operation_id="ready",
    responses={503: {"model": Readiness, "description": "Something that requests need is not ready"}},
)
async def ready(request: Request, response: Response) -> Readiness:
    """Say whether requests can be answered; a model that is away does not stop them where another engine may read."""
    state = request.app.state
    coach: Coach = state.coach
    stops = state.stopping.begun.is_set()
    checks = [
        Check(name="service", ready=not stops, detail="stopping" if stops else "up"),
        Check(name="engine", ready=state.failed is None, detail=state.failed or "loaded"),
        *(Check(name=name, ready=is_ready, detail=detail) for name, is_ready, detail in await coach.checks()),
    ]
    good = all(one.ready for one in checks)
    response.status_code = 200 if good else 503
    return Readiness(status="ready" if good else "not_ready", checks=tuple(checks))


@router.get("/metrics", include_in_schema=False, operation_id="metrics", dependencies=[needs(Scope.OBSERVE)])
async def metrics(request: Request) -> Response:
    """Everything that was counted, in the text format of Prometheus."""
    telemetry = request.app.state.telemetry
    if telemetry is None:
        raise NotFound("metrics are kept by `coach serve` alone")
    return Response(telemetry.metrics(), media_type=_TEXT)
