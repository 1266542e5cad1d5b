"""`/v1/crm/hubspot` over a store: who comes in by a signature of HubSpot's, what they see, and what is refused."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hubspot.utils.signature import Signature
from starlette.testclient import TestClient

from coach.api.app import create_app
from coach.domain.identity import Role
from coach.service.members import Circle
from coach.settings import Settings
from coach.wiring import build
from coach.wiring.entrance import existing
from tests.api.test_identity import Installation, fill

SECRET = "5c0e0f5e-9d3e-4b2c-8a51-2f9fb5b0f2a1"  # noqa: S105  of no app
PUBLIC = "https://coach.example"
ILSE, RUTH, STRANGER = "ilse@acme.example", "ruth@acme.example", "eve@acme.example"


def settings(path: Path, **given: Any) -> Settings:
    known = {"hubspot_client_secret": SECRET, "hubspot_portal": "2", "public_url": PUBLIC} | given
    return Settings(_env_file=None, data_dir=path / "data", engine="local", encoder=False, **known)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """With an admin's key, two reps' deals, and two people who are members by their address."""
    with serving(settings(tmp_path_factory.mktemp("kept"))) as served:
        yield served


class serving:  # noqa: N801  used as a function
    def __init__(self, given: Settings) -> None:
        self._given = given

    def __enter__(self) -> Installation:
        self._client = TestClient(create_app(build(self._given, serving=False)), base_url="http://localhost")
        self._client.__enter__()
        installation = Installation(self._client, self._given)
        installation.made["admin"] = key = installation.key(Role.ADMIN)
        fill(lambda *given, **more: installation.ask(key, *given, **more))

        async def add() -> None:
            async with existing(self._given, "main") as store:
                circle = Circle("main", store.records.members)
                await circle.add(ILSE, Role.REP, "Ilse Brandt")
                await circle.add(RUTH, Role.MANAGER, "Ruth Kerr")

        asyncio.run(add())
        return installation

    def __exit__(self, *_: object) -> None:
        self._client.__exit__(None, None, None)


def fetch(
    installation: Installation,
    path: str,
    email: str = ILSE,
    *,
    portal: str = "2",
    off_s: float = 0,
    secret: str = SECRET,
    before: str = "",
    base: str = PUBLIC,
    method: str = "GET",
    **headers: str,
) -> Any:
    """Ask as HubSpot does: the user and the account are added to the query, and it is all signed."""
    added = f"{before}userId=1&portalId={portal}&userEmail={email}&appId=3"
    address = f"{path}{'&' if '?' in path else '?'}{added}"
    timestamp = str(int((time.time() + off_s) * 1000))
    signature = Signature.get_signature(secret, "", "v3", base + address, method, timestamp)
    sent = {"x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": timestamp} | headers
    # As it is sent: what the signature has as `@` goes out as `%40`.
    parts = urlsplit(address)
    return installation.client.request(method, f"{parts.path}?{parts.query.replace('@', '%40')}", headers=sent)


def test_hubspots_user_gets_the_card_of_their_own_deal(installation: Installation) -> None:
    answer = fetch(installation, "/v1/crm/hubspot/cards/71")
    own = installation.ask(installation.made["admin"], "GET", "/v1/cards/hubspot/71")
    assert (200, own.json()) == (answer.status_code, answer.json())
    assert "coach.card/1" == answer.json()["schema"]


def test_asked_again_it_answers_alike(installation: Installation) -> None:
    first, again = (fetch(installation, "/v1/crm/hubspot/cards/71").content for _ in range(2))
    assert first == again


@pytest.mark.parametrize(("email", "statuses"), [(ILSE, [200, 404]), (RUTH, [200, 404]), (ILSE.upper(), [200, 404])])
def test_what_is_somebody_elses_is_as_what_does_not_exist(
    installation: Installation, email: str, statuses: list[int]
) -> None:
    answers = [fetch(installation, f"/v1/crm/hubspot/cards/{record}", email) for record in (71, 72)]
    unknown = fetch(installation, "/v1/crm/hubspot/cards/99", email)
    assert statuses == [one.status_code for one in answers]
    assert (404, unknown.content) == (answers[1].status_code, answers[1].content)


@pytest.mark.parametrize(
    "given",
    [
        {"secret": "another"},
        {"off_s": -301.0},
        {"off_s": 400.0},
        {"base": "https://other.example"},
        {"before": f"userEmail={RUTH}&"},
        {"before": "portalId=1&"},
    ],
)
def test_a_bad_or_an_old_signature_is_refused_with_its_code(installation: Installation, given: dict[str, Any]) -> None:
    answer = fetch(installation, "/v1/crm/hubspot/cards/71", **given)
    assert (401, "bad_signature", "application/problem+json") == (
        answer.status_code,
        answer.json()["code"],
        answer.headers["content-type"],
    )


def test_a_signature_that_is_replayed_for_another_deal_is_refused(installation: Installation) -> None:
    first = fetch(installation, "/v1/crm/hubspot/cards/71")
    assert 200 == first.status_code
    other = str(first.request.url).replace("/71?", "/72?")
    answer = installation.client.get(other, headers=dict(first.request.headers))
    assert (401, "bad_signature") == (answer.status_code, answer.json()["code"])


def test_a_key_beside_a_bad_signature_does_not_mend_it(installation: Installation) -> None:
    bearer = f"Bearer {installation.made['admin']}"
    answer = fetch(installation, "/v1/crm/hubspot/cards/71", secret="x", authorization=bearer)  # noqa: S106  as above
    assert (401, "bad_signature") == (answer.status_code, answer.json()["code"])


def test_without_a_signature_a_key_opens_it_and_nothing_else_does(installation: Installation) -> None:
    assert 200 == installation.ask(installation.made["admin"], "GET", "/v1/crm/hubspot/cards/71").status_code
    answer = installation.ask(None, "GET", "/v1/crm/hubspot/cards/71")
    assert (401, "not_authenticated") == (answer.status_code, answer.json()["code"])


def test_who_is_no_member_and_an_account_that_is_not_this_one_are_kept_out(installation: Installation) -> None:
    for given in ({"email": STRANGER}, {"portal": "7"}):
        answer = fetch(installation, "/v1/crm/hubspot/cards/71", **given)
        assert (403, "not_allowed") == (answer.status_code, answer.json()["code"])


@pytest.mark.parametrize("path", ["/v1/deal-reviews", "/v1/cards/hubspot/71", "/v1/me", "/v1/audit", "/"])
def test_a_signature_opens_no_other_address(installation: Installation, path: str) -> None:
    assert 401 == fetch(installation, path).status_code


def test_where_no_app_is_set_nothing_is_taken_for_hubspots(tmp_path: Path) -> None:
    with serving(settings(tmp_path, hubspot_client_secret=None)) as installation:
        answer = fetch(installation, "/v1/crm/hubspot/cards/71", secret="None")  # noqa: S106  as above
        assert (401, "bad_signature") == (answer.status_code, answer.json()["code"])
        assert "COACH_HUBSPOT_CLIENT_SECRET" in answer.json()["detail"]


def test_without_a_public_address_the_one_that_was_called_counts_and_any_account_that_has_the_app(
    tmp_path: Path,
) -> None:
    with serving(settings(tmp_path, public_url=None, hubspot_portal=None)) as installation:
        answer = fetch(installation, "/v1/crm/hubspot/cards/71", base="http://localhost", portal="7")
        assert 200 == answer.status_code


def test_what_is_asked_too_often_is_refused_by_the_user(tmp_path: Path) -> None:
    with serving(settings(tmp_path)) as installation:
        limited = settings(tmp_path, rate_limit="2/hour")
        with TestClient(create_app(build(limited, serving=False)), base_url="http://localhost") as client:
            few = Installation(client, limited)
            assert [200, 200, 429] == [fetch(few, "/v1/crm/hubspot/cards/71").status_code for _ in range(3)]
            assert 200 == fetch(few, "/v1/crm/hubspot/cards/71", RUTH).status_code
        assert 200 == fetch(installation, "/v1/crm/hubspot/cards/71").status_code


def test_the_audit_log_has_who_asked_and_of_which_deal(tmp_path: Path) -> None:
    with serving(settings(tmp_path)) as installation:
        fetch(installation, "/v1/crm/hubspot/cards/71")
        entries = installation.ask(installation.made["admin"], "GET", "/v1/audit?action=readHubspotCard").json()[
            "entries"
        ]
        assert [("member:1", "rep", "hubspot/71", 200)] == [
            (one["actor"], one["role"], one["detail"]["deal"], one["detail"]["status"]) for one in entries
        ]


def test_the_older_shape_has_the_deal_and_its_page(installation: Installation) -> None:
    asked = "/v1/crm/hubspot/legacy-card?associatedObjectId=71&associatedObjectType=DEAL"
    (card,) = fetch(installation, asked).json()["results"]
    own = installation.ask(installation.made["admin"], "GET", "/v1/cards/hubspot/71").json()
    assert (71, "Hallström Foods", f"{PUBLIC}/deal?id={own['deal']}") == (card["objectId"], card["title"], card["link"])
    assert "Verdict" == card["properties"][0]["label"]


@pytest.mark.parametrize(
    "query", ["72&associatedObjectType=DEAL", "99&associatedObjectType=DEAL", "71&associatedObjectType=CONTACT"]
)
def test_the_older_shape_has_nothing_of_an_unknown_deal_a_foreign_one_and_a_contact(
    installation: Installation, query: str
) -> None:
    answer = fetch(installation, f"/v1/crm/hubspot/legacy-card?associatedObjectId={query}")
    assert (200, {"results": []}) == (answer.status_code, answer.json())


@pytest.mark.parametrize(
    "path", ["cards/x", "cards/12345678901234567890", "legacy-card", "legacy-card?associatedObjectId=x"]
)
def test_what_is_no_record_of_hubspots_is_refused(installation: Installation, path: str) -> None:
    answer = fetch(installation, f"/v1/crm/hubspot/{path}")
    assert (422, "invalid_input") == (answer.status_code, answer.json()["code"])
