"""Whom the tools ask: a service by its address, or the same application in this process, on this machine's data."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
from fastapi import FastAPI

from coach.api.app import create_app
from coach.client import AsyncClient
from coach.client.sending import Patience
from coach.domain.identity import MAY, Principal, Role
from coach.errors import NotFound
from coach.settings import Settings
from coach.wiring import build
from coach.wiring.places import workspaces

ACTOR = "mcp"
"""In the audit log, who acts by no key: an assistant, on behalf of whoever has this machine."""


def application(settings: Settings) -> FastAPI | None:
    """The application to ask in this process; None where a service is to be asked.

    Raises:
        ConfigError: a setting is wrong.
        RubricError: a rubric file is wrong.
    """
    if settings.url is not None:
        return None
    acting = Principal(id=ACTOR, role=Role.ADMIN, workspace=settings.workspace, scopes=MAY[Role.ADMIN])
    # One who asks one thing at a time needs no worker beside.
    coach = build(settings.model_copy(update={"text_workers": 0}), serving=True)
    return create_app(coach, acting=acting if settings.key is None else None)


@asynccontextmanager
async def reached(settings: Settings, app: FastAPI | None) -> AsyncIterator[AsyncClient]:
    """Lend a client, ready to ask.

    Raises:
        NotFound: there is no workspace of the name that is set.
        StoreError: the store cannot be used.
    """
    key = None if settings.key is None else settings.key.get_secret_value()
    if app is None:
        assert settings.url is not None  # noqa: S101  see `application`
        async with AsyncClient(settings.url, key) as client:
            yield client
        return
    if key is None and not await workspaces(settings).exists(settings.workspace):
        raise NotFound(f"COACH_WORKSPACE: there is no workspace {settings.workspace!r}; `coach workspace` makes one")
    async with app.router.lifespan_context(app):
        here = httpx2.ASGITransport(app=app)
        # Nothing is lost between the two, so nothing is asked twice, and no answer is kept for that.
        async with AsyncClient("http://localhost", key, patience=Patience(attempts=1), transport=here) as client:
            yield client
