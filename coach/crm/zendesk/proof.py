"""Who opens an app's page in Zendesk: the token that Zendesk posts on the first load of a page with `signedUrls`.

By https://developer.zendesk.com/documentation/apps/app-developer-guide/using-the-apps-framework/ ("Authenticating
Zendesk in your server-side app") and its tutorial, "Securing the app": the form field `token` is a JSON Web Token,
signed by RS256 with the app's own private key. `aud` is the installation's address, `iss` the account's host, `sub` the
user's address in the account. What is asked for by the page later on carries no token any more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from coach.crm.query import once_each
from coach.crm.tokens import claims_of
from coach.errors import BadSignature, ConfigError

if TYPE_CHECKING:
    from joserfc.jwk import RSAKey

_ONCE = "Zendesk posts a form with `token`, once. Does the app's manifest say `signedUrls`?"
_WRONG = (
    "The Zendesk token of this request is wrong, or over. Is COACH_ZENDESK_PUBLIC_KEY that of this very app, "
    "COACH_ZENDESK_AUDIENCE the address of its installation, and this machine's clock right?"
)
_NO_KEY = "COACH_ZENDESK_PUBLIC_KEY: this is no RSA key; copy the PEM that Zendesk gives for the app"
_USER = re.compile(r"(?:https://[^/\s]+/[a-z0-9/]*users/)?([0-9]{1,19})(?:\.json)?")
"""`sub`: the user's number, or the address that ends in it."""


def key_of(pem: str) -> RSAKey:
    r"""The app's public key; `\n` may stand for the end of a line, as it does where a setting has one.

    Raises:
        ConfigError: it is none.
    """
    from joserfc.errors import JoseError  # noqa: PLC0415  loaded where Zendesk is set
    from joserfc.jwk import RSAKey  # noqa: PLC0415

    try:
        return RSAKey.import_key(pem.replace("\\n", "\n"))
    except (JoseError, ValueError, TypeError):
        raise ConfigError(_NO_KEY) from None


def agent_of(form: str, key: RSAKey, audience: str) -> str:
    """Whose page it is: the user's number in Zendesk.

    Args:
        form: What was posted, as it came.
        key: The app's public key.
        audience: The address of the app's installation; its host is the account's.

    Raises:
        BadSignature: there is no token, or it is not to be believed here.
    """
    (token,) = once_each(form, ("token",), _ONCE)
    claims = claims_of(
        token,
        key,
        "RS256",
        _WRONG,
        aud={"essential": True, "value": audience},
        iss={"essential": True, "value": urlsplit(audience).hostname},
        sub={"essential": True},
    )
    user = _USER.fullmatch(str(claims["sub"]))
    if user is None:
        raise BadSignature(_WRONG)
    return user[1]
