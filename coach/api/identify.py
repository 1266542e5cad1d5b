"""Says who asks, before anything else looks at a request: by a key, by a sign-in, or nobody in particular.

Rule: an answer to somebody who may not know of a thing is that for a thing which does not exist.
"""

from __future__ import annotations

from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coach.api.cookies import Cookies
from coach.api.problems import error_response, problem_response
from coach.api.rate_limit import Limiter
from coach.api.signed import is_signed
from coach.domain.identity import LOCAL, Principal
from coach.errors import CoachError, TooManyRequests
from coach.service.card_passes import PREFIX
from coach.web.login import local, onward_page
from coach.wiring import Entrance

_OPEN = frozenset({"/healthz", "/readyz", "/openapi.json", "/openapi-3.0.json", "/swagger-2.0.json", "/login"})
"""Addresses that show nothing of anybody."""
_OPEN_UNDER = ("/static/", "/auth/", "/card/", "/crm/")
"""The last ones are what a CRM opens, and look at its proof by themselves."""
COOKIE = "coach_session"
_FORWARDED = frozenset({"forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"})
_HERE = frozenset({"localhost", "127.0.0.1", "[::1]"})
"""What a browser on this machine calls it; a page elsewhere can give any other name this machine's address."""
_UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_NO_KEY = "Send an API key as `Authorization: Bearer ck_…`, or sign in at /login. `coach keys create` makes a key."
_BAD_KEY = "This key opens nothing here: it is mistyped, has ended, or was revoked."
_BAD_HOST = "This service has no keys yet, and answers nobody but this machine; call it by 127.0.0.1 or localhost."
_TRIED = "Too many keys that open nothing came from your address; wait, and try again."
_ELSEWHERE = "A sign-in counts for requests of this site's own pages alone; a program sends a key."


class Identify:
    """Puts the principal into `scope["state"]`, as `principal`, and that workspace's use cases, as `coach`."""

    def __init__(
        self, app: ASGIApp, entrance: Entrance, tries: Limiter, cookies: Cookies, *, anyone: bool = False
    ) -> None:
        self._app = app
        self._entrance = entrance
        self._anyone = anyone
        self._tries = tries
        self._cookies = cookies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its principal, or answer why not."""
        if scope["type"] != "http" or scope["path"] in _OPEN or scope["path"].startswith(_OPEN_UNDER):
            await self._app(scope, receive, send)
            return
        if is_signed(scope):
            # Further in, where the body has come, which is signed too.
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        try:
            found = await self._who(request)
            if isinstance(found, Principal):
                state = scope.setdefault("state", {})
                state["principal"] = found
                state["coach"] = await self._entrance.coach(found.workspace)
        except CoachError as error:
            found = error_response(error)
        await (self._app if isinstance(found, Principal) else found)(scope, receive, self._renewing(request, send))

    async def _who(self, request: Request) -> Principal | Response:
        given = request.headers.get("authorization")
        if given is not None:
            return await self._by_key(request, given)
        token = self._cookies.get(request, COOKIE)
        signed_in = await self._entrance.by_session(token) if token else None
        if signed_in is not None:
            if request.method in _UNSAFE and not is_own(request.headers):
                return problem_response(403, _ELSEWHERE, "not_allowed")
            request.state.session = signed_in[1]
            return signed_in[0]
        return await self._nobody(request)

    async def _nobody(self, request: Request) -> Principal | Response:
        if not await self._entrance.needs_key():
            if not _FORWARDED.isdisjoint(request.headers) and not self._anyone:
                # Somebody else's request, by way of a proxy on this machine.
                return _refused(_NO_KEY)
            if _name(request.headers) in _HERE:
                return LOCAL
            return problem_response(421, _BAD_HOST, "wrong_host")
        if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
            if request.headers.get("sec-fetch-site") == "cross-site":
                # A link in a mail or a CRM: the sign-in, if there is one, was held back.
                return HTMLResponse(onward_page(_onward(request)))
            return RedirectResponse(f"/login?next={quote(_onward(request))}", 303)
        return _refused(_NO_KEY)

    async def _by_key(self, request: Request, given: str) -> Principal | Response:
        address = "" if request.client is None else request.client.host
        kind, _, key = given.partition(" ")
        principal = await self._by_bearer(request, key.strip()) if kind.lower() == "bearer" else None
        if principal is not None:
            # Whatever else comes from its address: behind a proxy all may come from one.
            return principal
        if not await self._tries.hit(address):
            raise TooManyRequests(_TRIED, (await self._tries.left(address))[1])
        return _refused(_BAD_KEY)

    async def _by_bearer(self, request: Request, shown: str) -> Principal | None:
        if not shown.startswith(PREFIX):
            return await self._entrance.by_key(shown)
        return await self._entrance.by_pass(shown, request.scope["path"])

    def _renewing(self, request: Request, send: Send) -> Send:
        """Send a newer token along, where it is time."""
        token = getattr(request.state, "session", None)
        if token is None:
            return send
        carrier = Response()
        self._cookies.put(carrier, request, COOKIE, token)

        async def renewing(message: Message) -> None:
            if message["type"] == "http.response.start":
                message.setdefault("headers", []).extend(one for one in carrier.raw_headers if one[0] == b"set-cookie")
            await send(message)

        return renewing


class Acting:
    """Puts one principal into every request: who calls from the same process needs to prove nothing to it."""

    def __init__(self, app: ASGIApp, entrance: Entrance, principal: Principal) -> None:
        self._app = app
        self._entrance = entrance
        self._principal = principal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its principal."""
        if scope["type"] == "http":
            state = scope.setdefault("state", {})
            state["principal"] = self._principal
            state["coach"] = await self._entrance.coach(self._principal.workspace)
        await self._app(scope, receive, send)


def _refused(detail: str) -> Response:
    return problem_response(401, detail, "not_authenticated", headers={"www-authenticate": "Bearer"})


def _onward(request: Request) -> str:
    """The page that was asked for, with the number of what it is to show."""
    path, query = request.url.path, request.url.query
    return local(f"{path}?{query}") if query and local(f"{path}?{query}") != "/" else local(path)


def _name(headers: Headers) -> str:
    """The host that was asked for, without its port."""
    host = headers.get("host", "").lower()
    return host if host.endswith("]") else host.rpartition(":")[0] or host


def is_own(headers: Headers) -> bool:
    """Whether a browser says that one of this site's own pages asks."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    return headers.get("origin", "").partition("://")[2] == headers.get("host", "")
