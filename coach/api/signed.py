"""Says who asks where a CRM has proved it: the user whom the CRM names, as the member they are here.

Inside the guard that limits bodies, which are signed too; outside the audit log. A proof opens the addresses of its own
CRM, to read what its user may read, and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from coach.api.guards import WITHOUT_BODY, replayed
from coach.api.proofs import HubspotProof, PipedriveProof, Proof, let_in
from coach.api.rate_limit import Limiter, RateLimit
from coach.domain.identity import Principal
from coach.errors import CoachError
from coach.wiring import Entrance

_PROOFS = (HubspotProof, PipedriveProof)


def is_signed(scope: Scope) -> bool:
    """Whether a request is to be believed by its CRM's proof, and by nothing else that it carries."""
    return scope["type"] == "http" and any(
        scope["path"].startswith(one.under) and one.is_given(scope) for one in _PROOFS
    )


class Signed:
    """Puts the principal of a proved request into `scope["state"]`, as `coach.api.identify` does of the others."""

    def __init__(self, app: ASGIApp, entrance: Entrance, proofs: Sequence[Proof], limiter: Limiter | None) -> None:
        self._app = app
        # Who is known only here has not been counted yet.
        self._limited: ASGIApp = app if limiter is None else RateLimit(app, limiter)
        self._entrance = entrance
        self._proofs = proofs

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its principal, or answer why not."""
        if not is_signed(scope):
            await self._app(scope, receive, send)
            return
        proof = next(one for one in self._proofs if scope["path"].startswith(one.under))
        request = Request(scope, receive)
        # Beyond the first guard nobody has looked at the body of a request that ought to have none.
        body = b"" if request.method in WITHOUT_BODY else await request.body()
        try:
            principal: Principal = await let_in(self._entrance, proof.shown(request, body))
            state = scope.setdefault("state", {})
            state["principal"] = principal
            state["coach"] = await self._entrance.coach(principal.workspace)
        except CoachError as error:
            await proof.refused(error)(scope, receive, send)
            return
        await self._limited(scope, replayed(body, receive), send)
