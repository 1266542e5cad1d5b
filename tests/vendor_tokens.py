"""Tokens as Pipedrive and Zendesk make them, by what they publish; made without the library that reads them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SECRET = "7d1f0a52c3b84e6f9a07d1f0a52c3b84"  # noqa: S105  of no app
COMPANY = "54321"
AUDIENCE = "https://acme.zendesk.com/api/v2/apps/installations/12.json"


@cache
def private_key(which: int = 0) -> rsa.RSAPrivateKey:
    """An app's key; each `which` is another app's."""
    assert which >= 0
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_pem(which: int = 0) -> str:
    """What Zendesk gives of it."""
    return private_key(which).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def pipedrive_claims(user: int = 123, company: int = int(COMPANY), **changed: Any) -> dict[str, Any]:
    """Good for five minutes."""
    now = int(time.time())
    return given({"userId": user, "companyId": company, "iat": now, "exp": now + 300} | changed)


def zendesk_claims(user: int = 456, **changed: Any) -> dict[str, Any]:
    """Good for some minutes, for an installation."""
    now = int(time.time())
    claims = {
        "iss": "acme.zendesk.com",
        "aud": AUDIENCE,
        "sub": f"https://acme.zendesk.com/api/v2/users/{user}.json",
        "iat": now,
        "nbf": now,
        "exp": now + 300,
        "qsh": "c57e9b5b",
        "context": {"product": "sell", "location": "deal_card"},
    }
    return given(claims | changed)


def given(claims: dict[str, Any]) -> dict[str, Any]:
    """What is None is not there."""
    return {name: value for name, value in claims.items() if value is not None}


def hs256(claims: object, secret: str | bytes = SECRET, alg: str = "HS256", **header: object) -> str:
    """Signed by a shared secret; `alg` and `header` are what the token says of itself."""
    signed = _signed(claims, alg, **header)
    key = secret if isinstance(secret, bytes) else secret.encode()
    return f"{signed}.{_b64(hmac.digest(key, signed.encode(), hashlib.sha256))}"


def rs256(claims: object, which: int = 0, alg: str = "RS256") -> str:
    """Signed by a key pair."""
    signed = _signed(claims, alg)
    return f"{signed}.{_b64(private_key(which).sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


def unsigned(claims: object, alg: str = "none") -> str:
    """Signed by nothing."""
    return f"{_signed(claims, alg)}."


def _signed(claims: object, alg: str, **header: object) -> str:
    head = {"alg": alg, "typ": "JWT"} | header
    return f"{_b64(json.dumps(head).encode())}.{_b64(json.dumps(claims).encode())}"


def _b64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
