"""The 1-on-1 over HTTP: prepared, printed, held, agreed, settled; over a store."""

from __future__ import annotations

from typing import Any

import pytest
from httpx2 import Response
from icalendar import Calendar
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

DAY = "2026-11-27"
REP = "Ilse Brandt"
HEADER = "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Create Date,Deal owner,Deal probability\n"
OCTOBER = HEADER + (
    "1,Acme <b>renewal</b>,Contract sent,64000,EUR,2026-12-10,2026-06-01,Ilse Brandt,0.8\n"
    "2,Borg,Qualified to buy,30000,EUR,2026-11-20,2026-07-01,Ilse Brandt,0.5\n"
)
NOVEMBER = HEADER + (
    "1,Acme <b>renewal</b>,Decision maker bought-in,64000,EUR,2026-12-20,2026-06-01,Ilse Brandt,0.8\n"
    "2,Borg,Qualified to buy,30000,EUR,2026-11-20,2026-07-01,Ilse Brandt,0.5\n"
    "5,Egg works,Appointment scheduled,9000,EUR,2027-03-31,2026-11-12,Ilse Brandt,0.1\n"
)
STEP = {"what": "Ask Priya for the day", "owner": "rep", "due_on": "2026-12-04", "deal": "Acme"}


@pytest.fixture
def client(served: TestClient) -> TestClient:
    """Two snapshots are in the store."""
    for day, export in (("2026-10-26", OCTOBER), (DAY, NOVEMBER)):
        headers = {"content-type": "text/csv"}
        assert 200 == served.post(f"/v1/opportunities?as_of={day}", content=export, headers=headers).status_code
    return served


def prepared(client: TestClient, as_of: str = DAY) -> dict[str, Any]:
    """A pack."""
    answer = client.post("/v1/one-on-ones", json={"rep": "ilse  BRANDT", "as_of": as_of})
    assert 200 == answer.status_code
    pack: dict[str, Any] = answer.json()
    return pack


def held(client: TestClient, *steps: dict[str, Any], on: str = DAY) -> dict[str, Any]:
    """A 1-on-1 that was held."""
    answer = client.post("/v1/one-on-ones/held", json={"rep": REP, "held_on": on, "steps": steps})
    assert 200 == answer.status_code
    pack: dict[str, Any] = answer.json()
    return pack


def commitments(client: TestClient, as_of: str = DAY) -> list[dict[str, Any]]:
    """What is agreed."""
    found: list[dict[str, Any]] = client.get("/v1/commitments", params={"rep": REP, "as_of": as_of}).json()[
        "commitments"
    ]
    return found


def document(client: TestClient, **query: str) -> Response:
    """A pack as a document."""
    return client.get("/v1/one-on-ones/document", params={"rep": REP, "as_of": DAY} | query)


def test_a_pack_is_what_the_description_says_and_holds_the_deals(client: TestClient) -> None:
    pack = prepared(client)
    schemas = client.get("/openapi.json").json()["components"]
    validator = Draft202012Validator({"$ref": "#/components/schemas/OneOnOne", "components": schemas})
    assert [] == [one.json_path for one in validator.iter_errors(pack)]
    assert ("coach.one_on_one/1", REP, DAY) == (pack["schema"], pack["rep"], pack["as_of"])
    assert ["Egg works"] == [one["name"] for one in pack["added"]["deals"]]
    moved = {one["deal"]["record"]: one for one in pack["pre_existing"]["deals"]}
    assert ("back", 1, 10) == (moved["1"]["stage"], moved["1"]["slip"]["times"], moved["1"]["slip"]["days"])
    assert {"1": 23, "2": -7} == {one["deal"]["record"]: one["days_left"] for one in pack["closing"]["deals"]}
    assert [] == client.get("/v1/one-on-ones", params={"rep": REP}).json()["held_on"]


def test_held_again_it_is_replaced_and_nothing_is_doubled(client: TestClient) -> None:
    first = held(client, STEP)
    second = held(client, STEP, {**STEP, "what": "Send the plan", "owner": "manager", "agreed_by_rep": False})
    assert [STEP["what"]] == [one["what"] for one in first["next_steps"]["agreed"]]
    agreed = second["next_steps"]["agreed"]
    assert [("Ask Priya for the day", "rep", True), ("Send the plan", "manager", False)] == sorted(
        (one["what"], one["owner"], one["agreed_by_rep"]) for one in agreed
    )
    assert sorted(agreed, key=str) == sorted(commitments(client), key=str)
    assert [DAY] == client.get("/v1/one-on-ones", params={"rep": "ILSE brandt"}).json()["held_on"]
    assert second == client.get(f"/v1/one-on-ones/held/{DAY}", params={"rep": REP}).json()


def test_the_next_one_counts_from_the_last(client: TestClient) -> None:
    held(client, STEP, on="2026-11-02")
    pack = prepared(client)
    assert ("one_on_one", "2026-11-02") == (pack["since"]["by"], pack["since"]["day"])
    assert [STEP["what"]] == [one["what"] for one in pack["next_steps"]["carried"]]
    assert [DAY, "2026-11-02"] == (held(client), client.get("/v1/one-on-ones", params={"rep": REP}).json()["held_on"])[
        1
    ]


def test_a_1_on_1_that_was_not_held_is_not_found(client: TestClient) -> None:
    missing = client.get("/v1/one-on-ones/held/2026-11-01", params={"rep": REP})
    assert (404, "not_found") == (missing.status_code, missing.json()["code"])


def test_a_page_has_a_policy_of_its_own_and_runs_nothing(client: TestClient) -> None:
    for page in (document(client), document(client, form="html")):
        assert (200, "text/html; charset=utf-8") == (page.status_code, page.headers["content-type"])
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "unsafe-inline" in policy.partition("style-src")[2].partition(";")[0]
        assert "<script" not in page.text
        assert "Acme &lt;b&gt;renewal" in page.text
        assert "nosniff" == page.headers["x-content-type-options"]


def test_markdown(client: TestClient) -> None:
    page = document(client, form="md")
    assert (200, "text/markdown; charset=utf-8") == (page.status_code, page.headers["content-type"])
    assert page.text.startswith("#")
    assert "Egg works" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_the_calendar_entry_is_of_the_next_one(client: TestClient) -> None:
    page = document(client, form="ics")
    assert (200, "text/calendar; charset=utf-8") == (page.status_code, page.headers["content-type"])
    (event,) = Calendar.from_ical(page.text).walk("VEVENT")
    assert prepared(client)["next_on"] == event.decoded("dtstart").isoformat()[:10]
    assert "default-src 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("field", "query"), [("form", {"form": "pdf"}), ("as_of", {"as_of": "soon"}), ("rep", {"rep": "x" * 201})]
)
def test_a_document_that_cannot_be_is_refused(client: TestClient, field: str, query: dict[str, str]) -> None:
    refused = document(client, **query)
    assert (422, ["query", field]) == (refused.status_code, refused.json()["errors"][0]["loc"])


def test_a_step_is_settled_with_a_proof_and_opened_again(client: TestClient) -> None:
    key = held(client, STEP)["next_steps"]["agreed"][0]["id"]
    path = f"/v1/commitments/{key}"
    settled = client.patch(path, json={"kept": "kept", "proof": "Priya wrote: 9 December"}).json()
    assert ("kept", "Priya wrote: 9 December") == (settled["kept"], settled["proof"])
    assert settled["settled_on"] is not None
    assert [settled] == commitments(client)
    opened = client.patch(path, json={"kept": "open", "agreed_by_manager": False}).json()
    assert ("open", None, False, True) == (
        opened["kept"],
        opened["settled_on"],
        opened["agreed_by_manager"],
        opened["agreed_by_rep"],
    )
    assert opened == client.patch(path, json={}).json()


@pytest.mark.parametrize(
    "change", [{"kept": "kept"}, {"kept": "kept", "proof": "  "}, {"kept": "done"}, {"what": "Other"}, {"kept": 1}]
)
def test_a_change_that_shows_nothing_is_refused_and_changes_nothing(client: TestClient, change: dict[str, Any]) -> None:
    key = held(client, STEP)["next_steps"]["agreed"][0]["id"]
    refused = client.patch(f"/v1/commitments/{key}", json=change)
    assert (422, "invalid_input") == (refused.status_code, refused.json()["code"])
    assert ["open"] == [one["kept"] for one in commitments(client)]


def test_a_step_that_is_not_there_cannot_be_settled(client: TestClient) -> None:
    missing = client.patch("/v1/commitments/9", json={"kept": "dropped"})
    assert (404, "not_found") == (missing.status_code, missing.json()["code"])
    assert 422 == client.patch("/v1/commitments/0", json={"kept": "dropped"}).status_code


def test_steps_are_listed_until_a_day(client: TestClient) -> None:
    held(client, STEP)
    assert [] == commitments(client, "2026-11-26")
    assert [STEP["what"]] == [one["what"] for one in commitments(client)]


def test_the_ledger_counts_the_claims_of_the_snapshots(client: TestClient) -> None:
    ledger = client.get("/v1/claims", params={"rep": "ILSE Brandt", "as_of": DAY}).json()
    # Acme was claimed for two days, Borg for one, which has gone by, and Egg works for one.
    assert (REP, DAY, 1, 0) == (ledger["rep"], ledger["as_of"], ledger["settled"], ledger["all"]["true"])
    assert 4 <= ledger["claims"]


@pytest.mark.parametrize(
    ("method", "path", "sent"),
    [
        ("POST", "/v1/one-on-ones", {"rep": REP, "as_of": "1970-01-01"}),
        ("POST", "/v1/one-on-ones", {"rep": ""}),
        ("POST", "/v1/one-on-ones", {"as_of": DAY}),
        ("POST", "/v1/one-on-ones", {"rep": REP, "as_of": "2026-11-31"}),
        ("POST", "/v1/one-on-ones", {"rep": REP, "data": "x.csv"}),
        ("POST", "/v1/one-on-ones/held", {"rep": REP, "steps": [{**STEP, "owner": "customer"}]}),
        ("POST", "/v1/one-on-ones/held", {"rep": REP, "steps": [{**STEP, "what": "  "}]}),
        ("POST", "/v1/one-on-ones/held", {"rep": REP, "steps": [{**STEP, "due_on": 1796342400}]}),
        ("POST", "/v1/one-on-ones/held", {"rep": REP, "steps": [{**STEP, "due_on": "0001-01-01"}]}),
        ("POST", "/v1/one-on-ones/held", {"rep": REP, "steps": [{**STEP, "id": 7}]}),
        ("POST", "/v1/one-on-ones/held", {"rep": REP, "steps": [STEP] * 51}),
        ("GET", "/v1/one-on-ones", None),
        ("GET", "/v1/one-on-ones/held/soon?rep=Ilse%20Brandt", None),
        ("GET", "/v1/one-on-ones/held/1796342400?rep=Ilse%20Brandt", None),
        ("GET", "/v1/commitments", None),
        ("GET", "/v1/claims?rep=Ilse%20Brandt&as_of=1970-01-01", None),
    ],
)
def test_what_does_not_fit_is_refused(client: TestClient, method: str, path: str, sent: dict[str, Any] | None) -> None:
    refused = client.request(method, path, json=sent)
    assert (422, "invalid_input") == (refused.status_code, refused.json()["code"])
    assert "application/problem+json" == refused.headers["content-type"]
    assert [] == client.get("/v1/one-on-ones", params={"rep": REP}).json()["held_on"]


@pytest.mark.parametrize(
    ("method", "path", "sent"),
    [
        ("POST", "/v1/one-on-ones", {"rep": "Nobody"}),
        ("POST", "/v1/one-on-ones/held", {"rep": "Nobody"}),
        ("GET", "/v1/one-on-ones/document?rep=Nobody", None),
        ("GET", "/v1/claims?rep=Nobody", None),
    ],
)
def test_nobody_of_the_name_is_told(client: TestClient, method: str, path: str, sent: dict[str, Any] | None) -> None:
    missing = client.request(method, path, json=sent)
    assert (404, "not_found") == (missing.status_code, missing.json()["code"])


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/v1/one-on-ones"), ("POST", "/v1/one-on-ones/held"), ("PATCH", "/v1/commitments/1")],
)
def test_a_body_that_is_not_json_or_too_long_is_refused(served: TestClient, method: str, path: str) -> None:
    refused = served.request(method, path, content=b"rep=Ilse", headers={"content-type": "text/plain"})
    assert (415, "unsupported_media_type") == (refused.status_code, refused.json()["code"])
    refused = served.request(method, path, content=b" " * 2_000_001, headers={"content-type": "application/json"})
    assert (413, "too_large") == (refused.status_code, refused.json()["code"])
