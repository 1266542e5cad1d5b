"""`/crm/…` over a store: Pipedrive's custom panel and Zendesk's first load lead to the card's page, by a pass."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import pytest
from starlette.testclient import TestClient

from coach.api.app import create_app
from coach.service.members import Circle
from coach.wiring import build
from coach.wiring.entrance import existing
from tests.api.crm_users import by_pipedrive, by_zendesk, serving, settings
from tests.api.test_identity import Installation
from tests.vendor_tokens import hs256, pipedrive_claims, rs256, unsigned, zendesk_claims

PANEL = "/crm/pipedrive/panel"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with serving(settings(tmp_path_factory.mktemp("kept"))) as served:
        yield served


def led_to(answer: Any) -> tuple[str, dict[str, list[str]], str]:
    """The page's path, its query, and the pass."""
    assert 303 == answer.status_code, answer.text
    parts = urlsplit(urljoin(str(answer.request.url), answer.headers["location"]))
    (passed,) = parse_qs(parts.fragment)["pass"]
    return parts.path, parse_qs(parts.query), passed


def card(installation: Installation, path: str, passed: str) -> Any:
    return installation.client.get(path, headers=bearer(passed))


def bearer(passed: str) -> dict[str, str]:
    return {"authorization": f"Bearer {passed}"}


def test_pipedrives_panel_leads_to_the_page_of_the_deal_without_the_token(installation: Installation) -> None:
    answer = by_pipedrive(installation, PANEL, id="frame-1", theme="dark")
    path, query, passed = led_to(answer)
    assert ("/card/pipedrive/71", {"id": ["frame-1"], "theme": ["dark"]}) == (path, query)
    assert "eyJ" not in answer.headers["location"].partition("#")[0]
    assert "no-store" == answer.headers["cache-control"]
    assert 200 == installation.client.get(path).status_code
    assert "Hallström Foods" == card(installation, "/v1/cards/pipedrive/71", passed).json()["name"]


def test_zendesks_first_load_leads_to_the_page_which_asks_which_deal_it_is(installation: Installation) -> None:
    path, query, passed = led_to(by_zendesk(installation))
    assert "/card/zendesk/" == path
    assert {"origin": ["https://acme.zendesk.com"], "app_guid": ["guid-1"]} == query
    assert 200 == installation.client.get(path).status_code
    assert "Hallström Foods" == card(installation, "/v1/cards/zendesk/71", passed).json()["name"]


def test_a_pass_opens_only_what_its_member_sees_and_the_rest_is_as_what_does_not_exist(
    installation: Installation,
) -> None:
    _, _, passed = led_to(by_zendesk(installation))
    foreign, unknown = (card(installation, f"/v1/cards/zendesk/{record}", passed) for record in (72, 99))
    assert (404, foreign.content) == (unknown.status_code, unknown.content)
    assert 404 == foreign.status_code
    for elsewhere in ("/v1/cards/pipedrive/71", "/v1/deal-reviews", "/v1/cards/zendeskx/71", "/v1/me"):
        assert 401 == card(installation, elsewhere, passed).status_code


def test_pipedrives_panel_of_a_foreign_deal_is_as_that_of_one_that_does_not_exist(installation: Installation) -> None:
    answers = []
    for record in ("72", "99"):
        _, _, passed = led_to(by_pipedrive(installation, PANEL, id="1", selectedIds=record))
        answers.append(card(installation, f"/v1/cards/pipedrive/{record}", passed))
        assert 401 == card(installation, "/v1/cards/pipedrive/71", passed).status_code
    assert [404, 404] == [one.status_code for one in answers]
    assert answers[0].content == answers[1].content


def test_the_audit_log_has_who_looked_at_which_card(tmp_path: Path) -> None:
    with serving(settings(tmp_path)) as installation:
        _, _, passed = led_to(by_zendesk(installation))
        card(installation, "/v1/cards/zendesk/71", passed)
        found = installation.ask(installation.made["admin"], "GET", "/v1/audit?action=readCard").json()["entries"]
        assert [("member:2", "manager", "zendesk/71")] == [
            (one["actor"], one["role"], one["detail"]["deal"]) for one in found
        ]


def refused(answer: Any, status: int, told: str) -> None:
    assert (status, "text/html; charset=utf-8") == (answer.status_code, answer.headers["content-type"])
    assert '<main id="glance" data-refused="' in answer.text
    assert told in answer.text
    assert "location" not in answer.headers
    assert "eyJ" not in answer.text


@pytest.mark.parametrize(
    ("given", "status", "told"),
    [
        ({"token": lambda: unsigned(pipedrive_claims())}, 401, "COACH_PIPEDRIVE_SECRET"),
        ({"token": lambda: hs256(pipedrive_claims(exp=1_700_000_000))}, 401, "clock"),
        ({"token": lambda: hs256(pipedrive_claims(124))}, 401, "another user or company"),
        ({"before": "userId=9&"}, 401, "once each"),
        ({"user": "9"}, 403, "--crm-user pipedrive:9"),
        ({"company": "7"}, 403, "COACH_PIPEDRIVE_COMPANY"),
        ({"id": ""}, 401, "once each"),
        ({"before": "selectedIds=71&"}, 401, "once each"),
        ({"resource": "person"}, 422, "details of deals"),
        ({"selectedIds": "../../v1"}, 422, "details of deals"),
        ({"selectedIds": "²"}, 422, "details of deals"),
    ],
)
def test_what_pipedrive_does_not_prove_is_told_in_the_frame(
    installation: Installation, given: dict[str, Any], status: int, told: str
) -> None:
    refused(by_pipedrive(installation, PANEL, **({"id": "1"} | given)), status, told)


@pytest.mark.parametrize(
    ("given", "status", "told"),
    [
        ({"token": lambda: unsigned(zendesk_claims())}, 401, "COACH_ZENDESK_PUBLIC_KEY"),
        ({"token": lambda: hs256(zendesk_claims())}, 401, "COACH_ZENDESK_PUBLIC_KEY"),
        ({"token": lambda: rs256(zendesk_claims(), which=1)}, 401, "COACH_ZENDESK_PUBLIC_KEY"),
        ({"token": lambda: rs256(zendesk_claims(exp=1_700_000_000))}, 401, "clock"),
        ({"token": lambda: rs256(zendesk_claims(9))}, 403, "--crm-user zendesk:9"),
        # Who is a member by that number in another CRM is nobody here.
        ({"token": lambda: rs256(zendesk_claims(123))}, 403, "--crm-user zendesk:123"),
        ({"body": ""}, 401, "signedUrls"),
        ({"body": "\xff"}, 401, "signedUrls"),
        ({"query": "origin=https://acme.zendesk.com"}, 401, "app_guid"),
        ({"query": urlencode({"origin": "a", "app_guid": "b"}) + "&origin=c"}, 401, "once each"),
    ],
)
def test_what_zendesk_does_not_prove_is_told_in_the_frame(
    installation: Installation, given: dict[str, Any], status: int, told: str
) -> None:
    refused(by_zendesk(installation, **given), status, told)


def test_the_pages_take_the_vendors_own_method_alone(installation: Installation) -> None:
    for method, path in (("POST", PANEL), ("GET", "/crm/zendesk/panel")):
        answer = installation.client.request(method, path)
        assert (405, "method_not_allowed") == (answer.status_code, answer.json()["code"])
    assert 404 == installation.client.get("/crm/other/panel").status_code


def test_without_the_settings_nobody_comes_in(tmp_path: Path) -> None:
    none: dict[str, Any] = dict.fromkeys(
        ("pipedrive_secret", "pipedrive_company", "zendesk_public_key", "zendesk_audience")
    )
    with serving(settings(tmp_path, **none)) as installation:
        refused(by_pipedrive(installation, PANEL, id="1"), 401, "COACH_PIPEDRIVE_SECRET")
        refused(by_zendesk(installation), 401, "COACH_ZENDESK_PUBLIC_KEY")


@pytest.mark.parametrize("origin", ["a", "javascript:1", "https://a/b", "https://a b", "//acme.zendesk.com"])
def test_what_is_no_address_of_a_page_around_it_is_refused(installation: Installation, origin: str) -> None:
    refused(by_zendesk(installation, query=urlencode({"origin": origin, "app_guid": "b"})), 401, "its page")


def test_what_is_opened_too_often_is_refused_by_the_user_with_the_cards_that_are_read(tmp_path: Path) -> None:
    with serving(settings(tmp_path)):
        limited = settings(tmp_path, rate_limit="3/hour")
        with TestClient(create_app(build(limited, serving=False)), base_url="http://localhost") as client:
            few = Installation(client, limited)
            _, _, passed = led_to(by_zendesk(few))
            assert 200 == card(few, "/v1/cards/zendesk/71", passed).status_code
            led_to(by_zendesk(few))
            often = by_zendesk(few)
            refused(often, 429, "wait")
            assert int(often.headers["retry-after"]) > 0
            assert 429 == card(few, "/v1/cards/zendesk/71", passed).status_code
            led_to(by_pipedrive(few, PANEL, id="1"))


def test_a_pass_is_over_after_ten_minutes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(settings(tmp_path)) as installation:
        _, _, passed = led_to(by_zendesk(installation))
        assert 405 == installation.client.post("/v1/cards/zendesk/71", headers=bearer(passed)).status_code
        later = time.time() + 601
        monkeypatch.setattr("itsdangerous.timed.time.time", lambda: later)
        assert 401 == card(installation, "/v1/cards/zendesk/71", passed).status_code


def test_who_is_removed_is_out_at_once_with_the_passes_they_have(tmp_path: Path) -> None:
    with serving(settings(tmp_path)) as installation:
        _, _, passed = led_to(by_zendesk(installation))
        assert 200 == card(installation, "/v1/cards/zendesk/71", passed).status_code
        remove(installation)
        assert 401 == card(installation, "/v1/cards/zendesk/71", passed).status_code
        refused(by_zendesk(installation), 403, "--crm-user")


def remove(installation: Installation) -> None:
    async def gone() -> None:
        async with existing(installation.settings, "main") as store:
            await Circle("main", store.records.members).remove("ruth@acme.example")

    asyncio.run(gone())
