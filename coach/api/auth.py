"""Signing in and out: `/login`, by a key or by the company's identity provider. No part of the published API."""

from __future__ import annotations

import logging
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from coach.api.cookies import Cookies
from coach.api.identify import COOKIE, is_own
from coach.api.oidc import STATE, Provider
from coach.api.rate_limit import Limiter
from coach.domain.identity import Principal, Role
from coach.errors import CoachError
from coach.store.audit import Entry
from coach.web.login import local, login_page, onward_page
from coach.wiring import Entrance

_LONGEST = 4000
_log = logging.getLogger("coach.api")


class SigningIn:
    """The routes of signing in."""

    def __init__(self, entrance: Entrance, tries: Limiter, cookies: Cookies, provider: Provider | None) -> None:
        self._entrance = entrance
        self._tries = tries
        self._cookies = cookies
        self._provider = provider

    def routes(self) -> list[BaseRoute]:
        """The page, and what its parts call."""
        routes = [
            Route("/login", self._page),
            Route("/auth/key", self._by_key, methods=["POST"]),
            Route("/auth/out", self._out, methods=["POST"]),
        ]
        if self._provider is not None:
            routes += [Route("/auth/oidc", self._leave), Route("/auth/callback", self._return)]
        return list(routes)

    async def _page(self, request: Request) -> Response:
        asked = request.query_params
        page = login_page(
            why=asked.get("why", ""),
            onward=local(asked.get("next", "/")),
            provider=None if self._provider is None else self._provider.name,
        )
        return HTMLResponse(page)

    async def _by_key(self, request: Request) -> Response:
        if not is_own(request.headers):
            return _again("key", "/")
        # A form of two short fields: no library reads it into files.
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > _LONGEST:
                return _again("key", "/")
        fields = {name: values[-1] for name, values in parse_qs(body.decode("ascii", "replace")).items()}
        onward = local(fields.get("next", "/"))
        address = "" if request.client is None else request.client.host
        if await self._tries.spent(address):
            return _again("tries", onward)
        principal = await self._entrance.by_key(fields.get("key", "").strip())
        if principal is None:
            await self._tries.hit(address)
            return _again("key", onward)
        return await self._let_in(request, principal, onward)

    async def _out(self, request: Request) -> Response:
        if not is_own(request.headers):
            return RedirectResponse("/", 303)
        answer = _again("out", "/")
        self._cookies.drop(answer, request, COOKIE)
        return answer

    async def _leave(self, request: Request) -> Response:
        assert self._provider is not None  # noqa: S101  else there is no such route
        try:
            address, state = await self._provider.begin(request, local(request.query_params.get("next", "/")))
        except CoachError as error:
            _log.warning("the identity provider cannot be used: %s", error.detail)
            return _again("provider", "/")
        answer = RedirectResponse(address, 303)
        # Lax: the way back from the provider begins at another site.
        self._cookies.put(answer, request, STATE, state, same_site="lax")
        return answer

    async def _return(self, request: Request) -> Response:
        assert self._provider is not None  # noqa: S101  as above
        try:
            email, onward = await self._provider.end(request, self._cookies.get(request, STATE))
            principal = await self._entrance.by_email(email) if email else None
        except CoachError as error:
            _log.warning("a sign-in failed: %s", error.detail)
            answer = _again("provider", "/")
        else:
            answer = _again("access", "/") if principal is None else await self._let_in(request, principal, onward)
        self._cookies.drop(answer, request, STATE)
        return answer

    async def _let_in(self, request: Request, principal: Principal, onward: str) -> Response:
        log = await self._entrance.audit(principal.workspace)
        await log.append(
            Entry(
                actor=principal.id,
                role=principal.role.value,
                action="signIn",
                request=request.scope["state"].get("request_id"),
            )
        )
        # A rep's own page is where a rep begins; the others are there for them, too.
        begins = "/mine" if principal.role is Role.REP and onward == "/" else onward
        answer = HTMLResponse(onward_page(begins))
        self._cookies.put(answer, request, COOKIE, self._entrance.sessions.begin(principal))
        return answer


def _again(why: str, onward: str) -> Response:
    return RedirectResponse(f"/login?{urlencode({'why': why, 'next': onward})}", 303)
