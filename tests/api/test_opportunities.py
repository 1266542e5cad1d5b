"""`/v1/opportunities` and `/v1/people`: exports in, opportunities out, over a store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

EXPORTS = Path(__file__).parents[1] / "pipeline" / "rows" / "exports"
HEADER = "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Deal owner,Is Closed Won,Is Deal Closed?\n"
DEALS = HEADER + (
    "1,Acme,Contract sent,64000.50,EUR,2026-12-10,Ilse Brandt,false,false\n"
    "2,Borg,Closed won,30000,EUR,2026-11-02,Anand Rao,true,true\n"
    "3,Cato,Qualified,,EUR,2026-12-11,Ilse Brandt,false,false\n"
)
OWN = "Deal No,Company,Worth\n1,Orrin,5\n"


def send(
    client: TestClient, content: str | bytes, path: str = "/v1/opportunities", kind: str = "text/csv", **query: Any
) -> Response:
    return client.post(path, params=query, content=content, headers={"content-type": kind})


def listed(client: TestClient, **query: Any) -> list[str]:
    page = client.get("/v1/opportunities", params={"as_of": "2026-11-27", **query})
    return [one["record"] for one in page.json()["opportunities"]]


def test_an_export_goes_in_and_comes_out_as_it_stood_on_a_day(served: TestClient) -> None:
    report = send(served, DEALS, as_of="2026-11-20", name="deals.csv")
    body = report.json()
    assert (200, "coach.import_report/1") == (report.status_code, body["schema"])
    assert ("hubspot", "2026-11-20", "deals.csv", 3, 3, 0) == tuple(
        body[name] for name in ("crm", "as_of", "source", "read", "kept", "left_out")
    )
    assert ["Anand Rao", "Ilse Brandt"] == sorted(body["new_reps"])
    page = served.get("/v1/opportunities", params={"as_of": "2026-11-27"}).json()
    acme = page["opportunities"][0]
    assert {
        "crm": "hubspot",
        "record": "1",
        "as_of": "2026-11-20",
        "name": "Acme",
        "account": None,
        "rep": "Ilse Brandt",
        "state": "open",
        "stage": "Contract sent",
        "amount": 64000.5,
        "currency": "EUR",
        "probability": None,
        "forecast_category": None,
        "created_on": None,
        "close_date": "2026-12-10",
        "closed_on": None,
        "next_step": None,
        "product": None,
    } == acme | {"amount": float(acme["amount"])}
    assert (3, None, None) == (len(page["opportunities"]), page["opportunities"][2]["amount"], page["after"])
    assert [] == listed(served, as_of="2026-11-19")


def test_a_list_is_narrowed_and_turned_page_by_page(served: TestClient) -> None:
    send(served, DEALS, as_of="2026-11-20")
    assert ["1", "3"] == listed(served, rep="ilse  BRANDT")
    assert ["2"] == listed(served, state="won")
    assert ["3"] == listed(served, rep="Ilse Brandt", state="open", limit=1, after=_after(served))


def _after(client: TestClient) -> int:
    query = {"as_of": "2026-11-27", "rep": "Ilse Brandt", "state": "open", "limit": "1"}
    page = client.get("/v1/opportunities", params=query).json()
    assert ["1"] == [one["record"] for one in page["opportunities"]]
    after: int = page["after"]
    return after


@pytest.mark.parametrize(
    "query",
    [{"as_of": "20261127"}, {"state": "lost?"}, {"limit": 0}, {"limit": 501}, {"after": -1}, {"rep": "x" * 201}],
)
def test_a_list_of_what_cannot_be_is_refused(served: TestClient, query: dict[str, Any]) -> None:
    refused = served.get("/v1/opportunities", params=query)
    assert (422, "invalid_input", ["query", next(iter(query))]) == (
        refused.status_code,
        refused.json()["code"],
        refused.json()["errors"][0]["loc"],
    )


@pytest.mark.parametrize("kind", ["application/json", "application/x-ndjson", "Application/JSON; charset=utf-8"])
def test_json_is_taken_under_its_names(served: TestClient, kind: str) -> None:
    report = send(served, (EXPORTS / "hubspot_api.json").read_bytes(), kind=kind, as_of="2026-10-31")
    assert (200, "hubspot") == (report.status_code, report.json()["crm"])
    assert 0 < report.json()["kept"] == len(listed(served))


@pytest.mark.parametrize("path", ["/v1/opportunities", "/v1/people"])
@pytest.mark.parametrize("kind", ["", "text/plain", "multipart/form-data; boundary=x", "application/vnd.ms-excel"])
def test_another_kind_of_body_is_refused(served: TestClient, path: str, kind: str) -> None:
    refused = send(served, DEALS, path, kind)
    assert (415, "unsupported_media_type") == (refused.status_code, refused.json()["code"])
    assert "text/csv" in refused.json()["detail"]
    assert [] == listed(served)


@pytest.mark.parametrize("path", ["/v1/opportunities", "/v1/people"])
def test_an_export_over_the_limit_is_refused_and_nothing_of_it_kept(
    served: TestClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.api.guards.EXPORT_LIMIT", len(DEALS) - 1)
    refused = send(served, DEALS, path, as_of="2026-11-20")
    assert (413, "too_large") == (refused.status_code, refused.json()["code"])
    assert [] == listed(served)
    monkeypatch.setattr("coach.api.guards.EXPORT_LIMIT", len(DEALS))
    assert 200 == send(served, DEALS, as_of="2026-11-20").status_code


def test_an_export_may_be_longer_than_a_note(served: TestClient) -> None:
    """2 MB are the end of any other body."""
    padded = "Record ID,Deal Name,Deal Stage,Notes\n" + "".join(
        f"{number},Deal,Qualified,{'x' * 5000}\n" for number in range(410)
    )
    assert 410 == send(served, padded, as_of="2026-11-20").json()["kept"]
    assert 413 == send(served, padded, "/v1/deal-reviews").status_code


def test_columns_that_are_not_known_are_refused_with_a_mapping_to_look_over(served: TestClient) -> None:
    refused = send(served, OWN, name="own.csv")
    problem = refused.json()
    assert (422, "not_recognised", "application/problem+json") == (
        refused.status_code,
        problem["code"],
        refused.headers["content-type"],
    )
    assert 'record: "Deal No"' in problem["proposal"]
    assert "Orrin" not in refused.text
    taken = send(served, OWN, mapping=problem["proposal"], as_of="2026-11-20")
    assert (200, 1) == (taken.status_code, taken.json()["kept"])
    assert ["1"] == listed(served)


@pytest.mark.parametrize("mapping", ["crm: [", "crm: ours\ncolumns: {recrd: Deal No}", "crm: note", "7"])
def test_a_mapping_that_cannot_be_one_is_refused(served: TestClient, mapping: str) -> None:
    refused = send(served, OWN, mapping=mapping)
    assert (422, "invalid_input") == (refused.status_code, refused.json()["code"])
    assert "mapping" in refused.json()["detail"]


@pytest.mark.parametrize(
    ("content", "query"),
    [
        ("", {}),
        (HEADER, {}),
        (DEALS, {"as_of": "1970-01-01"}),
        (DEALS, {"as_of": "soon"}),
        (DEALS, {"name": "x" * 301}),
    ],
)
def test_what_is_no_snapshot_is_refused(served: TestClient, content: str, query: dict[str, str]) -> None:
    refused = send(served, content, **query)
    assert (422, "invalid_input") == (refused.status_code, refused.json()["code"])
    assert [] == listed(served)


def test_a_row_that_cannot_be_taken_is_told_and_the_rest_goes_in(served: TestClient) -> None:
    report = send(served, DEALS + ",Nobody,Qualified,1,EUR,2026-12-11,Ilse Brandt,false,false\n", as_of="2026-11-20")
    body = report.json()
    assert (4, 3, 1, 1) == (body["read"], body["kept"], body["left_out"], body["counts"]["no_id"])
    assert [(5, False)] == [(one["row"], one["kept"]) for one in body["problems"] if one["code"] == "no_id"]


def test_a_roster_goes_in(served: TestClient) -> None:
    report = send(served, (EXPORTS / "roster.csv").read_bytes(), "/v1/people", name="roster.csv")
    body = report.json()
    assert (200, "coach.people_report/1", 2, 3) == (report.status_code, body["schema"], body["reps"], body["quotas"])
    pack = served.post("/v1/one-on-ones", json={"rep": "Tomas Reyes", "as_of": "2026-11-27"})
    assert (200, "Tomas Reyes") == (pack.status_code, pack.json()["rep"])


def test_a_roster_without_names_is_refused(served: TestClient) -> None:
    refused = send(served, "colour,size\nred,2\n", "/v1/people")
    assert 422 == refused.status_code
    assert refused.json()["code"] in {"not_recognised", "invalid_input"}


def test_there_is_nothing_below_the_address(served: TestClient) -> None:
    assert 404 == served.get("/v1/opportunities/1").status_code
    assert 405 == served.delete("/v1/opportunities").status_code
