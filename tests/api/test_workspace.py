"""What holds in a workspace over HTTP, and the switch that turns diagnoses off."""

from __future__ import annotations

from typing import Any

import pytest

from coach.domain.identity import Role
from tests.api.test_identity import NOTE, Installation, installation, url

__all__ = ["installation", "url"]

DEFAULTS = {
    "schema": "coach.workspace/1",
    "name": "main",
    "diagnosis": "on",
    "retention_days": None,
    "retention_crm_days": None,
}


def change(installation: Installation, key: str, **values: Any) -> Any:
    return installation.ask(key, "PATCH", "/v1/workspace", json=values)


def diagnose(installation: Installation, key: str) -> Any:
    return installation.ask(key, "POST", "/v1/diagnoses", json={"rep": "Ilse", "manager_observation": NOTE})


def test_an_admin_changes_what_holds_and_everybody_sees_it(installation: Installation) -> None:
    admin, rep = installation.key(Role.ADMIN), installation.key(Role.REP, person="Ilse")
    assert DEFAULTS == installation.ask(rep, "GET", "/v1/workspace").json()
    changed = change(installation, admin, retention_days=365, diagnosis="off").json()
    assert DEFAULTS | {"retention_days": 365, "diagnosis": "off"} == changed
    assert changed == installation.ask(rep, "GET", "/v1/workspace").json()
    assert DEFAULTS | {"diagnosis": "off"} == change(installation, admin, retention_days=None).json()
    assert DEFAULTS == change(installation, admin, diagnosis=None).json()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.REP])
def test_nobody_else_changes_it(installation: Installation, role: Role) -> None:
    key = installation.key(role, person="Ruth")
    answer = change(installation, key, diagnosis="off")
    assert (403, "not_allowed") == (answer.status_code, answer.json()["code"])


@pytest.mark.parametrize("values", [{"retention_days": 0}, {"diagnosis": "maybe"}, {"retention": 1}])
def test_what_cannot_be_set_is_refused(installation: Installation, values: dict[str, Any]) -> None:
    assert 422 == change(installation, installation.key(Role.ADMIN), **values).status_code


def test_where_diagnoses_are_off_none_is_made_in_this_workspace_alone(installation: Installation) -> None:
    main, zeta = installation.key(Role.ADMIN), installation.key(Role.ADMIN, "zeta")
    assert "zeta" == change(installation, zeta, diagnosis="off").json()["name"]
    refused = diagnose(installation, zeta)
    assert (403, "diagnosis_off") == (refused.status_code, refused.json()["code"])
    assert "switched off in this workspace" in refused.json()["detail"]
    assert 200 == diagnose(installation, main).status_code
    change(installation, zeta, diagnosis="on")
    assert 200 == diagnose(installation, zeta).status_code


def test_every_route_of_diagnoses_asks_for_the_switch_and_deals_do_not(installation: Installation) -> None:
    key = installation.key(Role.ADMIN)
    change(installation, key, diagnosis="off")
    bodies = {
        "/v1/diagnoses": {"rep": "Ilse", "manager_observation": NOTE},
        "/v1/reviews/{id}/reply": {"text": "x"},
        "/v1/findings/{id}/feedback": {"right": True},
    }
    paths = installation.client.get("/openapi.json").json()["paths"]
    asked = [(method, path) for path in paths for method in paths[path] if path in bodies or "/diagnoses" in path]
    assert len(asked) >= 5
    for method, path in [*asked, ("get", "/v1/reviews/{id}/replies")]:
        id_ = "rd_0123456789abcdef" + (".0" if "findings" in path else "")
        body = {"json": bodies[path]} if method == "post" else {}
        answer = installation.ask(key, method.upper(), path.replace("{id}", id_), **body)
        assert (403, "diagnosis_off") == (answer.status_code, answer.json()["code"]), path
        if "/diagnoses" not in path:
            of_a_deal = installation.ask(key, method.upper(), path.replace("{id}", id_.replace("rd", "dr")), **body)
            assert 404 == of_a_deal.status_code, path
