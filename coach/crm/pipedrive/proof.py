"""Who looks at a record in Pipedrive: the token that Pipedrive adds to the address of each panel.

By https://pipedrive.readme.io/docs/custom-ui-extensions and, for the JSON panel, json-panels-adding-a-panel: `token` is
a JSON Web Token over user and company, signed by HMAC-SHA-256 with the panel's JWT secret or, where it has none, with
the app's client secret; it is good for five minutes. It does not say of which record, which stands beside it unsigned.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from coach.crm.query import once_each
from coach.crm.tokens import claims_of
from coach.errors import BadSignature

_ONCE = "A request of Pipedrive's has `token`, `userId` and `companyId`, once each."
_WRONG = (
    "The Pipedrive token of this request is wrong, or over. Is COACH_PIPEDRIVE_SECRET the JWT secret of this very "
    "panel, and this machine's clock right?"
)
_ANOTHER = "The Pipedrive token of this request is of another user or company than its address says."


class Viewer(NamedTuple):
    """A user of a company, by their numbers in Pipedrive."""

    user: str
    company: str


def viewer_of(query: str, secret: str) -> Viewer:
    """Who asks.

    Args:
        query: The address's query, as it came.
        secret: What Pipedrive signs with.

    Raises:
        BadSignature: there is no token, it is not to be believed, or it is somebody else's.
    """
    from joserfc.jwk import OctKey  # noqa: PLC0415  loaded where a token comes

    token, user, company = once_each(query, ("token", "userId", "companyId"), _ONCE)
    claims = claims_of(token, OctKey.import_key(secret.encode()), "HS256", _WRONG)
    said = Viewer(*(_number(claims.get(name)) for name in ("userId", "companyId")))
    if said != (user, company):
        raise BadSignature(_ANOTHER)
    return said


def _number(value: Any) -> str:  # noqa: ANN401  what a token holds
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not (text.isascii() and text.isdigit()):
        raise BadSignature(_WRONG)
    return text
