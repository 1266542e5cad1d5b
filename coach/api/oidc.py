"""Signing in by OpenID Connect: the authorization code flow with PKCE, state and nonce."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.requests import Request

from coach.api.issuer import TIMEOUT_S, Issuer, SignInFailed
from coach.errors import ConfigError
from coach.settings import Settings
from coach.store.secret import Secret
from coach.web.login import local

if TYPE_CHECKING:
    from authlib.integrations.httpx_client import AsyncOAuth2Client
    from itsdangerous import URLSafeTimedSerializer

STATE = "coach_state"
"""The cookie that ties the way back to the browser that left."""
_LASTS_S = 600


class Vouched(NamedTuple):
    """Who came back."""

    email: str | None
    """The address that the provider has verified; None where it vouches for none."""
    onward: str
    """Where they wanted to go."""


class Provider:
    """An identity provider, and what we are to it."""

    def __init__(self, settings: Settings, secret: Secret) -> None:
        """Name it; nothing is asked of it until somebody signs in.

        Args:
            settings: Where it is, and what it calls us.
            secret: What the state is signed with.

        Raises:
            ConfigError: a setting is missing.
        """
        if settings.oidc_issuer is None or settings.oidc_client_id is None:
            raise ConfigError(
                "COACH_OIDC_ISSUER and COACH_OIDC_CLIENT_ID: set both, to what the identity provider says, or neither"
            )
        self.name = settings.oidc_name
        self._issuer = Issuer(settings.oidc_issuer)
        self._id = settings.oidc_client_id
        self._secret = None if settings.oidc_client_secret is None else settings.oidc_client_secret.get_secret_value()
        self._public = settings.public_url
        self._signing = secret

    async def begin(self, request: Request, onward: str) -> tuple[str, str]:
        """Where to send somebody who wants to sign in, and the state to keep with their browser.

        Raises:
            SignInFailed: the provider does not answer as one does.
        """
        about = await self._issuer.about()
        state = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")} | {"next": onward}
        async with self._client(request) as client:
            address, _ = client.create_authorization_url(
                about.says["authorization_endpoint"],
                state=state["state"],
                nonce=state["nonce"],
                code_verifier=state["verifier"],
            )
        return str(address), str(self._signer().dumps(state))

    async def end(self, request: Request, kept: str | None) -> Vouched:
        """Who it is that comes back.

        Args:
            request: What they come back with.
            kept: The state that their browser kept.

        Raises:
            SignInFailed: what came back does not fit what was sent, or is not to be believed.
        """
        from itsdangerous import BadData  # noqa: PLC0415  loaded where somebody signs in

        try:
            state = self._signer().loads(kept or "", max_age=_LASTS_S)
        except BadData:
            raise SignInFailed("the way back does not begin at this browser, or took too long") from None
        asked = request.query_params
        if not secrets.compare_digest(asked.get("state", "").encode(), state["state"].encode()):
            raise SignInFailed("the state that came back is not the one that was sent")
        if "code" not in asked:
            raise SignInFailed("the provider let nobody in")
        given = await self._tokens(request, asked["code"], state["verifier"])
        claims = await self._issuer.believed(given["id_token"], self._id, state["nonce"])
        if "email" not in claims:
            # Some put no more into the token than they must.
            claims = await self._issuer.more(str(given.get("access_token")), claims["sub"])
        email = claims.get("email")
        vouched = isinstance(email, str) and claims.get("email_verified") is True
        return Vouched(email if vouched else None, local(state["next"]))

    async def _tokens(self, request: Request, code: str, verifier: str) -> dict[str, Any]:
        from authlib.common.errors import AuthlibBaseError  # noqa: PLC0415  as above
        from httpx2 import HTTPError, InvalidURL  # noqa: PLC0415

        about = await self._issuer.about()
        try:
            async with self._client(request) as client:
                given = await client.fetch_token(about.says["token_endpoint"], code=code, code_verifier=verifier)
        except (HTTPError, InvalidURL, AuthlibBaseError, ValueError, KeyError) as error:
            raise SignInFailed(f"the provider gave no token ({type(error).__name__})") from None
        if not isinstance(given.get("id_token"), str):
            raise SignInFailed("the provider gave no ID token")
        return dict(given)

    def _client(self, request: Request) -> AsyncOAuth2Client:
        from authlib.integrations.httpx_client import AsyncOAuth2Client  # noqa: PLC0415  as above

        base = self._public or str(request.base_url).rstrip("/")
        return AsyncOAuth2Client(
            self._id,
            self._secret,
            scope="openid email",
            redirect_uri=f"{base}/auth/callback",
            code_challenge_method="S256",
            timeout=TIMEOUT_S,
        )

    def _signer(self) -> URLSafeTimedSerializer:
        from itsdangerous import URLSafeTimedSerializer  # noqa: PLC0415  as above

        key = self._signing.key("oidc state")
        return URLSafeTimedSerializer(key, salt=STATE, signer_kwargs={"digest_method": hashlib.sha256})
