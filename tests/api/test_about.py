"""`/healthz` and `/v1/rubrics`."""

from __future__ import annotations

from starlette.testclient import TestClient

from coach import __version__


def test_health_says_which_version_answers(client: TestClient) -> None:
    assert {"status": "ok", "version": __version__} == client.get("/healthz").json()


def test_the_rubrics_in_force_are_listed(client: TestClient) -> None:
    assert [
        {
            "id": "buyer_evidence",
            "version": 3,
            "title": "Evidence",
            "changed": "More of it.",
            "sha256": "ab" * 32,
        },
        {
            "id": "skill_will",
            "version": 1,
            "title": "Skill or will",
            "changed": "First.",
            "sha256": "cd" * 32,
        },
    ] == client.get("/v1/rubrics").json()
