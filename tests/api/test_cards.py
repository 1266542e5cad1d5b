"""`/v1/cards`: what is shown of a deal, to whom, over a store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from coach.api.app import create_app
from coach.domain.identity import Role, Scope
from coach.settings import Settings
from coach.wiring import build
from tests.api.test_identity import DEALS, Installation, fill

NOTE = "Dana Ruiz signed the data protection terms on Friday. I think we close this month. They love us."
SUBMITTED = {
    "deal": {"name": "Hallström Foods", "close_date": "2026-03-31"},
    "rep": "Ilse Brandt",
    "record": {"crm": "hubspot", "record": "71"},
    "written_on": "2026-03-02",
    "note": NOTE,
}
CSV = {"content-type": "text/csv"}


def imported(client: TestClient) -> None:
    answer = client.post("/v1/opportunities?as_of=2026-03-01", content=DEALS.encode(), headers=CSV)
    assert 200 == answer.status_code


def test_a_card_is_made_of_the_review_that_is_kept(served: TestClient) -> None:
    imported(served)
    review = served.post("/v1/deal-reviews", json=SUBMITTED).json()
    card = served.get("/v1/cards/hubspot/71").json()
    assert ("coach.card/1", "Hallström Foods", review["id"]) == (card["schema"], card["name"], card["review"])
    assert (review["claim"]["verdict"], "2026-03-31", "2026-03-02") == (
        card["verdict"],
        card["close_date"],
        card["written_on"],
    )
    top = max((one for one in review["statements"] if one["centre"] == "buyer"), key=lambda one: one["grade"])
    assert (top["quote"], top["grade"], top["when"]) == tuple(card["quote"][name] for name in ("quote", "grade", "on"))
    assert review["questions"][0]["ask"] == card["ask"]


def test_a_card_is_read_and_nothing_is_reviewed_for_it(served: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    imported(served)
    served.post("/v1/deal-reviews", json=SUBMITTED)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was read")

    monkeypatch.setattr("coach.engines.local.engine.LocalEngine.read", refuse)
    monkeypatch.setattr("coach.judgement.judging.judge", refuse)
    assert "reviewed" == served.get("/v1/cards/hubspot/71").json()["state"]


def test_a_deal_of_which_no_note_was_reviewed_has_a_card_that_says_so(served: TestClient) -> None:
    imported(served)
    card = served.get("/v1/cards/hubspot/71").json()
    assert ("not_reviewed", None, "2026-03-31") == (card["state"], card["verdict"], card["close_date"])


def test_the_same_is_answered_each_time(served: TestClient) -> None:
    imported(served)
    served.post("/v1/deal-reviews", json=SUBMITTED)
    assert served.get("/v1/cards/hubspot/71").content == served.get("/v1/cards/hubspot/71").content


@pytest.mark.parametrize("path", ["hubspot/99", "Hubspot/71", "salesforce/71", "note/71", "hubspot/71/x", "x/%2F"])
def test_a_record_that_nothing_has_named_is_unknown(served: TestClient, path: str) -> None:
    imported(served)
    answer = served.get(f"/v1/cards/{path}")
    assert (404, "not_found") == (answer.status_code, answer.json()["code"])


def test_a_record_with_a_slash_is_one_record(served: TestClient) -> None:
    served.post("/v1/deal-reviews", json=SUBMITTED | {"record": {"crm": "own", "record": "2026/71"}})
    for path in ("own/2026/71", "own/2026%2F71"):
        assert "2026/71" == served.get(f"/v1/cards/{path}").json()["record"]


@pytest.mark.parametrize("path", [f"{'x' * 51}/71", f"hubspot/{'x' * 301}", "hubspot/%00", "hubspot/"])
def test_what_no_record_can_be_is_refused(served: TestClient, path: str) -> None:
    answer = served.get(f"/v1/cards/{path}")
    assert (422, "invalid_input") == (answer.status_code, answer.json()["code"])


@pytest.fixture
def installation(tmp_path: Path) -> Any:
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", engine="local", encoder=False)
    with TestClient(create_app(build(settings, serving=False)), base_url="http://localhost") as client:
        yield Installation(client, settings)


def test_a_rep_and_a_manager_see_their_own_and_of_others_what_is_said_of_nothing(installation: Installation) -> None:
    admin = installation.key(Role.ADMIN)
    fill(lambda *given, **more: installation.ask(admin, *given, **more))
    shown = {}
    for role, person in ((Role.REP, "Ilse Brandt"), (Role.MANAGER, "Ruth Kerr"), (Role.MANAGER, "Tom Field")):
        key = installation.key(role, person=person)
        unknown = installation.ask(key, "GET", "/v1/cards/hubspot/99")
        assert 404 == unknown.status_code
        answers = [installation.ask(key, "GET", f"/v1/cards/hubspot/{record}") for record in ("71", "72")]
        for answer in answers:
            assert answer.status_code == 200 or (404, unknown.content) == (answer.status_code, answer.content)
        shown[person] = [answer.status_code for answer in answers]
    assert {"Ilse Brandt": [200, 404], "Ruth Kerr": [200, 404], "Tom Field": [404, 200]} == shown


def test_another_workspace_sees_nothing(installation: Installation) -> None:
    acme, zeta = installation.key(Role.ADMIN, "acme"), installation.key(Role.ADMIN, "zeta")
    fill(lambda *given, **more: installation.ask(acme, *given, **more))
    assert 200 == installation.ask(acme, "GET", "/v1/cards/hubspot/71").status_code
    mine, none = (installation.ask(zeta, "GET", f"/v1/cards/hubspot/{record}") for record in ("71", "99"))
    assert (404, none.content) == (mine.status_code, mine.content)


def test_a_card_needs_the_scope_to_read_reviews(installation: Installation) -> None:
    key = installation.key(Role.SERVICE, scopes=[Scope.READ_PIPELINE])
    answer = installation.ask(key, "GET", "/v1/cards/hubspot/71")
    assert (403, "not_allowed") == (answer.status_code, answer.json()["code"])


def test_the_audit_log_has_the_deal_and_whose_it_is_and_of_nothing_only_that_it_was_asked(
    installation: Installation,
) -> None:
    admin = installation.key(Role.ADMIN)
    fill(lambda *given, **more: installation.ask(admin, *given, **more))
    ilse = installation.key(Role.REP, person="Ilse Brandt")
    for record in ("71", "72", "1"):
        installation.ask(ilse, "GET", f"/v1/cards/hubspot/{record}")
    entries = installation.ask(admin, "GET", "/v1/audit?limit=100").json()["entries"]
    cards = {one["detail"].get("deal"): one for one in entries if one["action"] == "readCard"}
    logged = [one for one in entries if one["action"] == "readCard"]
    assert 3 == len(logged)
    assert [200, 404, 404] == sorted(one["detail"]["status"] for one in logged)
    assert {"hubspot/71", None} == set(cards)
    # The deal of another rep is about that rep, and a record that is nothing's is about nobody: no step has its number.
    assert [True, True, False] == sorted((one["person"] is not None for one in logged), reverse=True)
    assert {None} == {one["object"] for one in logged}


def link(installation: Installation, key: str, record: str = "71") -> Any:
    return installation.ask(key, "POST", "/v1/card-links", json={"crm": "hubspot", "record": record})


def test_a_link_opens_one_card_and_nothing_else(installation: Installation) -> None:
    admin = installation.key(Role.ADMIN)
    fill(lambda *given, **more: installation.ask(admin, *given, **more))
    made = link(installation, admin).json()
    address, _, shown = made["address"].partition("#pass=")
    assert ("/card/hubspot/71", 600) == (address, made["seconds"])
    assert "cp_" == shown[:3]
    assert 200 == installation.ask(shown, "GET", "/v1/cards/hubspot/71").status_code
    others: list[tuple[str, str, Any]] = [
        ("GET", "/v1/cards/hubspot/72", None),
        ("GET", "/v1/cards/hubspot/71/x", None),
        ("GET", "/v1/me", None),
        ("GET", "/v1/deal-reviews", None),
        ("POST", "/v1/card-links", {"crm": "hubspot", "record": "71"}),
    ]
    for method, path, body in others:
        answer = installation.ask(shown, method, path, json=body)
        assert (401, "not_authenticated") == (answer.status_code, answer.json()["code"]), path


def test_a_link_shows_what_its_maker_sees_and_ends_with_the_makers_key(installation: Installation) -> None:
    admin = installation.key(Role.ADMIN)
    fill(lambda *given, **more: installation.ask(admin, *given, **more))
    ilse = installation.key(Role.REP, person="Ilse Brandt")
    foreign, unknown = (link(installation, ilse, record) for record in ("72", "99"))
    assert (404, unknown.content) == (foreign.status_code, foreign.content)
    shown = link(installation, ilse).json()["address"].partition("#pass=")[2]
    assert 200 == installation.ask(shown, "GET", "/v1/cards/hubspot/71").status_code
    installation.end(ilse)
    assert 401 == installation.ask(shown, "GET", "/v1/cards/hubspot/71").status_code


def test_a_record_with_a_slash_has_a_link_and_where_nobody_signs_in_it_needs_no_pass(served: TestClient) -> None:
    served.post("/v1/deal-reviews", json=SUBMITTED | {"record": {"crm": "own", "record": "2026/71 #1"}})
    made = served.post("/v1/card-links", json={"crm": "own", "record": "2026/71 #1"}).json()
    assert {"address": "/card/own/2026%2F71%20%231", "seconds": 600} == made


def test_the_page_itself_tells_nothing_of_anybody(installation: Installation) -> None:
    installation.key(Role.ADMIN)
    known, unknown = (installation.client.get(f"/card/hubspot/{record}") for record in ("71", "99"))
    assert (200, unknown.content) == (known.status_code, known.content)
