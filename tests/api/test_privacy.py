"""Exports and erasures over HTTP: whose, by whom, and that each is in the audit log."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from coach.domain.identity import Role, Scope
from coach.service.audit import verify
from coach.wiring.auditing import audit_of
from tests.api.test_auditing import entries
from tests.api.test_identity import Installation, fill, installation, url

__all__ = ["installation", "url"]

ILSE = "Ilse Brandt"


@pytest.fixture
def admin(installation: Installation) -> str:
    key = installation.key(Role.ADMIN)
    fill(lambda *given, **more: installation.ask(key, *given, **more))
    return key


def export(installation: Installation, key: str, person: str, **more: Any) -> Any:
    return installation.ask(key, "POST", "/v1/privacy/exports", json={"person": person, **more})


def erase(installation: Installation, key: str, person: str, **more: Any) -> Any:
    return installation.ask(key, "POST", "/v1/privacy/erasures", json={"person": person, **more})


def test_an_admin_exports_anybody_and_it_is_logged_before_it_is_told(installation: Installation, admin: str) -> None:
    answer = export(installation, admin, "Dana", also=["Dana's counsel"])
    assert (200, "application/json") == (answer.status_code, answer.headers["content-type"])
    held = answer.json()
    assert ("coach.person_export/1", "main", []) == (held["schema"], held["workspace"], held["notes"])
    assert {"notes", "reviews", "commitments"} <= {one["table"] for one in held["mentions"]}
    assert ["exportPerson"] == [one["action"] for one in entries(installation, admin, person="dana")]


@pytest.mark.usefixtures("admin")
@pytest.mark.parametrize(("role", "person"), [(Role.REP, ILSE), (Role.MANAGER, "Ruth Kerr")])
def test_a_rep_and_a_manager_export_themselves_and_nobody_else(
    installation: Installation, role: Role, person: str
) -> None:
    key = installation.key(role, person=person)
    held = export(installation, key, person.lower(), also=["Vale Buses"]).json()
    assert [] == held["mentions"]
    assert [key.split("_")[2]] == [one["id"] for one in held["keys"]]
    assert "Anand" not in json.dumps(held["reviews"])
    refused = [export(installation, key, name) for name in ("Anand Rao", "No Such Person")]
    assert [(403, "not_allowed")] * 2 == [(one.status_code, one.json()["code"]) for one in refused]
    assert refused[0].content == refused[1].content
    assert 403 == erase(installation, key, person).status_code


@pytest.mark.usefixtures("admin")
def test_a_service_exports_and_erases_nobody(installation: Installation) -> None:
    key = installation.key(Role.SERVICE, scopes=[Scope.READ_REVIEWS])
    assert [403, 403] == [one(installation, key, ILSE).status_code for one in (export, erase)]


def test_an_erasure_leaves_nothing_and_the_log_whole(installation: Installation, admin: str) -> None:
    rep = installation.key(Role.REP, person=ILSE)
    counted = erase(installation, admin, ILSE, mentions=True, dry_run=True).json()
    answer = erase(installation, admin, ILSE, mentions=True)
    erased = answer.json()
    assert (200, counted["rows"]) == (answer.status_code, erased["rows"])
    assert {"reps", "reviews", "notes", "one_on_ones", "commitments", "api_keys"} <= set(erased["rows"])
    assert ("coach.erasure/1", "none is kept", [True]) == (
        erased["schema"],
        erased["search"],
        [one["done"] for one in erased["rewritten"]][:1],
    )
    assert "Ilse" not in answer.text
    assert 401 == installation.ask(rep, "GET", "/v1/me").status_code
    held = export(installation, admin, ILSE).json()
    assert {"audit"} == {section for section, found in held.items() if isinstance(found, list) and found}
    logged = entries(installation, admin, person=ILSE, action="erasePerson")
    assert [erased["rows"], counted["rows"]] == [one["detail"]["rows"] for one in logged]
    assert {erased["person"]} == {one["person"] for one in logged}
    assert "Ilse" not in json.dumps(logged)
    assert verified(installation)


def test_an_erasure_that_is_sent_again_is_answered_alike_and_its_answer_names_nobody(
    installation: Installation, admin: str
) -> None:
    headers = {"idempotency-key": "once"}
    first, again = (
        installation.ask(admin, "POST", "/v1/privacy/erasures", json={"person": ILSE}, headers=headers)
        for _ in range(2)
    )
    assert (200, first.content) == (again.status_code, again.content)
    if installation.settings.database_url is None:
        with closing(sqlite3.connect(installation.settings.store)) as db:
            assert ILSE not in "\n".join(db.iterdump())


def test_another_workspaces_people_are_not_held_here(installation: Installation, admin: str) -> None:
    other = installation.key(Role.ADMIN, "zeta")
    held = export(installation, other, ILSE).json()
    assert [] == [section for section, found in held.items() if isinstance(found, list) and found]
    assert {} == erase(installation, other, ILSE, mentions=True).json()["rows"]
    assert "dr_" in {one["review"][:3] for one in export(installation, admin, ILSE).json()["reviews"]}


@pytest.mark.parametrize(
    "body", [{}, {"person": ""}, {"person": "x" * 301}, {"person": ILSE, "all": True}, {"person": "-"}]
)
def test_what_names_nobody_is_refused(installation: Installation, admin: str, body: dict[str, Any]) -> None:
    answers = [installation.ask(admin, "POST", f"/v1/privacy/{what}", json=body) for what in ("exports", "erasures")]
    assert [422, 422] == [one.status_code for one in answers]


def verified(installation: Installation) -> bool:
    async def prove() -> bool:
        log = audit_of(installation.settings)
        try:
            return (await verify(log)).sound
        finally:
            await log.close()

    return asyncio.run(prove())
