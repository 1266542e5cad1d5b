"""Says who asks where a CRM has signed the request: the user whom the CRM names, as the member they are here.

Inside the guard that limits bodies, which are signed too; outside the audit log. A signature opens the addresses of its
own CRM, to read what its user may read, and nothing else.
"""

from __future__ import annotations

import time

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from coach.api.guards import WITHOUT_BODY, replayed
from coach.api.problems import error_response
from coach.api.rate_limit import RateLimit
from coach.crm.hubspot import asker_of, check_signature
from coach.domain.identity import Principal
from coach.domain.identity import Scope as Allowed
from coach.errors import BadSignature, CoachError, NotAllowed
from coach.settings import Settings
from coach.wiring import Entrance

_UNDER = "/v1/crm/hubspot/"
_SIGNATURE, _TIMESTAMP = "x-hubspot-signature-v3", "x-hubspot-request-timestamp"
_READS = frozenset({Allowed.READ_REVIEWS})
_NO_APP = "No HubSpot app is known here: set COACH_HUBSPOT_CLIENT_SECRET to its client secret."
_ANOTHER = "This HubSpot account is not the one that is answered here (COACH_HUBSPOT_PORTAL)."
_NOBODY = "Your HubSpot user has no access to Coach. Ask an admin to let you in: `coach members add` with your address."


def is_signed(scope: Scope) -> bool:
    """Whether a request is to be believed by its signature, and by nothing else that it carries."""
    return scope["type"] == "http" and scope["path"].startswith(_UNDER) and _SIGNATURE in Headers(scope=scope)


class Signed:
    """Puts the principal of a signed request into `scope["state"]`, as `coach.api.identify` does of the others."""

    def __init__(self, app: ASGIApp, entrance: Entrance, settings: Settings) -> None:
        self._app = app
        # Who is known only here has not been counted yet.
        self._limited: ASGIApp = app if settings.rate_limit == "off" else RateLimit(app, settings.rate_limit)
        self._entrance = entrance
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its principal, or answer why not."""
        if not is_signed(scope):
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        # Beyond the first guard nobody has looked at the body of a request that ought to have none.
        body = b"" if request.method in WITHOUT_BODY else await request.body()
        try:
            principal = await self._who(request, body)
            state = scope.setdefault("state", {})
            state["principal"] = principal
            state["coach"] = await self._entrance.coach(principal.workspace)
        except CoachError as error:
            await error_response(error)(scope, receive, send)
            return
        await self._limited(scope, replayed(body, receive), send)

    async def _who(self, request: Request, body: bytes) -> Principal:
        secret = self._settings.hubspot_client_secret
        if secret is None:
            raise BadSignature(_NO_APP)
        check_signature(
            secret=secret.get_secret_value(),
            method=request.method,
            uri=self._uri(request),
            body=body,
            timestamp=request.headers.get(_TIMESTAMP),
            signature=request.headers[_SIGNATURE],
            now_s=time.time(),
        )
        asker = asker_of(request.scope["query_string"].decode("latin-1"))
        if self._settings.hubspot_portal not in {None, asker.portal}:
            raise NotAllowed(_ANOTHER)
        principal = await self._entrance.by_email(asker.email)
        if principal is None:
            raise NotAllowed(_NOBODY)
        return principal.model_copy(update={"scopes": principal.scopes & _READS})

    def _uri(self, request: Request) -> str:
        """The address that was called, as it was sent; a proxy may have changed host and scheme."""
        base = self._settings.public_url or str(request.base_url).rstrip("/")
        path: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
        query: bytes = request.scope["query_string"]
        return f"{base}{path.decode('latin-1')}{'?' if query else ''}{query.decode('latin-1')}"
