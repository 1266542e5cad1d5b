"""`POST /v1/manager-reviews`: what it takes, what it answers, what it refuses."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from coach.domain import Conversation
from coach.errors import RateLimited
from tests.api.standin import ASKED, CANARY, TOLD, StandIn, Start

PATH = "/v1/manager-reviews"
TALK = {
    "manager": "Ruth",
    "rep": "Anand",
    "setting": "pipeline call",
    "transcript": f"Ruth: {ASKED}\r\nAnand: On Monday 🎉.\r\nRuth: {TOLD}\r\nAnand: I will.",
}


def test_a_conversation_becomes_a_mirror(client: TestClient, coach: StandIn) -> None:
    response = client.post(PATH, json={**TALK, "held_on": "2026-03-02"})
    assert 200 == response.status_code
    review = response.json()
    assert ("coach.manager_review/1", "Ruth", "named", "2026-03-02") == (
        review["schema"],
        review["manager"],
        review["found_by"],
        review["held_on"],
    )
    assert [ASKED, TOLD] == [one["quote"] for one in review["moves"]]
    assert [ASKED, TOLD] == [TALK["transcript"][one["start"] : one["end"]] for one in review["moves"]]
    assert (1, 1) == (review["balance"]["asked"], review["balance"]["told"])
    assert [(Conversation.model_validate(TALK), date(2026, 3, 2))] == coach.asked


def test_only_the_transcript_is_needed_and_today_is_the_day(client: TestClient, coach: StandIn) -> None:
    before = datetime.now(UTC).astimezone().date()
    transcript = TALK["transcript"].replace("Ruth:", "Sales manager:")
    response = client.post(PATH, json={"transcript": transcript})
    after = datetime.now(UTC).astimezone().date()
    assert ("Sales manager", "by label", None) == tuple(
        response.json()[name] for name in ("manager", "found_by", "rep")
    )
    assert before <= coach.asked[0][1] <= after


def test_the_same_conversation_has_the_same_id_and_another_has_another(client: TestClient) -> None:
    dated = {**TALK, "held_on": "2026-03-02"}
    others = [dated, dated, {**dated, "held_on": "2026-03-03"}, {**dated, "rep": ""}, {**dated, "setting": ""}]
    ids = [client.post(PATH, json=one).json()["id"] for one in others]
    assert ids[0] == ids[1]
    assert 4 == len(set(ids))


@pytest.mark.parametrize(
    ("payload", "loc"),
    [
        ({"manager": CANARY}, ["body", "transcript"]),
        ({**TALK, "transcript": [CANARY]}, ["body", "transcript"]),
        ({**TALK, "transcript": f"{CANARY}\0"}, ["body", "transcript"]),
        ({**TALK, "manager": CANARY * 20}, ["body", "manager"]),
        ({**TALK, "rep": {"name": CANARY}}, ["body", "rep"]),
        ({**TALK, "setting": CANARY * 30}, ["body", "setting"]),
        ({**TALK, "held_on": CANARY}, ["body", "held_on"]),
        ({**TALK, f"Dana said {CANARY}": 1}, ["body", "(unnamed)"]),
    ],
    ids=lambda value: str(value)[-50:] if isinstance(value, dict) else "",
)
def test_a_payload_that_does_not_fit_is_refused_with_its_place_and_without_its_words(
    client: TestClient, coach: StandIn, payload: dict[str, Any], loc: list[str]
) -> None:
    response = client.post(PATH, json=payload)
    assert (422, "invalid_input") == (response.status_code, response.json()["code"])
    assert "application/problem+json" == response.headers["content-type"]
    assert loc == response.json()["errors"][0]["loc"]
    assert CANARY not in response.text
    assert [] == coach.asked


@pytest.mark.parametrize(
    ("change", "status", "detail"),
    [
        ({"transcript": " \n"}, 422, "the text is empty"),
        ({"transcript": f"{CANARY} went out."}, 422, "no speakers could be told apart in this transcript"),
        ({"manager": CANARY}, 422, "2 people speak in this transcript"),
        ({"transcript": f"{CANARY} " * 15_000}, 413, "the text has 210000 characters"),
        ({"held_on": "9999-12-31"}, 422, "held_on: 9999-12-31 is not between"),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, dict) else "",
)
def test_what_cannot_be_reviewed_is_a_problem_that_names_nobody(
    client: TestClient, change: dict[str, str], status: int, detail: str
) -> None:
    response = client.post(PATH, json={**TALK, **change})
    assert status == response.status_code
    assert response.json()["detail"].startswith(detail)
    for word in (CANARY, "Ruth", "Anand"):
        assert word not in response.text


def test_only_json_is_taken(client: TestClient) -> None:
    response = client.post(PATH, content=b"Ruth: Hm.", headers={"content-type": "text/plain"})
    assert (415, "unsupported_media_type") == (response.status_code, response.json()["code"])


def test_a_model_that_does_not_answer_is_a_problem(start: Start) -> None:
    response = start(fails_with=RateLimited("m is asked too often")).post(PATH, json=TALK)
    assert (503, "rate_limited") == (response.status_code, response.json()["code"])
