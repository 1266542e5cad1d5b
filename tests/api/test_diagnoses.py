"""`POST /v1/diagnoses`: what it takes, what it answers, what it refuses."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from coach.domain import RepPacket
from coach.errors import RateLimited
from tests.api.standin import CALLS, CANARY, DIARY, StandIn, Start

PATH = "/v1/diagnoses"
PACKET: dict[str, Any] = {
    "rep": "Ilse Brandt",
    "role": "Account executive",
    "tenure": "5 years",
    "self_assessment": {"ratings": {"prospecting": 4}, "text": "Fine."},
    "manager_observation": f"{CALLS}. {DIARY}.",
    "results": {"quota": 71, "rank": "3rd", "none": None},
    "deal_notes": ["Signed 🎉."],
    "ride_along": None,
}


def test_a_packet_becomes_a_diagnosis(client: TestClient, coach: StandIn) -> None:
    response = client.post(PATH, json={**PACKET, "as_of": "2026-03-02"})
    assert 200 == response.status_code
    found = response.json()
    assert ("coach.rep_diagnosis/1", "Ilse Brandt", "2026-03-02") == (found["schema"], found["rep"], found["as_of"])
    assert [CALLS, DIARY] == [one["quote"] for one in found["signals"]]
    assert ("will", "will") == (found["primary"]["gap"], found["prescription"]["gap"])
    assert [(RepPacket.model_validate(PACKET), date(2026, 3, 2))] == coach.asked
    assert "no-store" == response.headers["cache-control"]


def test_a_packet_without_a_day_is_of_today(client: TestClient, coach: StandIn) -> None:
    before = datetime.now(UTC).astimezone().date()
    client.post(PATH, json=PACKET)
    after = datetime.now(UTC).astimezone().date()
    assert before <= coach.asked[0][1] <= after


def test_the_same_packet_has_the_same_id_and_another_has_another(client: TestClient) -> None:
    dated = {**PACKET, "as_of": "2026-03-02"}
    others = [dated, dated, {**dated, "as_of": "2026-03-03"}, {**dated, "rep": "Anand"}, {**dated, "results": None}]
    ids = [client.post(PATH, json=one).json()["id"] for one in others]
    assert ids[0] == ids[1]
    assert 4 == len(set(ids))


@pytest.mark.parametrize(
    ("change", "loc"),
    [
        ({"rep": None}, ["body", "rep"]),
        ({"rep": ""}, ["body", "rep"]),
        ({"rep": f"{CANARY}\0"}, ["body", "rep"]),
        ({"rep": CANARY * 20}, ["body", "rep"]),
        ({"role": CANARY * 30}, ["body", "role"]),
        ({"self_assessment": CANARY}, ["body", "self_assessment"]),
        ({"self_assessment": {"ratings": {"prospecting": 0}}}, ["body", "self_assessment", "ratings", "prospecting"]),
        ({"self_assessment": {"ratings": {"prospecting": 6}}}, ["body", "self_assessment", "ratings", "prospecting"]),
        ({"self_assessment": {"ratings": {f"{CANARY} x": 3}}}, ["body", "self_assessment", "ratings"]),
        ({"self_assessment": {"text": f"\0{CANARY}"}}, ["body", "self_assessment", "text"]),
        ({"manager_observation": {"text": CANARY}}, ["body", "manager_observation"]),
        ({"results": [CANARY]}, ["body", "results"]),
        ({"results": {"quota": [CANARY]}}, ["body", "results", "quota"]),
        ({"results": {CANARY * 20: 1}}, ["body", "results"]),
        ({"results": {f"k{number}": 1 for number in range(101)}}, ["body", "results"]),
        ({"deal_notes": CANARY}, ["body", "deal_notes"]),
        ({"deal_notes": ["fine", 5]}, ["body", "deal_notes", 1]),
        ({"deal_notes": ["x"] * 51}, ["body", "deal_notes"]),
        ({"ride_along": f"{CANARY}\0"}, ["body", "ride_along"]),
        ({"as_of": CANARY}, ["body", "as_of"]),
        ({f"Dana said {CANARY}": 1}, ["body", "(unnamed)"]),
    ],
    ids=lambda value: str(value)[:50] if isinstance(value, dict) else "",
)
def test_a_payload_that_does_not_fit_is_refused_with_its_place_and_without_its_words(
    client: TestClient, coach: StandIn, change: dict[str, Any], loc: list[str]
) -> None:
    response = client.post(PATH, json={**PACKET, **change})
    assert (422, "invalid_input") == (response.status_code, response.json()["code"])
    assert "application/problem+json" == response.headers["content-type"]
    assert loc == response.json()["errors"][0]["loc"][: len(loc)]
    assert CANARY not in response.text
    assert [] == coach.asked


@pytest.mark.parametrize(
    ("payload", "status", "detail"),
    [
        ({"rep": CANARY}, 422, "the packet has no text"),
        ({"rep": CANARY, "ride_along": " \n"}, 422, "the packet has no text"),
        ({"rep": "x", "ride_along": CANARY, "as_of": "9999-12-31"}, 422, "as_of: 9999-12-31 is not between"),
        ({"rep": "x", "ride_along": CANARY, "as_of": "0001-01-01"}, 422, "as_of: 0001-01-01 is not between"),
        ({"rep": "x", "ride_along": CANARY * 16_000}, 413, "ride_along: the text has 208000 characters"),
    ],
    ids=lambda value: str(value)[:50] if isinstance(value, dict) else "",
)
def test_what_cannot_be_diagnosed_is_a_problem_without_its_words(
    client: TestClient, payload: dict[str, Any], status: int, detail: str
) -> None:
    response = client.post(PATH, json=payload)
    assert status == response.status_code
    assert response.json()["detail"].startswith(detail)
    assert CANARY not in response.text


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b'{"rep": "x"', b'{"rep": "\\ud800", "ride_along": "x"}'])
def test_a_broken_body_is_a_problem(client: TestClient, body: bytes) -> None:
    response = client.post(PATH, content=body, headers={"content-type": "application/json"})
    assert (422, "invalid_input") == (response.status_code, response.json()["code"])


def test_only_json_is_taken(client: TestClient) -> None:
    response = client.post(PATH, content=b"rep: x", headers={"content-type": "application/yaml"})
    assert (415, "unsupported_media_type") == (response.status_code, response.json()["code"])


def test_a_model_that_does_not_answer_is_a_problem_with_when_to_ask_again(start: Start) -> None:
    response = start(fails_with=RateLimited("m is asked too often", retry_after_s=2.5)).post(PATH, json=PACKET)
    assert (503, "rate_limited", "3") == (
        response.status_code,
        response.json()["code"],
        response.headers["retry-after"],
    )


def test_a_crash_tells_nothing_of_the_packet(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    response = start(fails_with=ValueError(CANARY)).post(PATH, json={**PACKET, "ride_along": CANARY})
    assert (500, "internal_error") == (response.status_code, response.json()["code"])
    assert CANARY not in response.text
    assert CANARY not in caplog.text
