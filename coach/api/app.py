"""Builds the HTTP application from the wired use cases: routes, page, guards, one error format."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

from coach import __version__
from coach.api import (
    about,
    audit,
    cards,
    deal_reviews,
    deals,
    diagnoses,
    eval_runs,
    feedback,
    hubspot,
    kept_reviews,
    keys,
    manager_reviews,
    me,
    one_on_ones,
    opportunities,
    pipedrive,
    privacy,
    ready,
    workspace,
)
from coach.api.admission import Admission
from coach.api.auditing import Auditing
from coach.api.auth import SigningIn
from coach.api.cookies import Cookies
from coach.api.description import describe
from coach.api.guards import BodyLimit, CatchUnexpected, SecurityHeaders
from coach.api.idempotency import Idempotency
from coach.api.identify import Acting, Identify
from coach.api.observing import Meters, Observing
from coach.api.oidc import Provider
from coach.api.older import routes as older
from coach.api.panels import Panels
from coach.api.plain_text import PlainText
from coach.api.problems import add_problem_handlers
from coach.api.proofs import HubspotProof, PipedriveProof, ZendeskProof
from coach.api.rate_limit import TRIES, Limiter, RateLimit
from coach.api.signed import Signed
from coach.api.stopping import Stopping
from coach.domain.identity import Principal
from coach.errors import CoachError
from coach.samples import sample
from coach.web import page_routes
from coach.wiring import Coach, Entrance
from coach.wiring.privacy import keep_pruning
from coach.wiring.telemetry import Telemetry

_ROUTES = (
    about,
    older,
    me,
    audit,
    deal_reviews,
    deals,
    kept_reviews,
    cards,
    hubspot,
    pipedrive,
    feedback,
    diagnoses,
    manager_reviews,
    one_on_ones,
    opportunities,
    ready,
    workspace,
    keys,
    privacy,
    eval_runs,
)
_log = logging.getLogger("coach.api")


_ABOUT: dict[str, Any] = {
    "title": "Coach",
    "summary": "What the customer has done, told apart from what we have done or hope.",
    "version": __version__,
}


class _Application(FastAPI):
    def openapi(self) -> dict[str, Any]:
        return _described()


@cache
def _described() -> dict[str, Any]:
    """What describes every application of this process: to build it takes longer than most requests."""
    return describe(_with_routes(FastAPI(**_ABOUT)))


@cache
def _api() -> APIRouter:
    """The routes of every application of this process: what each of them takes is worked out once, too."""
    api = APIRouter()
    for routes in _ROUTES:
        api.include_router(routes.router)
    return api


def _with_routes(app: FastAPI) -> FastAPI:
    app.router.routes.extend(_api().routes)
    return app


def create_app(coach: Coach, telemetry: Telemetry | None = None, *, acting: Principal | None = None) -> FastAPI:
    """Build the application; the engine is loaded as it starts, so that the first review is not the slow one.

    Args:
        coach: The use cases.
        telemetry: What counts and traces; nothing does where None.
        acting: Who asks, whatever a request says: for a caller in the same process, and never on a port.
    """
    app = _Application(
        **_ABOUT,
        # FastAPI's pages load from another host; the description itself stays at /openapi.json.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_warm_start,
        # Its log records hold exception messages, and these may hold a note.
        telemetry={"logs": False, "tracing": False, "metrics": False}
        if telemetry is None
        else {"logs": False, "tracer_provider": telemetry.tracers, "meter_provider": telemetry.meters},
    )
    app.state.coach = coach
    app.state.telemetry = telemetry
    app.state.failed = None
    # First, for a page asks for twenty files, and each of them would be held against every route before it.
    app.router.routes.extend(page_routes(sample()))
    _with_routes(app)
    add_problem_handlers(app)
    _add_guards(app, coach, acting)
    return app


def _add_guards(app: FastAPI, coach: Coach, acting: Principal | None) -> None:
    """Put the guards around the application; the last added is the outermost."""
    settings = coach.settings
    if coach.store is not None:
        # A Coach that keeps nothing has no keys, either.
        app.state.entrance = entrance = Entrance(coach)
        tries = Limiter(TRIES)
        cookies = Cookies(settings.public_url)
        provider = Provider(settings, entrance.secret) if settings.oidc_issuer else None
        app.router.routes.extend(SigningIn(entrance, tries, cookies, provider).routes())
        limiter = None if settings.rate_limit == "off" else Limiter(settings.rate_limit)
        pipedrive_proof = PipedriveProof(settings)
        app.router.routes.extend(Panels(entrance, pipedrive_proof, ZendeskProof(settings), limiter).routes())
        app.add_middleware(Idempotency)
        app.add_middleware(Auditing, entrance=entrance)
        app.add_middleware(Signed, entrance=entrance, proofs=(HubspotProof(settings), pipedrive_proof), limiter=limiter)
    app.add_middleware(BodyLimit)
    if coach.store is not None and acting is not None:
        app.add_middleware(Acting, entrance=entrance, principal=acting)
    elif coach.store is not None:
        if limiter is not None:
            app.add_middleware(RateLimit, limiter=limiter)
        app.add_middleware(Identify, entrance=entrance, tries=tries, cookies=cookies, anyone=settings.let_anyone_in)
    app.state.stopping = stopping = Stopping(settings.shutdown_s)
    app.add_middleware(
        Admission,
        stopping=stopping,
        concurrency=settings.concurrency,
        waiting=settings.waiting,
        timeout_s=settings.request_timeout_s,
    )
    app.add_middleware(CatchUnexpected)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=[origin.strip() for origin in settings.cors_origins.split(",")],
            allow_methods=["GET", "POST", "PATCH"],
            allow_headers=["authorization", "content-type", "idempotency-key", "x-request-id"],
            expose_headers=["idempotency-replayed", "ratelimit", "ratelimit-policy", "retry-after", "x-request-id"],
        )
    telemetry: Telemetry | None = app.state.telemetry
    meters = Meters(None if telemetry is None else telemetry.meters, lambda: getattr(coach.engine, "resting", ()))
    app.add_middleware(Observing, meters=meters, watching=None if telemetry is None else telemetry.observer)
    app.add_middleware(PlainText)
    app.add_middleware(SecurityHeaders, frame_ancestors=settings.frame_ancestors)


@asynccontextmanager
async def _warm_start(app: FastAPI) -> AsyncIterator[None]:
    try:
        await app.state.coach.start()
    except CoachError as error:
        # The server starts all the same: each request says what is wrong, and /healthz shows that the process lives.
        _log.error("the engine did not load: %s: %s", error.code, error.detail)
        app.state.failed = error.code
    pruning = None
    if app.state.coach.store is not None:
        pruning = asyncio.create_task(keep_pruning(app.state.entrance, app.state.coach.settings))
    try:
        yield
    finally:
        if pruning is not None:
            pruning.cancel()
            await asyncio.gather(pruning, return_exceptions=True)
        if app.state.coach.store is not None:
            await app.state.entrance.close()
        await app.state.coach.close()
