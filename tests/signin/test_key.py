"""Signing in by a key, and what a sign-in is good for."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from coach.api.app import create_app
from coach.domain.identity import Role
from coach.settings import Settings
from coach.wiring import build
from tests.api.test_identity import Installation

OWN = {"sec-fetch-site": "same-origin"}
FORM = OWN | {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", engine="local", encoder=False)
    with TestClient(create_app(build(settings)), follow_redirects=False, base_url="http://localhost") as client:
        yield Installation(client, settings)


def sign_in(installation: Installation, key: str, onward: str = "/rep") -> tuple[int, str]:
    answer = installation.client.post("/auth/key", data={"key": key, "next": onward}, headers=FORM)
    return answer.status_code, answer.headers.get("location", answer.text)


def test_a_key_signs_a_browser_in_until_it_is_revoked(installation: Installation) -> None:
    key = installation.key(Role.REP, person="Ilse Brandt")
    status, page = sign_in(installation, key)
    assert (200, True) == (status, 'content="0;url=/rep"' in page)
    assert key not in installation.client.cookies["coach_session"]
    assert "Ilse Brandt" == installation.client.get("/v1/me").json()["person"]
    assert 200 == installation.client.get("/", headers={"accept": "text/html"}).status_code
    installation.end(key)
    assert 401 == installation.client.get("/v1/me").status_code


@pytest.mark.parametrize(
    ("role", "onward", "lands"),
    [(Role.REP, "/", "/mine"), (Role.REP, "/rep", "/rep"), (Role.MANAGER, "/", "/"), (Role.MANAGER, "/mine", "/mine")],
)
def test_a_rep_begins_at_their_own_page(installation: Installation, role: Role, onward: str, lands: str) -> None:
    _, page = sign_in(installation, installation.key(role, person="Ilse Brandt"), onward)
    assert f'content="0;url={lands}"' in page


def test_a_wrong_key_is_told_and_not_repeated(installation: Installation) -> None:
    installation.key(Role.ADMIN)
    assert (303, "/login?why=key&next=%2Frep") == sign_in(installation, "ck_main_quinceblossom")
    assert "coach_session" not in installation.client.cookies
    assert "mistyped" in installation.client.get("/login?why=key").text


def test_guessing_is_slowed_down(installation: Installation) -> None:
    installation.key(Role.ADMIN)
    places = [sign_in(installation, "ck_x")[1] for _ in range(31)]
    assert ["/login?why=key&next=%2Frep"] * 30 + ["/login?why=tries&next=%2Frep"] == places


def test_a_link_to_a_deal_leads_there_by_way_of_the_sign_in(installation: Installation) -> None:
    key = installation.key(Role.ADMIN)
    asked = installation.client.get("/deal?id=7", headers={"accept": "text/html"})
    assert "/login?next=/deal%3Fid%3D7" == asked.headers["location"]
    shown = installation.client.get(asked.headers["location"]).text
    assert 'name="next" value="/deal?id=7"' in shown
    assert 'content="0;url=/deal?id=7"' in sign_in(installation, key, "/deal?id=7")[1]
    other = installation.client.get("/deal?id=7&x=//evil.example", headers={"accept": "text/html", "cookie": ""})
    assert "evil" not in other.headers.get("location", "")


@pytest.mark.parametrize(
    "onward",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:x",
        "/a?b",
        "/deal?id=//evil.example",
        '/"><script>',
        "",
    ],
)
def test_nobody_is_sent_on_to_another_site(installation: Installation, onward: str) -> None:
    _, page = sign_in(installation, installation.key(Role.ADMIN), onward)
    assert 'content="0;url=/"' in page
    shown = installation.client.get("/login", params={"next": onward}).text
    assert 'name="next" value="/"' in shown


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}, {"sec-fetch-site": "same-site"}, {}],
)
def test_another_site_cannot_act_by_a_sign_in(installation: Installation, headers: dict[str, str]) -> None:
    sign_in(installation, installation.key(Role.ADMIN))
    answer = installation.client.post("/v1/deal-reviews", json={"note": "Dana signed."}, headers=headers)
    assert (403, "not_allowed") == (answer.status_code, answer.json()["code"])
    form = headers | {"content-type": "application/x-www-form-urlencoded"}
    assert "why=key" in installation.client.post("/auth/key", data={"key": "x"}, headers=form).headers["location"]
    installation.client.post("/auth/out", headers=headers)
    assert 200 == installation.client.get("/v1/me").status_code


@pytest.mark.parametrize("headers", [OWN, {"origin": "http://localhost"}])
def test_the_sites_own_pages_can(installation: Installation, headers: dict[str, str]) -> None:
    sign_in(installation, installation.key(Role.ADMIN))
    answer = installation.client.post("/v1/deal-reviews", json={"note": "Dana signed."}, headers=headers)
    assert 200 == answer.status_code


def test_a_sign_in_ends_unused_is_renewed_in_use_and_ends_in_all(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(installation, installation.key(Role.ADMIN))
    began = time.time()

    def at(minutes: float) -> int:
        monkeypatch.setattr("coach.service.sessions.time.time", lambda: began + minutes * 60)
        return installation.client.get("/v1/me").status_code

    first = installation.client.cookies["coach_session"]
    assert (200, first) == (at(4), installation.client.cookies["coach_session"])
    assert 200 == at(10)
    assert first != installation.client.cookies["coach_session"]
    assert [200] * 70 == [at(10 + 10 * step) for step in range(1, 71)]
    assert 401 == at(12 * 60 + 1)


def test_unused_for_a_while_it_is_over(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(installation, installation.key(Role.ADMIN))
    later = time.time() + 15 * 60 + 1
    monkeypatch.setattr("coach.service.sessions.time.time", lambda: later)
    assert 401 == installation.client.get("/v1/me").status_code


@pytest.mark.parametrize("token", ["", "x", "W10.x", "a" * 5000])
def test_a_token_that_was_made_elsewhere_is_none(installation: Installation, token: str) -> None:
    installation.key(Role.ADMIN)
    installation.client.cookies.set("coach_session", token)
    assert 401 == installation.client.get("/v1/me").status_code


@pytest.mark.parametrize("public", [None, "https://coach.example"])
def test_by_https_the_cookie_is_bound_to_this_host(tmp_path: Path, public: str | None) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path, engine="local", encoder=False, public_url=public)
    # Behind a proxy that ends the encryption, requests come by http.
    base = "https://localhost" if public is None else "http://localhost"
    with TestClient(create_app(build(settings)), follow_redirects=False, base_url=base) as client:
        key = Installation(client, settings).key(Role.ADMIN)
        begun = client.post("/auth/key", data={"key": key}, headers=FORM).headers["set-cookie"]
        name, _, rest = begun.partition("=")
        token, *marks = rest.split("; ")
        assert "__Host-coach_session" == name
        assert {"HttpOnly", "Path=/", "SameSite=strict", "Secure"} == set(marks)
        client.cookies.clear()
        assert 200 == client.get("/v1/me", headers={"cookie": f"{name}={token}"}).status_code
        assert 401 == client.get("/v1/me", headers={"cookie": f"coach_session={token}"}).status_code
        ended = client.post("/auth/out", headers=OWN).headers["set-cookie"]
        assert ("__Host-coach_session", True, True) == (
            ended.partition("=")[0],
            "Max-Age=0" in ended,
            "Secure" in ended,
        )


@pytest.mark.parametrize(
    ("path", "onward"), [("/rep", "/rep"), ("//evil.example", "/"), ("/%22%3E%3Cscript%3E", "/"), ("/\\evil", "/")]
)
def test_a_link_from_another_site_is_followed_by_a_page_of_ours(
    installation: Installation, path: str, onward: str
) -> None:
    installation.key(Role.ADMIN)
    headers = {"accept": "text/html", "sec-fetch-site": "cross-site"}
    answer = installation.client.get(f"http://localhost{path}", headers=headers)
    assert (200, True) == (answer.status_code, f'content="0;url={onward}"' in answer.text)
    again = installation.client.get("/rep", headers=headers | {"sec-fetch-site": "same-origin"})
    assert "/login?next=/rep" == again.headers["location"]


def test_a_sign_in_is_in_the_audit_log_and_a_form_that_is_too_long_is_not_read(installation: Installation) -> None:
    key = installation.key(Role.ADMIN)
    sign_in(installation, key)
    logged = installation.ask(key, "GET", "/v1/audit?action=signIn").json()["entries"]
    assert [f"key:{key.split('_')[2]}"] == [one["actor"] for one in logged]
    assert "why=key" in sign_in(installation, "x" * 5000)[1]
