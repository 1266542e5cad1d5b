"""Builds the HTTP application from the wired use cases: routes, page, guards, one error format."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from coach import __version__
from coach.api import about, deal_reviews, diagnoses, manager_reviews
from coach.api.description import describe
from coach.api.guards import BodyLimit, CatchUnexpected, SecurityHeaders
from coach.api.problems import add_problem_handlers
from coach.errors import CoachError
from coach.samples import sample
from coach.web import page_routes
from coach.wiring import Coach

_log = logging.getLogger("coach.api")


class _Application(FastAPI):
    def openapi(self) -> dict[str, Any]:
        return describe(self)


def create_app(coach: Coach) -> FastAPI:
    """Build the application; the engine is loaded as it starts, so that the first review is not the slow one."""
    app = _Application(
        title="Coach",
        summary="What the customer has done, told apart from what we have done or hope.",
        version=__version__,
        # FastAPI's pages load from another host; the description itself stays at /openapi.json.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_warm_start,
        # Its log records hold exception messages, and these may hold a note.
        telemetry={"logs": False},
    )
    app.state.coach = coach
    for routes in (about, deal_reviews, diagnoses, manager_reviews):
        app.include_router(routes.router)
    app.router.routes.extend(page_routes(sample()))
    add_problem_handlers(app)
    # The last added is the outermost.
    app.add_middleware(BodyLimit)
    app.add_middleware(CatchUnexpected)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(SecurityHeaders)
    return app


@asynccontextmanager
async def _warm_start(app: FastAPI) -> AsyncIterator[None]:
    try:
        await app.state.coach.start()
    except CoachError as error:
        # The server starts all the same: each request says what is wrong, and /healthz shows that the process lives.
        _log.error("the engine did not load: %s: %s", error.code, error.detail)
    try:
        yield
    finally:
        await app.state.coach.close()
