"""ID tokens that are not to be believed, from a provider that says what a test wants."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from coach.api.app import create_app
from coach.api.issuer import Issuer, SignInFailed
from coach.domain.identity import Role
from coach.errors import ConfigError
from coach.service.members import Circle
from coach.settings import Settings
from coach.wiring import build
from tests.web.conftest import serving

KEY, OTHER = (RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"}) for _ in range(2))
EMAIL = "ruth@example.com"


@dataclass
class Liar:
    """A provider whose tokens are as a test wants them."""

    claims: dict[str, Any] = field(default_factory=dict)
    key: Any = field(default_factory=lambda: KEY)
    algorithm: str = "RS256"
    issuer: str = ""
    calls_itself: str | None = None
    nonce: str = ""
    raw: str | None = None
    verifier: str = ""
    ill: bool = False
    known: Any = field(default_factory=lambda: KEY)
    """Whose public half it shows."""
    says: dict[str, Any] | None = None
    """What it says of somebody beyond the token."""
    asked_for: list[str] = field(default_factory=list)

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._about),
                Route("/keys", self._keys),
                Route("/token", self._token, methods=["POST"]),
                Route("/me", self._me),
            ]
        )

    async def _about(self, request: Request) -> Response:
        self.issuer = str(request.base_url).rstrip("/")
        return JSONResponse(
            {
                "issuer": self.calls_itself or self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
            | ({} if self.says is None else {"userinfo_endpoint": f"{self.issuer}/me"})
        )

    async def _keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [self.known.as_dict(private=False)]})

    async def _token(self, request: Request) -> Response:
        form = parse_qs((await request.body()).decode())
        self.verifier = form["code_verifier"][0]
        if self.ill:
            return Response(status_code=500)
        return JSONResponse({"access_token": "a", "token_type": "Bearer", "id_token": self.raw or self.id_token()})

    async def _me(self, request: Request) -> Response:
        self.asked_for.append(request.headers["authorization"])
        return JSONResponse(self.says)

    def id_token(self) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": "coach",
            "sub": "1",
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonce,
            "email": EMAIL,
            "email_verified": True,
        } | self.claims
        header = {"alg": self.algorithm, "kid": "one"}
        claims = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(header, claims, self.key, algorithms=[self.algorithm])


@pytest.fixture
def liar() -> Liar:
    return Liar()


@pytest.fixture
def client(liar: Liar, tmp_path: Path) -> Iterator[TestClient]:
    with serving(liar.app()) as address:  # type: ignore[arg-type]
        settings = Settings(
            _env_file=None,
            data_dir=tmp_path / "data",
            engine="local",
            encoder=False,
            oidc_issuer=address.rstrip("/"),
            oidc_client_id="coach",
        )
        coach = build(settings)
        with TestClient(create_app(coach), follow_redirects=False, base_url="http://localhost") as opened:
            circle = Circle("main", coach.pipeline.records.members)
            assert opened.portal is not None
            opened.portal.call(circle.add, EMAIL, Role.ADMIN)
            yield opened


def come_back(client: TestClient, liar: Liar, **changed: str) -> str:
    """Leave for the provider, and come back; where that leads."""
    left = client.get("/auth/oidc?next=/rep")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(left.headers["location"]).query).items()}
    assert ("code", "S256") == (asked["response_type"], asked["code_challenge_method"])
    liar.nonce = asked["nonce"]
    answer = client.get("/auth/callback", params={"code": "c", "state": asked["state"]} | changed)
    return answer.headers.get("location", answer.text)


def test_a_token_that_fits_lets_its_member_in(client: TestClient, liar: Liar) -> None:
    assert 'content="0;url=/rep"' in come_back(client, liar)
    assert "admin" == client.get("/v1/me").json()["role"]
    assert len(liar.verifier) >= 43


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "somebody"},
        {"aud": ["coach", "somebody"]},
        {"iss": "https://evil.example"},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"nonce": "another"},
        {"nonce": None},
        {"iat": int(time.time()) + 3600},
        {"iat": None},
        {"sub": None},
    ],
)
def test_a_token_that_does_not_fit_lets_nobody_in(client: TestClient, liar: Liar, claims: dict[str, Any]) -> None:
    liar.claims = claims
    assert "/login?why=provider&next=%2F" == come_back(client, liar)
    assert "coach_session" not in client.cookies


def test_a_token_of_another_key_lets_nobody_in(client: TestClient, liar: Liar) -> None:
    liar.key = OTHER
    assert "why=provider" in come_back(client, liar)


def test_a_token_signed_by_a_shared_secret_lets_nobody_in(client: TestClient, liar: Liar) -> None:
    liar.key, liar.algorithm = OctKey.generate_key(256), "HS256"
    assert "why=provider" in come_back(client, liar)


@pytest.mark.parametrize("raw", ["", "x", "e30.e30.", "eyJhbGciOiJub25lIn0.e30.", 7])
def test_what_is_no_token_lets_nobody_in(client: TestClient, liar: Liar, raw: Any) -> None:
    liar.raw = raw or " "
    assert "why=provider" in come_back(client, liar)


@pytest.mark.parametrize("claims", [{"email_verified": False}, {"email_verified": "true"}, {"email": None}])
def test_an_address_that_is_not_vouched_for_lets_nobody_in(
    client: TestClient, liar: Liar, claims: dict[str, Any]
) -> None:
    liar.claims = claims
    assert "why=access" in come_back(client, liar)


@pytest.mark.parametrize("changed", [{"state": "another"}, {"state": ""}])
def test_a_state_that_was_not_sent_lets_nobody_in(client: TestClient, liar: Liar, changed: dict[str, str]) -> None:
    assert "why=provider" in come_back(client, liar, **changed)


def test_a_provider_that_calls_itself_otherwise_is_not_used(client: TestClient, liar: Liar) -> None:
    liar.calls_itself = "https://login.example"
    assert "/login?why=provider&next=%2F" == client.get("/auth/oidc").headers["location"]


def test_a_provider_that_is_down_leaves_the_key(tmp_path: Path) -> None:
    settings = Settings(
        _env_file=None,
        data_dir=tmp_path,
        engine="local",
        encoder=False,
        oidc_issuer="http://127.0.0.1:1",
        oidc_client_id="coach",
    )
    with TestClient(create_app(build(settings)), follow_redirects=False, base_url="http://localhost") as opened:
        assert "/login?why=provider&next=%2F" == opened.get("/auth/oidc").headers["location"]
        page = opened.get("/login?why=provider").text
        assert "use a key" in page
        assert "API key" in page


def test_a_provider_may_change_its_keys(client: TestClient, liar: Liar) -> None:
    assert 'content="0;url=/rep"' in come_back(client, liar)
    liar.key = liar.known = OTHER
    assert 'content="0;url=/rep"' in come_back(client, liar)
    liar.key = KEY
    assert "why=provider" in come_back(client, liar)


def test_an_address_that_is_not_in_the_token_is_asked_for(client: TestClient, liar: Liar) -> None:
    liar.claims = {"email": None, "email_verified": None}
    liar.says = {"sub": "1", "email": EMAIL, "email_verified": True}
    assert 'content="0;url=/rep"' in come_back(client, liar)
    assert ["Bearer a"] == liar.asked_for


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"sub": "2"}, "provider"),
        ({"sub": None}, "provider"),
        ({"email_verified": False}, "access"),
        ({"email_verified": "true"}, "access"),
        ({"email": "nobody@example.com"}, "access"),
        ({"email": None}, "access"),
    ],
)
def test_what_is_said_beyond_the_token_is_believed_no_sooner(
    client: TestClient, liar: Liar, changed: dict[str, Any], why: str
) -> None:
    liar.claims = {"email": None, "email_verified": None}
    liar.says = {"sub": "1", "email": EMAIL, "email_verified": True} | changed
    assert f"/login?why={why}&next=%2F" == come_back(client, liar)
    assert "coach_session" not in client.cookies


@pytest.mark.parametrize(
    "email",
    ["rut\N{KELVIN SIGN}@example.com", "rutk@example.com\x00", "rutk", "", "rutk@rutk@example.com"],
)
def test_an_address_that_is_only_like_a_members_lets_nobody_in(client: TestClient, liar: Liar, email: str) -> None:
    circle = Circle("main", client.app.state.coach.pipeline.records.members)  # type: ignore[attr-defined]
    assert client.portal is not None
    client.portal.call(circle.add, "rutk@example.com", Role.ADMIN)
    liar.claims = {"email": email}
    assert "why=access" in come_back(client, liar)


def test_a_provider_that_fails_half_way_lets_nobody_in(client: TestClient, liar: Liar) -> None:
    liar.ill = True
    assert "/login?why=provider&next=%2F" == come_back(client, liar)


def test_a_way_back_counts_once(client: TestClient, liar: Liar) -> None:
    assert "why=provider" in come_back(client, liar, state="another")
    assert "coach_state" not in client.cookies
    come_back(client, liar)
    assert "coach_state" not in client.cookies


def test_where_a_provider_is_set_nobody_comes_in_unproved(client: TestClient) -> None:
    assert 401 == client.get("/v1/me").status_code
    assert "/login?next=/rep" == client.get("/rep", headers={"accept": "text/html"}).headers["location"]


def test_a_provider_that_does_not_answer_is_not_waited_for_by_everybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    async def down(_: Issuer) -> None:
        asked.append(1)
        raise SignInFailed("down")

    monkeypatch.setattr(Issuer, "_asked", down)
    settings = Settings(
        _env_file=None, data_dir=tmp_path, engine="local", encoder=False, oidc_issuer="http://x", oidc_client_id="coach"
    )
    with TestClient(create_app(build(settings)), follow_redirects=False, base_url="http://localhost") as opened:
        places = [opened.get("/auth/oidc").headers["location"] for _ in range(5)]
    assert ["/login?why=provider&next=%2F"] * 5 == places
    assert [1] == asked


def test_a_provider_that_calls_us_nothing_is_refused_at_the_start(tmp_path: Path) -> None:
    settings = Settings(
        _env_file=None, data_dir=tmp_path, engine="local", encoder=False, oidc_issuer="https://login.example"
    )
    with pytest.raises(ConfigError, match="COACH_OIDC_CLIENT_ID"):
        create_app(build(settings))
