"""HubSpot's request signature, held against HubSpot's own helper: what it signs is taken, and nothing else."""

from __future__ import annotations

import time

import pytest
from hubspot.exceptions import InvalidSignatureTimestampError
from hubspot.utils.signature import Signature

from coach.crm.hubspot import asker_of, check_signature
from coach.crm.hubspot.signature import decoded
from coach.errors import BadSignature

SECRET = "5c0e0f5e-9d3e-4b2c-8a51-2f9fb5b0f2a1"  # noqa: S105  of no app
URI = "https://coach.example/v1/crm/hubspot/cards/71?userId=1&portalId=2&userEmail=ilse@acme.example&appId=3"
NOW = 1_772_000_000.0


def signed(uri: str = URI, method: str = "GET", body: str = "", at: float = NOW, secret: str = SECRET) -> str:
    """What HubSpot's own helper signs."""
    signature: str = Signature.get_signature(secret, body, "v3", uri, method, str(int(at * 1000)))
    return signature


def check(
    signature: str | None,
    *,
    uri: str = URI,
    method: str = "GET",
    body: bytes = b"",
    at: float | str | None = NOW,
    now_s: float = NOW,
) -> None:
    timestamp = str(int(at * 1000)) if isinstance(at, float) else at
    check_signature(
        secret=SECRET, method=method, uri=uri, body=body, timestamp=timestamp, signature=signature, now_s=now_s
    )


@pytest.mark.parametrize(
    ("method", "body"), [("GET", ""), ("POST", '{"a": 1}'), ("POST", '{ "note": "Hallström ✓" }\n'), ("PUT", "x")]
)
def test_what_hubspots_helper_signs_is_taken_byte_for_byte(method: str, body: str) -> None:
    check(signed(method=method, body=body), method=method, body=body.encode())


def test_hubspots_helper_takes_what_is_taken_here() -> None:
    now = time.time()
    given = {"http_uri": URI, "http_method": "GET", "signature_version": "v3"}
    for at, is_taken in ((now, True), (now - 299, True), (now - 301, False)):
        signature = signed(at=at)
        try:
            theirs = Signature.is_valid(signature, SECRET, "", timestamp=str(int(at * 1000)), **given)
        except InvalidSignatureTimestampError:
            theirs = False
        assert is_taken is theirs
        if is_taken:
            check(signature, at=at, now_s=now)
        else:
            with pytest.raises(BadSignature):
                check(signature, at=at, now_s=now)


@pytest.mark.parametrize(
    "changed",
    [
        {"method": "POST"},
        {"uri": URI.replace("71", "72")},
        {"uri": URI.replace("https", "http")},
        {"uri": URI.replace("coach.example", "other.example")},
        {"uri": URI + "&x=1"},
        {"uri": URI.replace("ilse@", "boss@")},
        {"body": b" "},
        {"at": NOW + 1},
    ],
)
def test_a_signature_is_of_one_request_alone(changed: dict[str, object]) -> None:
    with pytest.raises(BadSignature, match="missing or wrong"):
        check(signed(), **changed)  # type: ignore[arg-type]


OF_ANOTHER = signed(secret="another")  # noqa: S106  as above


@pytest.mark.parametrize("signature", [None, "", "x", "ü", OF_ANOTHER, signed()[:-1], signed().lower()])
def test_what_is_no_signature_of_the_app_is_refused(signature: str | None) -> None:
    with pytest.raises(BadSignature, match="missing or wrong"):
        check(signature)


@pytest.mark.parametrize("at", [None, "", "now", "-1", "1e12", "١٧٧٢", "9" * 17])
def test_a_time_that_is_none_is_refused(at: str | None) -> None:
    signature: str = Signature.get_signature(SECRET, "", "v3", URI, "GET", str(at))
    with pytest.raises(BadSignature, match="missing or wrong"):
        check(signature, at=at)


@pytest.mark.parametrize("off", [-300.0, 300.0, -86_400.0, 86_400.0])
def test_what_was_signed_more_than_five_minutes_from_now_is_refused(off: float) -> None:
    with pytest.raises(BadSignature, match="last five minutes"):
        check(signed(at=NOW + off), at=NOW + off)
    check(signed(at=NOW + off * 0.99 if abs(off) == 300 else NOW), at=NOW + off * 0.99 if abs(off) == 300 else NOW)


def test_the_error_has_a_stable_code() -> None:
    assert ("bad_signature", 401) == (BadSignature.code, BadSignature.status_code)


TABLE = {
    "%3A": ":", "%2F": "/", "%3F": "?", "%40": "@", "%21": "!", "%24": "$", "%27": "'", "%28": "(", "%29": ")",
    "%2A": "*", "%2C": ",", "%3B": ";",
}  # fmt: skip
"""As HubSpot publishes it."""


def test_every_character_of_the_table_stands_as_itself_and_no_other_does() -> None:
    for byte in range(256):
        code = f"%{byte:02X}"
        assert TABLE.get(code, code) == decoded(code)
        assert TABLE.get(code, code.lower()) == decoded(code.lower())


def test_what_was_encoded_twice_is_decoded_once() -> None:
    assert "a%2540b %253F" == decoded("a%2540b %253F")
    assert "a%25@b" == decoded("a%25%40b")


@pytest.mark.parametrize(
    ("sent", "as_signed"),
    [
        ("?userEmail=ilse%40acme.example", "?userEmail=ilse@acme.example"),
        (
            "?name=A%20%26%20B%2C%20%28C%29&next=https%3A%2F%2Fx%3Fy%3D1",
            "?name=A%20%26%20B,%20(C)&next=https://x?y%3D1",
        ),
        ("?name=Hallstr%C3%B6m%21", "?name=Hallstr%C3%B6m!"),
    ],
)
def test_an_address_is_signed_as_the_table_has_it(sent: str, as_signed: str) -> None:
    base = "https://coach.example/v1/crm/hubspot/cards/71"
    check(signed(uri=base + as_signed), uri=base + sent)


def test_who_asks_is_what_hubspot_has_added() -> None:
    assert ("ilse+x@acme.example", "2") == asker_of("userId=1&portalId=2&userEmail=ilse%2Bx%40acme.example&appId=3")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "userEmail=ilse@acme.example",
        "portalId=2",
        "portalId=2&userEmail=",
        "portalId=2&userEmail=boss@acme.example&userEmail=ilse@acme.example",
        "portalId=1&portalId=2&userEmail=ilse@acme.example",
        "portalId=2&userEmail=boss@acme.example&user%45mail=ilse@acme.example",
    ],
)
def test_who_is_named_twice_or_not_at_all_is_nobody(query: str) -> None:
    with pytest.raises(BadSignature, match="once each"):
        asker_of(query)
