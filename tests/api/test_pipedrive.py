"""`/v1/crm/pipedrive` over a store: who comes in by a token of Pipedrive's, what they see, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from coach.api.app import create_app
from coach.errors import ConfigError
from coach.wiring import build
from tests.api.crm_users import PUBLIC, by_pipedrive, serving, settings
from tests.api.test_identity import Installation
from tests.vendor_tokens import hs256, pipedrive_claims, rs256, unsigned

PANEL = "/v1/crm/pipedrive/panel"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with serving(settings(tmp_path_factory.mktemp("kept"))) as served:
        yield served


def test_pipedrives_user_gets_the_panel_of_their_own_deal(installation: Installation) -> None:
    answer = by_pipedrive(installation, PANEL)
    own = installation.ask(installation.made["admin"], "GET", "/v1/cards/pipedrive/71").json()
    said = answer.json()
    assert (200, 71, "Hallström Foods") == (answer.status_code, said["data"]["id"], said["data"]["header"])
    assert (own["says"], own["verdict"]) == (said["data"]["why"], said["data"]["verdict"]["label"].lower())
    assert own["quote"]["quote"] in said["data"]["customer"]
    assert {"url": f"{PUBLIC}/deal?id={own['deal']}", "label": "Open in Coach"} == said["external_link"]


def test_asked_again_it_answers_alike(installation: Installation) -> None:
    token = hs256(pipedrive_claims())
    first, again = (by_pipedrive(installation, PANEL, token=token).content for _ in range(2))
    assert first == again


def test_what_is_somebody_elses_is_as_what_does_not_exist_and_a_person_has_no_card(installation: Installation) -> None:
    foreign, unknown = (by_pipedrive(installation, PANEL, selectedIds=record) for record in ("72", "99"))
    person = by_pipedrive(installation, PANEL, resource="person")
    assert (200, {"data": {}}) == (foreign.status_code, foreign.json())
    assert foreign.content == unknown.content == person.content


@pytest.mark.parametrize(
    "given",
    [
        {"token": lambda: hs256(pipedrive_claims(), "another secret of no app")},
        {"token": lambda: unsigned(pipedrive_claims())},
        {"token": lambda: rs256(pipedrive_claims())},
        {"token": lambda: hs256(pipedrive_claims(exp=1_700_000_000))},
        {"token": lambda: hs256(pipedrive_claims(124))},
        {"before": "userId=9&"},
        {"before": "companyId=9&"},
        {"before": "token=x&"},
        {"token": ""},
    ],
)
def test_what_proves_nobody_is_refused_as_pipedrive_shows_it(installation: Installation, given: dict[str, Any]) -> None:
    answer = by_pipedrive(installation, PANEL, **given)
    problem = answer.json()
    assert (401, "bad_signature", "application/problem+json") == (
        answer.status_code,
        problem["code"],
        answer.headers["content-type"],
    )
    assert problem["detail"] == problem["error"]["subtitle"]
    assert 0 < len(problem["error"]["title"]) <= 30


def test_who_is_no_member_is_told_what_to_ask_for_and_another_company_is_kept_out(installation: Installation) -> None:
    stranger, elsewhere = by_pipedrive(installation, PANEL, user="9"), by_pipedrive(installation, PANEL, company="7")
    for answer, told in ((stranger, "--crm-user pipedrive:9"), (elsewhere, "COACH_PIPEDRIVE_COMPANY")):
        assert (403, "not_allowed") == (answer.status_code, answer.json()["code"])
        assert told in answer.json()["detail"]


def test_a_key_beside_a_bad_token_does_not_mend_it_and_without_a_token_a_key_opens_it(
    installation: Installation,
) -> None:
    key = installation.made["admin"]
    asked = f"{PANEL}?selectedIds=71"
    assert 200 == installation.ask(key, "GET", asked).status_code
    assert 401 == installation.ask(None, "GET", asked).status_code
    assert 401 == installation.ask(key, "GET", f"{asked}&token=x").status_code


@pytest.mark.parametrize(
    "path", ["/v1/deal-reviews", "/v1/cards/pipedrive/71", "/v1/crm/hubspot/cards/71", "/v1/me", "/v1/audit", "/"]
)
def test_a_token_opens_no_other_address(installation: Installation, path: str) -> None:
    assert 401 == by_pipedrive(installation, path).status_code


def test_what_is_no_record_of_pipedrives_is_refused(installation: Installation) -> None:
    for record in ("x", "1" * 20, "71,72"):
        answer = by_pipedrive(installation, PANEL, selectedIds=record)
        assert (422, "invalid_input") == (answer.status_code, answer.json()["code"])


def test_the_audit_log_has_who_asked_and_of_which_deal_and_no_token(tmp_path: Path) -> None:
    with serving(settings(tmp_path)) as installation:
        by_pipedrive(installation, PANEL)
        found = installation.ask(installation.made["admin"], "GET", "/v1/audit?action=readPipedrivePanel")
        assert [("member:1", "rep", "pipedrive/71", 200)] == [
            (one["actor"], one["role"], one["detail"]["deal"], one["detail"]["status"])
            for one in found.json()["entries"]
        ]
        assert "eyJ" not in found.text


def test_what_is_asked_too_often_is_refused_by_the_user(tmp_path: Path) -> None:
    with serving(settings(tmp_path)):
        limited = settings(tmp_path, rate_limit="2/hour")
        with TestClient(create_app(build(limited, serving=False)), base_url="http://localhost") as client:
            few = Installation(client, limited)
            assert [200, 200, 429] == [by_pipedrive(few, PANEL).status_code for _ in range(3)]


def test_where_no_app_is_set_nothing_is_taken_for_pipedrives(tmp_path: Path) -> None:
    with serving(settings(tmp_path, pipedrive_secret=None, pipedrive_company=None)) as installation:
        answer = by_pipedrive(installation, PANEL)
        assert (401, "bad_signature") == (answer.status_code, answer.json()["code"])
        assert "COACH_PIPEDRIVE_SECRET" in answer.json()["detail"]


@pytest.mark.parametrize("one", ["pipedrive_secret", "pipedrive_company", "zendesk_public_key", "zendesk_audience"])
def test_half_of_what_belongs_together_is_refused_at_the_start(tmp_path: Path, one: str) -> None:
    with pytest.raises(ConfigError, match=f"COACH_{one.upper()}"):
        create_app(build(settings(tmp_path, **{one: None}), serving=False))
