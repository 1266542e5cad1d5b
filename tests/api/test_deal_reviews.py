"""`POST /v1/deal-reviews`: what it takes, what it answers, what it refuses."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from coach.domain import Deal, DealNote
from tests.api.standin import StandIn

JSON = {"content-type": "application/json"}


def test_a_note_becomes_a_review_by_contract_3(client: TestClient, coach: StandIn) -> None:
    deal = {"name": "Brook", "amount": "EUR 60k", "stage": "Proposal", "close_date": "2026-06-30"}
    response = client.post(
        "/v1/deal-reviews", json={"deal": deal, "written_on": "2026-05-19", "note": "Dana signed. 🎉"}
    )
    assert 200 == response.status_code
    review = response.json()
    assert "coach.deal_review/1" == review["schema"]
    assert deal == review["deal"]
    assert "2026-05-19" == review["written_on"]
    assert "seller" == review["statements"][0]["centre"]
    assert 0 == review["statements"][0]["grade"]
    expected = DealNote(
        deal=Deal(name="Brook", amount="EUR 60k", stage="Proposal", close_date=date(2026, 6, 30)),
        written_on=date(2026, 5, 19),
        note="Dana signed. 🎉",
    )
    assert [expected] == coach.seen


def test_the_answer_has_every_field_of_contract_3_and_no_undeclared_one(client: TestClient) -> None:
    review = client.post("/v1/deal-reviews", json={"note": "x"}).json()
    assert {
        "schema", "id", "deal", "written_on", "statements", "coverage", "claim", "balance", "focus", "questions",
        "notices", "provenance",
    } == set(review)  # fmt: skip


def test_whose_deal_it_is_is_passed_on_where_it_is_said(client: TestClient, coach: StandIn) -> None:
    client.post("/v1/deal-reviews", json={"note": "x", "rep": "Ilse", "record": {"crm": "hubspot", "record": "7"}})
    client.post("/v1/deal-reviews", json={"note": "x"})
    assert ["Ilse", None] == coach.reps
    assert [("hubspot", "7"), None] == coach.records


def test_a_review_is_not_to_be_kept_by_a_cache(client: TestClient) -> None:
    response = client.post("/v1/deal-reviews", json={"note": "x"})
    assert "no-store" == response.headers["cache-control"]


def test_a_note_without_a_day_counts_as_written_today(client: TestClient, coach: StandIn) -> None:
    before = datetime.now(UTC).astimezone().date()
    client.post("/v1/deal-reviews", json={"note": "Dana signed."})
    after = datetime.now(UTC).astimezone().date()
    assert before <= coach.seen[0].written_on <= after
    assert Deal() == coach.seen[0].deal


def test_the_note_reaches_the_engine_unchanged(client: TestClient, coach: StandIn) -> None:
    note = " \r\n مرحبا 👩‍👩‍👧 “said”\t\u200b\n<script>alert(1)</script> "
    assert 200 == client.post("/v1/deal-reviews", json={"note": note}).status_code
    assert note == coach.seen[0].note


@pytest.mark.parametrize(
    ("payload", "loc", "msg"),
    [
        ({}, ["body", "note"], "this field is required"),
        ({"note": 5}, ["body", "note"], "Input should be a valid string"),
        ({"note": "x", "text": "y"}, ["body", "text"], "there is no such field"),
        ({"note": "x", "deal": {"owner": "y"}}, ["body", "deal", "owner"], "there is no such field"),
        ({"note": "x", "deal": []}, ["body", "deal"], "expected a JSON object"),
        ({"note": "x", "rep": ["Ilse"]}, ["body", "rep"], "Input should be a valid string"),
        ({"note": "x", "written_on": "19.5.2026"}, ["body", "written_on"], "expected a day as YYYY-MM-DD"),
        ({"note": "x", "written_on": "20260519"}, ["body", "written_on"], "expected a day as YYYY-MM-DD"),
        ({"note": "x", "written_on": 1779148800}, ["body", "written_on"], "expected a day as YYYY-MM-DD"),
        (
            {"note": "x", "deal": {"close_date": "2026-02-30"}},
            ["body", "deal", "close_date"],
            "expected a day as YYYY-MM-DD",
        ),
        (
            {"note": "x", "deal": {"name": "n" * 301}},
            ["body", "deal", "name"],
            "String should have at most 300 characters",
        ),
        ({"note": "a\0b"}, ["body", "note"], "the text holds a NUL character; send plain text"),
        (
            {"note": "x", "deal": {"stage": "\0"}},
            ["body", "deal", "stage"],
            "the text holds a NUL character; send plain text",
        ),
        ([], ["body"], "expected a JSON object"),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, dict) else "",
)
def test_a_payload_that_does_not_fit_is_refused_with_its_place(
    client: TestClient, coach: StandIn, payload: Any, loc: list[str], msg: str
) -> None:
    response = client.post("/v1/deal-reviews", json=payload)
    assert 422 == response.status_code
    assert [{"loc": loc, "msg": msg}] == response.json()["errors"]
    assert [] == coach.seen


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "invalid_input"),
        (b"null", 422, "invalid_input"),
        (b'{"note": "x"', 422, "invalid_input"),
        (b'{"note": "\\ud800"}', 422, "invalid_input"),
        (b'{"\\udfff": 1, "note": "x"}', 422, "invalid_input"),
        (b'{"note": "\xff\xfe"}', 400, "bad_request"),
        (b"[" * 100_000, 400, "bad_request"),
        (b'{"note": ' + b"9" * 10_000 + b"}", 400, "bad_request"),
    ],
    ids=["empty", "null", "cut off", "lone surrogate", "surrogate key", "not UTF-8", "deep", "long number"],
)
def test_a_broken_body_is_a_problem_never_a_crash(
    client: TestClient, coach: StandIn, body: bytes, status: int, code: str
) -> None:
    response = client.post("/v1/deal-reviews", content=body, headers=JSON)
    assert (status, code) == (response.status_code, response.json()["code"])
    assert "application/problem+json" == response.headers["content-type"]
    assert [] == coach.seen


@pytest.mark.parametrize("media_type", ["text/plain", "multipart/form-data; boundary=x", "application/xml"])
def test_only_json_is_taken(client: TestClient, media_type: str) -> None:
    response = client.post("/v1/deal-reviews", content=b'{"note": "x"}', headers={"content-type": media_type})
    assert (415, "unsupported_media_type") == (response.status_code, response.json()["code"])


def test_a_charset_beside_the_media_type_is_fine(client: TestClient) -> None:
    headers = {"content-type": "Application/JSON; charset=utf-8"}
    assert 200 == client.post("/v1/deal-reviews", content=b'{"note": "x"}', headers=headers).status_code
