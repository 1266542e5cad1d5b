"""`/crm/…`: what a CRM opens in a frame of its own; its proof is looked at, and the card's page is shown, with a pass.

Rule: these addresses are a CRM's, no part of the published API. Which deal it is no CRM proves; therefore a pass is
given for any record, and the page shows of one that is not its user's what it shows of one that does not exist.
"""

from __future__ import annotations

import re
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from coach.api.problems import waiting
from coach.api.proofs import PipedriveProof, Shown, ZendeskProof, let_in, query_of
from coach.api.rate_limit import Limiter, charge
from coach.crm.query import once_each
from coach.errors import BadSignature, CoachError, InvalidInput
from coach.service.card_passes import ANY
from coach.store.kept import Key
from coach.web.card import refusing_page
from coach.wiring import Entrance

_ABOUT = "Pipedrive opens this address with `id`, `resource` and `selectedIds`, once each."
_DEALS_ALONE = "Coach has a card of a deal alone. Put the panel into the details of deals."
_FRAMED = "Zendesk opens this address with `origin`, which is its page's, and `app_guid`, once each."
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?")


class Panels:
    """The routes of the CRMs that open a page of ours."""

    def __init__(
        self, entrance: Entrance, pipedrive: PipedriveProof, zendesk: ZendeskProof, limiter: Limiter | None
    ) -> None:
        self._entrance = entrance
        self._pipedrive = pipedrive
        self._zendesk = zendesk
        self._limiter = limiter

    def routes(self) -> list[BaseRoute]:
        """What they open."""
        return [
            Route("/crm/pipedrive/panel", self._of_pipedrive, methods=["GET"]),
            Route("/crm/zendesk/panel", self._of_zendesk, methods=["POST"]),
        ]

    async def _of_pipedrive(self, request: Request) -> Response:
        try:
            shown = self._pipedrive.shown(request)
            frame, resource, record = once_each(query_of(request), ("id", "resource", "selectedIds"), _ABOUT)
            if resource != "deal" or not (record.isascii() and record.isdigit() and len(record) < 20):
                raise InvalidInput(_DEALS_ALONE)
            theme = request.query_params.get("theme", "")
            said = {"id": frame} | ({"theme": theme} if theme in {"dark", "light"} else {})
            return await self._card(shown, ("pipedrive", record), said)
        except CoachError as error:
            return _refused(error)

    async def _of_zendesk(self, request: Request) -> Response:
        try:
            shown = self._zendesk.shown((await request.body()).decode("latin-1"))
            origin, app = once_each(query_of(request), ("origin", "app_guid"), _FRAMED)
            if not _ORIGIN.fullmatch(origin):
                raise BadSignature(_FRAMED)
            said = {"origin": origin, "app_guid": app}
            # The page asks Zendesk which deal it is: nothing says so before.
            return await self._card(shown, ("zendesk", ANY), said)
        except CoachError as error:
            return _refused(error)

    async def _card(self, shown: Shown, key: Key, said: dict[str, str]) -> Response:
        """Go on to the card's page, without the token: the pass stands behind the #, which no server's log has."""
        principal = await let_in(self._entrance, shown)
        await charge(self._limiter, principal)
        passed = self._entrance.card_passes.make(principal, key)
        return RedirectResponse(f"../../card/{key[0]}/{key[1]}?{urlencode(said)}#pass={passed}", 303)


def _refused(error: CoachError) -> Response:
    return HTMLResponse(refusing_page(error.detail), error.status_code, headers=waiting(error))
