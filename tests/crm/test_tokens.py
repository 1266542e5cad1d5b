"""Pipedrive's and Zendesk's tokens: what the vendor signs for us and now is taken, and nothing else."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from coach.crm.pipedrive import viewer_of
from coach.crm.zendesk import agent_of, key_of
from coach.errors import BadSignature, ConfigError
from tests.vendor_tokens import (
    AUDIENCE,
    COMPANY,
    SECRET,
    hs256,
    pipedrive_claims,
    public_pem,
    rs256,
    unsigned,
    zendesk_claims,
)

NOW = int(time.time())


def viewer(token: str, user: str = "123", company: str = COMPANY) -> tuple[str, str]:
    return viewer_of(f"resource=deal&userId={user}&companyId={company}&token={quote(token)}", SECRET)


def agent(token: str) -> str:
    return agent_of(f"token={quote(token)}", key_of(public_pem()), AUDIENCE)


def test_what_pipedrive_signs_says_who_looks() -> None:
    assert ("123", COMPANY) == viewer(hs256(pipedrive_claims()))
    # Some versions of a number are a text.
    assert ("123", COMPANY) == viewer(hs256(pipedrive_claims(userId="123")))


def test_what_zendesk_signs_says_who_looks() -> None:
    assert "456" == agent(rs256(zendesk_claims()))
    assert "456" == agent(rs256(zendesk_claims(sub="456", aud=[AUDIENCE])))


def test_what_a_header_says_beyond_what_is_known_is_passed_over_unless_it_is_critical() -> None:
    assert ("123", COMPANY) == viewer(hs256(pipedrive_claims(), env="eu"))
    with pytest.raises(BadSignature):
        viewer(hs256(pipedrive_claims(), env="eu", crit=["env"]))


def test_a_key_may_have_its_lines_in_one() -> None:
    assert "456" == agent_of(f"token={rs256(zendesk_claims())}", key_of(public_pem().replace("\n", "\\n")), AUDIENCE)


TIMES: list[dict[str, Any]] = [
    {"exp": NOW - 60},
    {"exp": None},
    {"exp": "soon"},
    {"iat": None},
    {"iat": NOW + 3600},
    {"iat": "now"},
    {"nbf": NOW + 3600},
]
DEEP = base64.urlsafe_b64encode(b"[" * 6000).decode().rstrip("=")
BROKEN = ["", "x", "a.b.c", "ü.ü.ü", ".".join([DEEP] * 3)[:8192], hs256([1]), hs256("x"), "e30.e30.e30", "x" * 9000]


@pytest.mark.parametrize("changed", TIMES)
def test_a_token_of_another_time_or_of_none_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(BadSignature, match="or over"):
        viewer(hs256(pipedrive_claims(**changed)))
    with pytest.raises(BadSignature, match="or over"):
        agent(rs256(zendesk_claims(**changed)))


@pytest.mark.parametrize(
    "make",
    [
        lambda: hs256(pipedrive_claims(), "another secret of no app"),
        lambda: hs256(pipedrive_claims(), alg="HS512"),
        lambda: unsigned(pipedrive_claims()),
        lambda: unsigned(pipedrive_claims(), "None"),
        lambda: unsigned(pipedrive_claims(), "HS256"),
        lambda: rs256(pipedrive_claims()),
        lambda: rs256(pipedrive_claims(), alg="HS256"),
        lambda: hs256(pipedrive_claims())[:-1],
        *(lambda one=one: one for one in BROKEN[1:]),
    ],
)
def test_what_pipedrive_has_not_signed_is_refused(make: Callable[[], str]) -> None:
    token = make()
    with pytest.raises(BadSignature, match="COACH_PIPEDRIVE_SECRET") as refused:
        viewer(token)
    assert token not in refused.value.detail


@pytest.mark.parametrize(
    "make",
    [
        lambda: rs256(zendesk_claims(), which=1),
        lambda: unsigned(zendesk_claims()),
        lambda: unsigned(zendesk_claims(), "RS256"),
        # The public key, which anybody may have, as if it were a shared secret.
        lambda: hs256(zendesk_claims(), public_pem()),
        lambda: hs256(zendesk_claims(), public_pem().strip(), alg="RS256"),
        lambda: rs256(zendesk_claims(), alg="RS512"),
        lambda: rs256(zendesk_claims(aud=AUDIENCE.replace("/12.", "/13."))),
        lambda: rs256(zendesk_claims(aud=None)),
        lambda: rs256(zendesk_claims(iss="evil.zendesk.com")),
        lambda: rs256(zendesk_claims(iss=None)),
        lambda: rs256(zendesk_claims(sub=None)),
        lambda: rs256(zendesk_claims(sub="ilse@acme.example")),
        lambda: rs256(zendesk_claims(sub="https://acme.zendesk.com/api/v2/users/x456.json")),
        *(lambda one=one: one for one in BROKEN[1:]),
    ],
)
def test_what_zendesk_has_not_signed_for_this_installation_is_refused(make: Callable[[], str]) -> None:
    token = make()
    with pytest.raises(BadSignature, match="COACH_ZENDESK_AUDIENCE") as refused:
        agent(token)
    assert token not in refused.value.detail


@pytest.mark.parametrize(("user", "company"), [("124", COMPANY), ("123", "54322"), ("0123", COMPANY)])
def test_a_token_beside_somebody_elses_number_is_refused(user: str, company: str) -> None:
    with pytest.raises(BadSignature, match="another user or company"):
        viewer(hs256(pipedrive_claims()), user, company)


@pytest.mark.parametrize("changed", [{"userId": None}, {"companyId": None}, {"userId": True}, {"userId": "x"}])
def test_a_token_without_numbers_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(BadSignature, match="is wrong"):
        viewer(hs256(pipedrive_claims(**changed)))


@pytest.mark.parametrize(
    "query",
    [
        "",
        "userId=123&companyId=54321",
        "userId=123&token={token}",
        "userId=9&userId=123&companyId=54321&token={token}",
        "userId=123&companyId=1&companyId=54321&token={token}",
        "userId=123&companyId=54321&token=x&token={token}",
        "userId=9&user%49d=123&companyId=54321&token={token}",
        "&".join(["x=1"] * 200),
    ],
)
def test_what_pipedrive_adds_is_there_once(query: str) -> None:
    with pytest.raises(BadSignature, match="once each"):
        viewer_of(query.replace("{token}", hs256(pipedrive_claims())), SECRET)


@pytest.mark.parametrize("form", ["", "token=", "token=x&token={token}", "jwt={token}", "--x\r\n{token}"])
def test_what_zendesk_posts_is_there_once(form: str) -> None:
    with pytest.raises(BadSignature, match="signedUrls"):
        agent_of(form.replace("{token}", rs256(zendesk_claims())), key_of(public_pem()), AUDIENCE)


@pytest.mark.parametrize("pem", ["x", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"])
def test_what_is_no_key_is_refused_by_its_setting(pem: str) -> None:
    with pytest.raises(ConfigError, match="COACH_ZENDESK_PUBLIC_KEY"):
        key_of(pem)
