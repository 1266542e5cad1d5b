"""Reviews that were kept: the list, one of them, a manager's corrections, a rep's reply; over a store."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from coach.domain import Kind

NOTE = "Dana Ruiz signed the order form on Monday. I sent a deck."
UNKNOWN = "dr_" + 24 * "0"


def kept(client: TestClient, rep: str = "Ilse Brandt", visit: int = 1) -> dict[str, Any]:
    """A deal review that was kept."""
    sent = {"rep": rep, "deal": {"name": "Acme"}, "written_on": "2026-11-24", "note": f"{NOTE} Visit {visit} of mine."}
    answer = client.post("/v1/deal-reviews", json=sent)
    assert 200 == answer.status_code
    review: dict[str, Any] = answer.json()
    return review


@pytest.fixture
def rows(tmp_path: Path) -> Callable[[str], list[tuple[Any, ...]]]:
    """What a table of the store holds."""

    def selected(statement: str) -> list[tuple[Any, ...]]:
        (path,) = (tmp_path / "data").glob("*.sqlite3")
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute(statement).fetchall()

    return selected


def test_a_review_is_read_as_it_was_given(served: TestClient) -> None:
    review = kept(served)
    assert review == served.get(f"/v1/deal-reviews/{review['id']}").json()


def test_reviews_are_listed_the_latest_first_page_by_page(served: TestClient) -> None:
    reviews = [kept(served, visit=visit) for visit in (1, 2, 3)]
    kept(served, rep="Anand Rao", visit=4)
    first = served.get("/v1/deal-reviews", params={"rep": "ilse BRANDT", "limit": 2}).json()
    assert [reviews[2], reviews[1]] == first["reviews"]
    last = served.get("/v1/deal-reviews", params={"rep": "Ilse Brandt", "limit": 2, "before": first["before"]}).json()
    assert ([reviews[0]], None) == (last["reviews"], last["before"])
    assert 4 == len(served.get("/v1/deal-reviews").json()["reviews"])
    nobody = served.get("/v1/deal-reviews", params={"rep": "Nobody"}).json()
    assert {"reviews": [], "before": None} == nobody


def test_the_reviews_of_one_deal_of_a_crm_are_listed_by_its_id_there(served: TestClient) -> None:
    sent = {"rep": "Ilse Brandt", "written_on": "2026-11-24", "note": NOTE}
    made = [
        served.post(
            "/v1/deal-reviews", json=sent | {"record": {"crm": crm, "record": record}, "note": f"{NOTE} {crm}{record}"}
        )
        for crm, record in (("hubspot", "7"), ("hubspot", "8"), ("salesforce", "7"))
    ]
    kept(served)
    found = served.get("/v1/deal-reviews", params={"crm": "hubspot", "record": "7"}).json()
    assert {"reviews": [made[0].json()], "before": None} == found
    by_nobody = {"crm": "hubspot", "record": "7", "rep": "Anand Rao"}
    assert [] == served.get("/v1/deal-reviews", params=by_nobody).json()["reviews"]


@pytest.mark.parametrize("query", [{"crm": "hubspot"}, {"record": "7"}])
def test_half_of_a_deals_name_is_refused(served: TestClient, query: dict[str, str]) -> None:
    answer = served.get("/v1/deal-reviews", params=query)
    assert (422, "invalid_input") == (answer.status_code, answer.json()["code"])


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 101}, {"before": -1}, {"before": "x"}, {"rep": "x" * 201}])
def test_a_list_of_what_cannot_be_is_refused(served: TestClient, query: dict[str, Any]) -> None:
    refused = served.get("/v1/deal-reviews", params=query)
    assert (422, ["query", next(iter(query))]) == (refused.status_code, refused.json()["errors"][0]["loc"])


def test_a_note_without_a_rep_is_not_kept(served: TestClient) -> None:
    review = served.post("/v1/deal-reviews", json={"note": NOTE}).json()
    missing = served.get(f"/v1/deal-reviews/{review['id']}")
    assert (404, "not_found") == (missing.status_code, missing.json()["code"])
    assert [] == served.get("/v1/deal-reviews").json()["reviews"]


def test_a_correction_is_kept_beside_the_finding(
    served: TestClient, rows: Callable[[str], list[tuple[Any, ...]]]
) -> None:
    review = kept(served)
    should_be = {"kind": Kind.BUYER_COMMITMENT.value, "verifiable": False}
    sent = {"right": False, "should_be": should_be, "why": "She only said so."}
    taken = served.post(f"/v1/findings/{review['id']}.0/feedback", json=sent)
    assert (200, {"kept": True}) == (taken.status_code, taken.json())
    again = served.post(f"/v1/findings/{review['id']}.1/feedback", json={"right": True})
    assert 200 == again.status_code
    found = rows('select "right", should_be, why from corrections order by id')
    assert [(0, should_be, "She only said so."), (1, None, None)] == [
        (right, json.loads(labels) if labels else None, why) for right, labels, why in found
    ]
    assert review == served.get(f"/v1/deal-reviews/{review['id']}").json()


def test_corrections_are_listed_with_the_findings_they_are_of(served: TestClient) -> None:
    review = kept(served)["id"]
    kept(served, visit=2)
    path = f"/v1/reviews/{review}/corrections"
    assert {"corrections": []} == served.get(path).json()
    for place, sent in ((1, {"right": True}), (0, {"right": False, "should_be": {"kind": "seller_action"}})):
        assert 200 == served.post(f"/v1/findings/{review}.{place}/feedback", json=sent).status_code
    found = served.get(path).json()["corrections"]
    assert [(f"{review}.1", True), (f"{review}.0", False)] == [(one["finding"], one["right"]) for one in found]
    assert (None, "seller_action") == (found[0]["should_be"], found[1]["should_be"]["kind"])
    missing = served.get(f"/v1/reviews/{UNKNOWN}/corrections")
    assert (404, "not_found") == (missing.status_code, missing.json()["code"])


def test_a_reply_is_kept_beside_the_review(served: TestClient, rows: Callable[[str], list[tuple[Any, ...]]]) -> None:
    review = kept(served)
    taken = served.post(f"/v1/reviews/{review['id']}/reply", json={"text": "You missed the redlines."})
    assert (200, True) == (taken.status_code, taken.json()["kept"])
    assert [("You missed the redlines.",)] == rows("select text from replies")


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        (f"/v1/findings/{UNKNOWN}.0/feedback", {"right": True}),
        (f"/v1/reviews/{UNKNOWN}/reply", {"text": "No."}),
    ],
)
def test_what_is_not_there_can_have_no_answer(served: TestClient, path: str, sent: dict[str, Any]) -> None:
    missing = served.post(path, json=sent)
    assert (404, "not_found") == (missing.status_code, missing.json()["code"])


def test_a_review_has_so_many_findings_and_no_more(served: TestClient) -> None:
    review = kept(served)
    path = f"/v1/findings/{review['id']}.{len(review['statements'])}/feedback"
    assert 404 == served.post(path, json={"right": True}).status_code


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        (f"/v1/findings/{UNKNOWN}.0/feedback", {}),
        (f"/v1/findings/{UNKNOWN}.0/feedback", {"right": True, "mood": "x"}),
        (f"/v1/findings/{UNKNOWN}.0/feedback", {"right": False, "should_be": {"kind": "hope"}}),
        (f"/v1/findings/{UNKNOWN}/feedback", {"right": True}),
        (f"/v1/findings/{UNKNOWN}.-1/feedback", {"right": True}),
        ("/v1/reviews/everything/reply", {"text": "No."}),
        (f"/v1/reviews/{UNKNOWN}/reply", {"text": ""}),
        (f"/v1/reviews/{UNKNOWN}/reply", {"text": "x" * 10_001}),
        (f"/v1/reviews/{UNKNOWN}/reply", {"text": "a\x00b"}),
    ],
)
def test_what_does_not_fit_is_refused(served: TestClient, path: str, sent: dict[str, Any]) -> None:
    refused = served.post(path, json=sent)
    assert (422, "invalid_input") == (refused.status_code, refused.json()["code"])


def test_an_id_that_can_be_none_is_refused(served: TestClient) -> None:
    assert 404 == served.get("/v1/deal-reviews/DROP").status_code
    assert 422 == served.get("/v1/reviews/DROP/replies").status_code


@pytest.mark.parametrize("path", [f"/v1/findings/{UNKNOWN}.0/feedback", f"/v1/reviews/{UNKNOWN}/reply"])
def test_what_is_not_json_is_refused(served: TestClient, path: str) -> None:
    refused = served.post(path, content="right=yes", headers={"content-type": "text/plain"})
    assert (415, "unsupported_media_type") == (refused.status_code, refused.json()["code"])


@pytest.mark.parametrize("path", [f"/v1/findings/{UNKNOWN}.0/feedback", f"/v1/reviews/{UNKNOWN}/reply"])
def test_a_body_over_2_mb_is_refused(served: TestClient, path: str) -> None:
    refused = served.post(path, content=b" " * 2_000_001, headers={"content-type": "application/json"})
    assert (413, "too_large") == (refused.status_code, refused.json()["code"])
