"""What each CRM proves with a request, and whom that lets in: many ways to prove it, one way in.

A CRM says who looks by an e-mail address (HubSpot) or by a number (Pipedrive, Zendesk); either is a member's, or
nobody's.
"""

from __future__ import annotations

import json
import time
from typing import NamedTuple, Protocol

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from coach.api.problems import MEDIA_TYPE, error_response, waiting
from coach.crm import hubspot, pipedrive, zendesk
from coach.domain.identity import Principal
from coach.errors import BadSignature, CoachError, ConfigError, NotAllowed
from coach.settings import Settings
from coach.wiring import Entrance

_SIGNATURE, _TIMESTAMP = "x-hubspot-signature-v3", "x-hubspot-request-timestamp"
_NO_APP = "No {crm} app is known here: set {settings}."
_ANOTHER = "This {crm} account is not the one that is answered here ({setting})."
_BY_EMAIL = "Your {crm} user has no access to Coach. Ask an admin to let you in: `coach members add` with your address."
_BY_NUMBER = (
    "Your {crm} user has no access to Coach. Ask an admin to let you in: `coach members add` with `--crm-user {user}`."
)
_BOTH = "{one} and {other}: set both, or neither"
_TITLE = "Coach does not show this"
"""At most 30 characters, by Pipedrive's rule."""


class Shown(NamedTuple):
    """Whom a CRM vouches for, by one of the two."""

    crm: str
    """As people call it."""
    email: str | None = None
    user: str | None = None
    """`pipedrive:123`."""


class Proof(Protocol):
    """How one CRM proves who asks at the addresses under one."""

    under: str

    @staticmethod
    def is_given(scope: Scope) -> bool:
        """Whether a request to one of these addresses has something that is to be looked at."""

    def shown(self, request: Request, body: bytes) -> Shown:
        """Whom the CRM vouches for; a `CoachError` where nobody is proved."""

    def refused(self, error: CoachError) -> Response:
        """What to answer where nobody comes in, as the CRM shows it."""


async def let_in(entrance: Entrance, shown: Shown) -> Principal:
    """The member whom a CRM vouches for, to read.

    Raises:
        NotAllowed: there is none.
        StoreError: the store cannot be read.
    """
    if shown.email is not None:
        principal = await entrance.by_email(shown.email)
        told = _BY_EMAIL
    else:
        principal = await entrance.by_crm_user(shown.user or "")
        told = _BY_NUMBER
    if principal is None:
        raise NotAllowed(told.format(crm=shown.crm, user=shown.user))
    return principal.reading()


class HubspotProof:
    """A signature in a header, over the whole request."""

    under = "/v1/crm/hubspot/"

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @staticmethod
    def is_given(scope: Scope) -> bool:
        """Whether there is a signature."""
        return _SIGNATURE in Headers(scope=scope)

    def shown(self, request: Request, body: bytes) -> Shown:
        """The user whose address HubSpot has added, and signed."""
        secret = self._settings.hubspot_client_secret
        if secret is None:
            told = "COACH_HUBSPOT_CLIENT_SECRET to its client secret"
            raise BadSignature(_NO_APP.format(crm="HubSpot", settings=told))
        hubspot.check_signature(
            secret=secret.get_secret_value(),
            method=request.method,
            uri=self._uri(request),
            body=body,
            timestamp=request.headers.get(_TIMESTAMP),
            signature=request.headers[_SIGNATURE],
            now_s=time.time(),
        )
        asker = hubspot.asker_of(query_of(request))
        if self._settings.hubspot_portal not in {None, asker.portal}:
            raise NotAllowed(_ANOTHER.format(crm="HubSpot", setting="COACH_HUBSPOT_PORTAL"))
        return Shown("HubSpot", email=asker.email)

    def refused(self, error: CoachError) -> Response:
        """A problem as any other."""
        return error_response(error)

    def _uri(self, request: Request) -> str:
        """The address that was called, as it was sent; a proxy may have changed host and scheme."""
        base = self._settings.public_url or str(request.base_url).rstrip("/")
        path: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
        query = query_of(request)
        return f"{base}{path.decode('latin-1')}{'?' if query else ''}{query}"


class PipedriveProof:
    """A token in the query, which names the user and the company."""

    under = "/v1/crm/pipedrive/"

    def __init__(self, settings: Settings) -> None:
        """Set whose tokens are taken.

        Raises:
            ConfigError: one of the settings is missing. A user's number is one only beside the company's.
        """
        self._secret, self._company = settings.pipedrive_secret, settings.pipedrive_company
        if (self._secret is None) is not (self._company is None):
            raise ConfigError(_BOTH.format(one="COACH_PIPEDRIVE_SECRET", other="COACH_PIPEDRIVE_COMPANY"))

    @staticmethod
    def is_given(scope: Scope) -> bool:
        """Whether there is a token."""
        return b"token=" in scope["query_string"]

    def shown(self, request: Request, body: bytes = b"") -> Shown:  # noqa: ARG002  only the query is signed
        """The user of the token."""
        if self._secret is None:
            told = "COACH_PIPEDRIVE_SECRET and COACH_PIPEDRIVE_COMPANY"
            raise BadSignature(_NO_APP.format(crm="Pipedrive", settings=told))
        viewer = pipedrive.viewer_of(query_of(request), self._secret.get_secret_value())
        if viewer.company != self._company:
            raise NotAllowed(_ANOTHER.format(crm="Pipedrive", setting="COACH_PIPEDRIVE_COMPANY"))
        return Shown("Pipedrive", user=f"pipedrive:{viewer.user}")

    def refused(self, error: CoachError) -> Response:
        """A problem with what Pipedrive's JSON panel shows of it: `error`, with a title and a text."""
        answer = error_response(error)
        problem = json.loads(bytes(answer.body)) | {"error": {"title": _TITLE, "subtitle": error.detail}}
        return Response(json.dumps(problem), answer.status_code, headers=waiting(error), media_type=MEDIA_TYPE)


class ZendeskProof:
    """A token in the form that Zendesk posts as it loads an app's page; no address of the API is opened by it."""

    def __init__(self, settings: Settings) -> None:
        """Set whose tokens are taken.

        Raises:
            ConfigError: one of the settings is missing, or the key is none.
        """
        key, self._audience = settings.zendesk_public_key, settings.zendesk_audience
        if (key is None) is not (self._audience is None):
            raise ConfigError(_BOTH.format(one="COACH_ZENDESK_PUBLIC_KEY", other="COACH_ZENDESK_AUDIENCE"))
        self._key = None if key is None else zendesk.key_of(key)

    def shown(self, form: str) -> Shown:
        """The user of the token."""
        if self._key is None or self._audience is None:
            told = "COACH_ZENDESK_PUBLIC_KEY and COACH_ZENDESK_AUDIENCE"
            raise BadSignature(_NO_APP.format(crm="Zendesk", settings=told))
        return Shown("Zendesk", user=f"zendesk:{zendesk.agent_of(form, self._key, self._audience)}")


def query_of(request: Request) -> str:
    """The query of an address, as it was sent."""
    query: bytes = request.scope["query_string"]
    return query.decode("latin-1")
