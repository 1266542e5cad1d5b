"""JSON Web Tokens of CRMs: whether one is signed as its vendor signs, for us, and now.

The algorithm is the vendor's, whatever the token says of itself; so neither `none` nor a key of another kind gets by.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from coach.errors import BadSignature

if TYPE_CHECKING:
    from joserfc.jwk import Key

_SKEW_S = 30
"""How far a clock may be from the vendor's."""
_LONGEST = 8192
"""Characters of a token; theirs have some hundreds."""


def claims_of(token: str, key: Key, algorithm: str, wrong: str, **wanted: Any) -> dict[str, Any]:  # noqa: ANN401
    """What a token says that is to be believed.

    Args:
        token: As it came.
        key: What the vendor signs with, or its public half.
        algorithm: The one that the vendor signs by.
        wrong: What to say where it is not to be believed.
        **wanted: What claims have to be there, as joserfc has it; that it begins and ends is asked of each.

    Raises:
        BadSignature: it is not to be believed, or not any more; its text is not repeated.
    """
    from joserfc import jws, jwt  # noqa: PLC0415  loaded where a token comes
    from joserfc.errors import JoseError  # noqa: PLC0415

    if len(token) > _LONGEST:
        raise BadSignature(wrong)
    try:
        # What a header says beyond what is known is passed over (RFC 7515, 4), unless it is said to be critical.
        registry = jws.JWSRegistry(algorithms=[algorithm], strict_check_header=False)
        found = jwt.decode(token, key, registry=registry)
        jwt.JWTClaimsRegistry(
            now=int(time.time()), leeway=_SKEW_S, exp={"essential": True}, iat={"essential": True}, **wanted
        ).validate(found.claims)
    # The last one: what is nested too deep.
    except (JoseError, ValueError, TypeError, RecursionError):
        raise BadSignature(wrong) from None
    claims: dict[str, Any] = found.claims
    return claims
