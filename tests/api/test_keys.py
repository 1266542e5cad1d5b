"""Keys over HTTP: made by an admin alone, shown once, in the log without their secret, and never more than one has."""

from __future__ import annotations

import json
from typing import Any

import pytest

from coach.domain.identity import Role, Scope
from tests.api.test_identity import Installation, installation, url

__all__ = ["installation", "url"]


def make(installation: Installation, by: str | None, **wanted: Any) -> Any:
    return installation.ask(by, "POST", "/v1/keys", json={"name": "sidebar"} | wanted)


def works(installation: Installation, key: str) -> bool:
    status: int = installation.ask(key, "GET", "/v1/me").status_code
    return status == 200


def test_a_key_is_shown_as_it_is_made_and_nowhere_again(installation: Installation) -> None:
    admin = installation.key(Role.ADMIN)
    answer = make(installation, admin, role="rep", person="Ilse Brandt", last_day="2099-12-31")
    key, made = answer.json()["key"], answer.json()["made"]
    assert "no-store" == answer.headers["cache-control"]
    assert ("rep", "Ilse Brandt", "good", "2100-01-01") == (
        made["role"],
        made["person"],
        made["state"],
        made["expires_at"][:10],
    )
    assert "Ilse Brandt" == installation.ask(key, "GET", "/v1/me").json()["person"]
    secret = key.split("_", 3)[3]
    listed = installation.ask(admin, "GET", "/v1/keys")
    log = installation.ask(admin, "GET", "/v1/audit")
    assert [made] == [one for one in listed.json()["keys"] if one["id"] == made["id"]]
    assert secret not in listed.text + log.text
    assert "digest" not in listed.text


def test_the_log_says_who_made_rotated_and_revoked_which_key(installation: Installation) -> None:
    admin = installation.key(Role.ADMIN)
    first = make(installation, admin, role="manager", person="Ruth Kerr").json()["made"]["id"]
    second = installation.ask(admin, "POST", f"/v1/keys/{first}/rotate", json={}).json()["made"]["id"]
    installation.ask(admin, "POST", f"/v1/keys/{second}/revoke", json={})
    entries = installation.ask(admin, "GET", "/v1/audit").json()["entries"]
    done = [(one["action"], one["object"], one["detail"].get("made")) for one in entries if "Key" in one["action"]]
    assert [("revokeKey", second, None), ("rotateKey", first, second), ("makeKey", None, first)] == [
        one for one in done if one[0] != "listKeys"
    ]
    about = installation.ask(admin, "GET", "/v1/audit", params={"person": "Ruth Kerr"}).json()["entries"]
    assert ["makeKey"] == [one["action"] for one in about]


def test_a_rotated_key_works_on_for_the_hours_that_were_said(installation: Installation) -> None:
    admin = installation.key(Role.ADMIN)
    for hours, still in ((1, True), (0, False)):
        old = make(installation, admin).json()
        new = installation.ask(admin, "POST", f"/v1/keys/{old['made']['id']}/rotate", json={"overlap_hours": hours})
        assert (True, still) == (works(installation, new.json()["key"]), works(installation, old["key"]))


def test_a_revoked_key_opens_nothing_and_is_revoked_once(installation: Installation) -> None:
    admin = installation.key(Role.ADMIN)
    made = make(installation, admin).json()
    path = f"/v1/keys/{made['made']['id']}/revoke"
    assert "revoked" == installation.ask(admin, "POST", path).json()["state"]
    assert not works(installation, made["key"])
    assert 404 == installation.ask(admin, "POST", path).status_code


@pytest.mark.parametrize("role", [Role.MANAGER, Role.REP])
def test_nobody_but_an_admin_has_to_do_with_keys(installation: Installation, role: Role) -> None:
    key = installation.key(role, person="Ruth Kerr")
    id_ = key.split("_")[2]
    tries = [("POST", path) for path in ("/v1/keys", f"/v1/keys/{id_}/rotate", f"/v1/keys/{id_}/revoke")]
    for method, path in [("GET", "/v1/keys"), *tries]:
        answer = installation.ask(key, method, path, json={} if method == "POST" else None)
        assert (403, "not_allowed") == (answer.status_code, answer.json()["code"]), path
    assert works(installation, key)


def test_a_key_of_another_workspace_is_as_one_that_does_not_exist(installation: Installation) -> None:
    acme, zeta = installation.key(Role.ADMIN, "acme"), installation.key(Role.ADMIN, "zeta")
    assert [acme.split("_")[2]] == [one["id"] for one in installation.ask(acme, "GET", "/v1/keys").json()["keys"]]
    for act in ("rotate", "revoke"):
        mine, none = (
            installation.ask(zeta, "POST", f"/v1/keys/{id_}/{act}", json={}) for id_ in (acme.split("_")[2], 12 * "0")
        )
        assert 404 == none.status_code == mine.status_code
        assert none.text.replace(12 * "0", acme.split("_")[2]) == mine.text
    assert works(installation, acme)


def test_a_key_gives_no_more_than_it_has(installation: Installation) -> None:
    small = installation.key(Role.ADMIN, scopes=[Scope.ADMIN, Scope.READ_REVIEWS])
    whole = installation.key(Role.ADMIN)
    refused = make(installation, small, role="admin")
    assert (403, True) == (refused.status_code, "audit:read" in refused.json()["detail"])
    assert 403 == installation.ask(small, "POST", f"/v1/keys/{whole.split('_')[2]}/rotate", json={}).status_code
    assert 200 == make(installation, small, role="service", scopes=["reviews:read"]).status_code


def test_the_first_key_is_an_administrators_and_from_then_on_nobody_comes_in_without(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.wiring.entrance._LOOKS_AGAIN_S", 0)
    refused = make(installation, None, role="rep", person="Ilse Brandt")
    assert (422, True) == (refused.status_code, "first key has to be an administrator's" in refused.json()["detail"])
    key = make(installation, None).json()["key"]
    assert 401 == installation.ask(None, "GET", "/v1/keys").status_code
    assert 1 == len(installation.ask(key, "GET", "/v1/keys").json()["keys"])


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ({"role": "rep"}, "needs the person's name"),
        ({"role": "admin", "person": "Ruth"}, "nobody's in particular"),
        ({"role": "service"}, "say what it may do"),
        ({"role": "service", "scopes": ["admin"]}, "has no admin"),
        ({"last_day": "2001-01-01"}, "would have ended before it is made"),
        ({"last_day": "9999-12-31"}, "not between"),
        ({"role": "king"}, "role"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(installation: Installation, wanted: dict[str, Any], says: str) -> None:
    answer = make(installation, installation.key(Role.ADMIN), **wanted)
    assert 422 == answer.status_code
    assert says in json.dumps(answer.json(), ensure_ascii=False)


def test_an_idempotency_key_is_refused_where_the_answer_would_have_to_be_kept(installation: Installation) -> None:
    admin = installation.key(Role.ADMIN)
    id_ = make(installation, admin).json()["made"]["id"]
    for path in ("/v1/keys", f"/v1/keys/{id_}/rotate"):
        answer = installation.ask(admin, "POST", path, json={}, headers={"idempotency-key": "x"})
        assert (400, True) == (answer.status_code, "shown once" in answer.json()["detail"])
    operations = installation.client.get("/openapi.json").json()["paths"]
    for path in ("/v1/keys", "/v1/keys/{key}/rotate"):
        assert "Idempotency-Key" not in json.dumps(operations[path]["post"].get("parameters", []))
