"""What is asked over HTTP is in the audit log before the answer is out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from coach.api.app import create_app
from coach.domain import DealReview
from coach.domain.identity import Role, Scope
from coach.domain.review import Sent
from coach.errors import StoreError
from coach.settings import Settings
from coach.wiring import Coach, build
from tests.api.logged import kept_logging
from tests.api.test_identity import _BY_ID, UNKNOWN, Installation, attempts, fill, installation, url

__all__ = ["installation", "kept_logging", "url"]


def entries(installation: Installation, key: str, **chosen: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = installation.ask(key, "GET", "/v1/audit", params=chosen).json()["entries"]
    return found


def test_every_operation_leaves_an_entry_of_who_asked_and_what_came_of_it(installation: Installation) -> None:
    key = installation.key(Role.ADMIN)
    made = fill(lambda *given, **more: installation.ask(key, *given, **more))["Ilse Brandt"]
    for method, path, body in attempts(made, "Ilse Brandt"):
        installation.ask(key, method, path, json=body)
    for method, path, body in (
        ("GET", "/v1/manager-reviews", None),
        ("GET", "/v1/manager-reviews/mr_0123456789abcdef", None),
        ("GET", "/v1/crm/hubspot/legacy-card?associatedObjectId=71", None),
        ("GET", "/v1/crm/pipedrive/panel?selectedIds=71", None),
        ("GET", "/v1/audit/head", None),
        ("GET", "/v1/workspace", None),
        ("PATCH", "/v1/workspace", {}),
        ("GET", "/v1/eval-runs", None),
        ("GET", "/v1/eval-runs/mine", None),
        ("GET", "/v1/keys", None),
        ("POST", "/v1/keys", {"role": "rep"}),
        ("POST", "/v1/keys/000000000000/rotate", {}),
        ("POST", "/v1/keys/000000000000/revoke", {}),
        ("POST", "/v1/privacy/exports", {"person": "Ilse Brandt"}),
        ("POST", "/v1/privacy/erasures", {"person": "Ilse Brandt"}),
    ):
        installation.ask(key, method, path, json=body)
    logged = entries(installation, key, limit="500")
    paths = installation.client.get("/openapi.json").json()["paths"]
    known = {operation["operationId"] for path in paths.values() for operation in path.values()}
    untried = {"health", "ready", "listRubrics", "whoAmI", "listAudit"}
    assert known - untried - {one["action"] for one in logged} == set()
    assert {f"key:{key.split('_')[2]}"} == {one["actor"] for one in logged}
    assert {"admin"} == {one["role"] for one in logged}
    review = next(one for one in logged if one["action"] == "readDealReview")
    assert (made["review"], 200) == (review["object"], review["detail"]["status"])
    ran = next(one for one in logged if one["action"] == "reviewDeal")
    assert {"made", "engine", "engine_version", "model", "status"} == set(ran["detail"])


def test_no_entry_names_anybody_or_holds_a_text(installation: Installation) -> None:
    key = installation.key(Role.ADMIN)
    made = fill(lambda *given, **more: installation.ask(key, *given, **more))
    for rep, ids in made.items():
        for method, path, body in attempts(ids, rep):
            installation.ask(key, method, path, json=body)
    logged = json.dumps(entries(installation, key, limit="500")).casefold()
    assert "readdealreview" in logged
    assert [] == [word for word in ("ilse", "brandt", "anand", "ruth", "dana", "redlines", "vale") if word in logged]


def test_who_was_refused_is_logged_too(installation: Installation) -> None:
    admin = installation.key(Role.ADMIN)
    rep = installation.key(Role.REP, person="Ilse Brandt")
    installation.ask(rep, "GET", "/v1/claims?rep=Anand")
    installation.ask(rep, "GET", "/v1/audit")
    installation.ask(rep, "GET", f"/v1/deal-reviews/{UNKNOWN['id']}")
    actor = f"key:{rep.split('_')[2]}"
    logged = entries(installation, admin, actor=actor)
    assert [("readDealReview", 404), ("listAudit", 403), ("readClaims", 404)] == [
        (one["action"], one["detail"]["status"]) for one in logged
    ]
    assert [logged[-1]] == entries(installation, admin, actor=actor, person="anand")


def test_whose_a_review_or_step_is_is_known_of_what_was_asked_for_by_id(installation: Installation) -> None:
    admin = installation.key(Role.ADMIN)
    made = fill(lambda *given, **more: installation.ask(admin, *given, **more))["Anand Rao"]
    ilse = installation.key(Role.REP, person="Ilse Brandt")
    tried = [
        installation.ask(key, method, path, json=body).status_code
        for key in (admin, ilse)
        for method, path, body in attempts(made, "Anand Rao")[:_BY_ID]
    ]
    assert {200, 404, 403} == set(tried)
    about = entries(installation, admin, person=" anand  RAO", limit="500")
    by_id = [(one["action"], one["detail"]["status"]) for one in about if one["object"]]
    assert tried == [status for _, status in reversed(by_id)]
    assert {
        "readDealReview",
        "correctFinding",
        "replyToReview",
        "changeCommitment",
        "listReplies",
        "listCorrections",
        "readDiagnosis",
        "readDeal",
    } == {action for action, _ in by_id}


def test_who_is_one_of_several_is_found_too(installation: Installation) -> None:
    key = installation.key(Role.ADMIN)
    talk = {"manager": "Ruth", "rep": "Ilse", "transcript": "Ruth: Did the quote go out?\nIlse: On Monday."}
    assert 200 == installation.ask(key, "POST", "/v1/manager-reviews", json=talk).status_code
    for name in ("Ruth", "Ilse"):
        assert ["reviewManager"] == [one["action"] for one in entries(installation, key, person=name)]


def test_what_was_sent_to_a_model_is_named_by_its_hash(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = installation.key(Role.ADMIN)
    sent = Sent(model="m", sha256="ab" * 32, characters=9, answered=True)
    inner = Coach.review_deal

    async def sending(*given: Any, **more: Any) -> DealReview:
        review = await inner(*given, **more)
        return review.model_copy(update={"provenance": review.provenance.model_copy(update={"sent": (sent,)})})

    monkeypatch.setattr(Coach, "review_deal", sending)
    submitted = {"note": "Dana signed on Friday."}
    assert 200 == installation.ask(key, "POST", "/v1/deal-reviews", json=submitted).status_code
    (ran,) = entries(installation, key, action="reviewDeal")
    assert ["ab" * 32] == ran["detail"]["sent"]


def test_rows_that_were_brought_in_are_counted(installation: Installation) -> None:
    key = installation.key(Role.ADMIN)
    fill(lambda *given, **more: installation.ask(key, *given, **more))
    for action in ("importPeople", "importOpportunities"):
        (one,) = entries(installation, key, action=action)
        assert {"read": 2, "kept": 2, "status": 200} == one["detail"]


def test_the_head_is_read_and_is_that_of_the_last_entry(installation: Installation) -> None:
    key = installation.key(Role.ADMIN)
    assert 0 == installation.ask(key, "GET", "/v1/audit/head").json()["number"]
    head = installation.ask(key, "GET", "/v1/audit/head").json()
    (first,) = entries(installation, key, action="readAuditHead")[-1:]
    assert (1, first["digest"], f"1:{first['digest']}") == (head["number"], head["digest"], head["head"])


@pytest.mark.usefixtures("kept_logging")
def test_what_fails_unforeseen_is_logged_too(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    key = installation.key(Role.ADMIN)

    async def failing(*_: object, **__: object) -> None:
        raise RuntimeError("quinceblossom")

    monkeypatch.setattr(Coach, "review_deal", failing)
    submitted = {"rep": "Ilse", "note": "Dana signed."}
    assert 500 == installation.ask(key, "POST", "/v1/deal-reviews", json=submitted).status_code
    (one,) = entries(installation, key, person="Ilse")
    assert ("reviewDeal", {"broke_off": True}) == (one["action"], one["detail"])


def test_what_takes_too_long_is_logged_as_broken_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = Settings(_env_file=None, data_dir=tmp_path, engine="local", encoder=False, request_timeout_s=1)

    async def long(*_: object, **__: object) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(Coach, "review_deal", long)
    with TestClient(create_app(build(given, serving=False)), base_url="http://localhost") as client:
        here = Installation(client, given)
        key = here.key(Role.ADMIN)
        answer = here.ask(key, "POST", "/v1/deal-reviews", json={"note": "Dana signed."})
        assert "timed_out" == answer.json()["code"]
        assert [{"broke_off": True}] == [one["detail"] for one in entries(here, key)]


def test_a_stream_is_logged_as_it_begins_and_with_what_it_came_to(installation: Installation) -> None:
    key = installation.key(Role.ADMIN)
    submitted = {"rep": "Ilse", "note": "Dana signed on Friday."}
    assert "event: done" in installation.ask(key, "POST", "/v1/deal-reviews/stream", json=submitted).text
    end, start = entries(installation, key, action="streamDealReviews")
    assert ({"status": 200}, "local") == (start["detail"], end["detail"]["engine"])


def test_what_cannot_be_logged_is_not_told(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    key = installation.key(Role.ADMIN)
    made = fill(lambda *given, **more: installation.ask(key, *given, **more))["Ilse Brandt"]

    async def full(*_: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr("coach.store.audit.Audit.append", full)
    answer = installation.ask(key, "GET", f"/v1/deal-reviews/{made['review']}")
    assert (503, "store_failed") == (answer.status_code, answer.json()["code"])
    assert "statements" not in answer.text


def test_a_stream_that_cannot_be_logged_does_not_go_on(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = installation.key(Role.ADMIN)
    asked_on: list[str] = []
    inner = Coach.reviews

    async def watched(*given: Any, **more: Any) -> AsyncIterator[DealReview]:
        async for one in inner(*given, **more):
            yield one
            await asyncio.sleep(20)  # as a model takes its time; it is given up long before
            asked_on.append(one.id)

    async def full(*_: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(Coach, "reviews", watched)
    monkeypatch.setattr("coach.store.audit.Audit.append", full)
    answer = installation.ask(key, "POST", "/v1/deal-reviews/stream", json={"note": "Dana signed."})
    assert (503, "store_failed") == (answer.status_code, answer.json()["code"])
    assert [] == asked_on


def test_what_was_done_and_could_not_be_logged_is_not_done_again(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = installation.key(Role.ADMIN)
    fill(lambda *given, **more: installation.ask(key, *given, **more))

    async def full(*_: object) -> None:
        raise StoreError("the disk is full")

    submitted = {"json": {"rep": "Ilse Brandt", "held_on": "2026-03-03"}, "headers": {"idempotency-key": "once"}}
    with monkeypatch.context() as patched:
        patched.setattr("coach.store.audit.Audit.append", full)
        assert 503 == installation.ask(key, "POST", "/v1/one-on-ones/held", **deepcopy(submitted)).status_code
    again = installation.ask(key, "POST", "/v1/one-on-ones/held", **deepcopy(submitted))
    assert (200, "true") == (again.status_code, again.headers["idempotency-replayed"])


def test_the_one_user_of_a_machine_is_not_locked_out_by_a_full_disk(
    served: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr("coach.store.audit.Audit.append", full)
    assert 200 == served.post("/v1/deal-reviews", json={"note": "Dana signed on Friday."}).status_code


def test_workspaces_have_logs_of_their_own(installation: Installation) -> None:
    acme, zeta = installation.key(Role.ADMIN, "acme"), installation.key(Role.ADMIN, "zeta")
    installation.ask(acme, "GET", "/v1/opportunities")
    assert ["listOpportunities"] == [one["action"] for one in entries(installation, acme)]
    assert [] == entries(installation, zeta, action="listOpportunities")


def test_only_who_may_audits(installation: Installation) -> None:
    service = installation.key(Role.SERVICE, scopes=[Scope.AUDIT])
    assert 200 == installation.ask(service, "GET", "/v1/audit").status_code
    manager = installation.key(Role.MANAGER, person="Ruth")
    assert 403 == installation.ask(manager, "GET", "/v1/audit").status_code
