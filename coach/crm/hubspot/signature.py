"""HubSpot's request signature, version 3, by https://developers.hubspot.com: "Validating requests".

The base64 of an HMAC-SHA-256, keyed with the app's client secret, of method, URI, body and timestamp one after the
other; in the URI some characters stand as themselves that were percent-encoded on the way.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

from coach.errors import BadSignature

WINDOW_S = 300
"""How old a request may be, in seconds, and how far ahead of this machine's clock."""
_DECODED = {
    "%3A": ":",
    "%2F": "/",
    "%3F": "?",
    "%40": "@",
    "%21": "!",
    "%24": "$",
    "%27": "'",
    "%28": "(",
    "%29": ")",
    "%2A": "*",
    "%2C": ",",
    "%3B": ";",
}
"""The table that HubSpot publishes; everything else stays as it was sent."""
_ENCODED = re.compile("|".join(_DECODED), re.IGNORECASE)
_TIMESTAMP = re.compile(r"[0-9]{1,16}")
_WRONG = (
    "The HubSpot signature of this request is missing or wrong. Is COACH_HUBSPOT_CLIENT_SECRET that of the app, and "
    "COACH_PUBLIC_URL the address that HubSpot calls?"
)
_OLD = "The HubSpot signature of this request is not of the last five minutes. Is this machine's clock right?"


def decoded(uri: str) -> str:
    """A URI as HubSpot signs it: once through the table, so that what was encoded twice stays encoded."""
    return _ENCODED.sub(lambda found: _DECODED[found[0].upper()], uri)


def check_signature(  # noqa: PLR0913  what is signed, and with what
    *, secret: str, method: str, uri: str, body: bytes, timestamp: str | None, signature: str | None, now_s: float
) -> None:
    """Refuse a request that HubSpot has not signed in the last five minutes.

    Args:
        secret: The app's client secret.
        method: Of the request, such as `GET`.
        uri: The whole address that was called, host and query included, as it was sent.
        body: Its bytes, as they were sent.
        timestamp: `X-HubSpot-Request-Timestamp`, in milliseconds since 1970.
        signature: `X-HubSpot-Signature-v3`.
        now_s: The time here, in seconds since 1970.

    Raises:
        BadSignature: it is missing, wrong, or too old.
    """
    if timestamp is None or signature is None or not _TIMESTAMP.fullmatch(timestamp):
        raise BadSignature(_WRONG)
    signed = method.encode() + decoded(uri).encode() + body + timestamp.encode()
    expected = base64.b64encode(hmac.digest(secret.encode(), signed, hashlib.sha256))
    # A header may hold anything, and only ASCII strings can be compared in constant time: bytes can.
    if not hmac.compare_digest(expected, signature.encode("utf-8", "replace")):
        raise BadSignature(_WRONG)
    if abs(now_s - int(timestamp) / 1000) >= WINDOW_S:
        raise BadSignature(_OLD)
