"""An OpenID Connect provider: what it says of itself and of somebody, and whether that is to be believed."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from coach.errors import CoachError

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
"""Signatures by a key pair; never `none`, and never one by a shared secret."""
_KNOWN_FOR_S = 600
_DOWN_FOR_S = 5
"""How long nobody waits for a provider that has just not answered."""
TIMEOUT_S = 10
_SKEW_S = 60


class SignInFailed(CoachError):
    """The identity provider cannot be reached, or what it says is not to be believed."""

    code = "sign_in_failed"
    status_code = 502


class About(NamedTuple):
    """What a provider says of itself."""

    says: dict[str, Any]
    """Its discovery document."""
    keys: KeySet


class Issuer:
    """A provider, by its address."""

    def __init__(self, address: str) -> None:
        """Name it; nothing is asked of it until somebody signs in."""
        self._address = address.rstrip("/")
        self._asking = asyncio.Lock()
        self._found: About | None = None
        self._found_at = float("-inf")
        self._failed_at = float("-inf")

    async def about(self, *, anew: bool = False) -> About:
        """What it says of itself, as of the last minutes.

        Raises:
            SignInFailed: it does not answer as one does.
        """
        async with self._asking:
            now = time.monotonic()
            if self._found is None or anew or now > self._found_at + _KNOWN_FOR_S:
                if now < self._failed_at + _DOWN_FOR_S:
                    raise SignInFailed("the provider has just not answered")
                try:
                    self._found = await self._asked()
                except SignInFailed:
                    self._failed_at = time.monotonic()
                    raise
                self._found_at = now
            return self._found

    async def believed(self, token: str, audience: str, nonce: str) -> dict[str, Any]:
        """What an ID token says, where this provider signed it, for us, now, and for this sign-in.

        Raises:
            SignInFailed: it is not to be believed.
        """
        from joserfc import jwt  # noqa: PLC0415  loaded where somebody signs in
        from joserfc.errors import JoseError  # noqa: PLC0415

        about = await self.about()
        try:
            try:
                found = jwt.decode(token, about.keys, algorithms=_ALGORITHMS)
            except (JoseError, ValueError):
                # It may sign with new keys.
                about = await self.about(anew=True)
                found = jwt.decode(token, about.keys, algorithms=_ALGORITHMS)
            jwt.JWTClaimsRegistry(
                leeway=_SKEW_S,
                iss={"essential": True, "value": about.says["issuer"]},
                aud={"essential": True, "value": audience},
                sub={"essential": True},
                exp={"essential": True},
                iat={"essential": True},
                nonce={"essential": True, "value": nonce},
            ).validate(found.claims)
        except (JoseError, ValueError) as error:
            raise SignInFailed(f"the ID token is not to be believed ({type(error).__name__})") from None
        claims: dict[str, Any] = found.claims
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if several and claims.get("azp") != audience:
            raise SignInFailed("the ID token is for somebody else")
        return claims

    async def more(self, access_token: str, subject: str) -> dict[str, Any]:
        """What it says of somebody beyond the ID token; nothing where it says no more.

        Raises:
            SignInFailed: it does not answer, or speaks of somebody else.
        """
        import httpx2  # noqa: PLC0415  as above

        about = await self.about()
        if "userinfo_endpoint" not in about.says:
            return {}
        sent = {"authorization": f"Bearer {access_token}"}
        try:
            async with httpx2.AsyncClient(timeout=TIMEOUT_S) as client:
                said = (await client.get(about.says["userinfo_endpoint"], headers=sent)).json()
            same = said["sub"] == subject
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, KeyError, TypeError) as error:
            raise SignInFailed(f"the provider does not say who it is that came ({type(error).__name__})") from None
        if not same:
            raise SignInFailed("the provider speaks of somebody else")
        return dict(said)

    async def _asked(self) -> About:
        import httpx2  # noqa: PLC0415  as above
        from joserfc.errors import JoseError  # noqa: PLC0415
        from joserfc.jwk import KeySet  # noqa: PLC0415

        try:
            async with httpx2.AsyncClient(timeout=TIMEOUT_S) as client:
                says = (await client.get(f"{self._address}/.well-known/openid-configuration")).json()
                keys = KeySet.import_key_set((await client.get(says["jwks_uri"])).json())
            itself = says["issuer"].rstrip("/") == self._address
        except (
            httpx2.HTTPError,
            httpx2.InvalidURL,
            JoseError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
        ) as error:
            raise SignInFailed(f"the provider does not say who it is ({type(error).__name__})") from None
        if not itself:
            raise SignInFailed("the provider calls itself otherwise than COACH_OIDC_ISSUER does")
        return About(says, keys)
