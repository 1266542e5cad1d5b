"""What a workspace may set, and what follows from it."""

from __future__ import annotations

from datetime import date

import pytest

from coach.errors import DiagnosisOff, InvalidInput
from coach.service.workspace import WorkspaceRules, change, refuse_diagnosis_off, rules_of


class InMemory:
    def __init__(self, **values: str) -> None:
        self.values = values

    async def all(self) -> dict[str, str]:
        return self.values

    async def put(self, values: dict[str, str | None]) -> None:
        self.values = {name: value for name, value in (self.values | values).items() if value is not None}


async def test_by_default_reps_are_diagnosed_and_everything_is_kept() -> None:
    rules = await rules_of(InMemory())
    assert WorkspaceRules(diagnosis="on", retention_days=None, retention_crm_days=None) == rules
    assert (None, None) == rules.ends(date(2026, 3, 1))
    await refuse_diagnosis_off(InMemory())


async def test_what_is_set_holds_until_it_is_the_default_again() -> None:
    store = InMemory()
    rules = await change(store, {"diagnosis": "off", "retention_days": "365"})
    assert ("off", 365, None) == (rules.diagnosis, rules.retention_days, rules.retention_crm_days)
    assert (date(2025, 3, 1), None) == rules.ends(date(2026, 3, 1))
    with pytest.raises(DiagnosisOff, match="coach workspace set diagnosis on") as refused:
        await refuse_diagnosis_off(store)
    assert (403, "diagnosis_off") == (refused.value.status_code, refused.value.code)
    assert WorkspaceRules() == await change(store, {"diagnosis": None, "retention_days": "none"})
    assert {} == store.values


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("diagnosis", "maybe", "diagnosis: takes on or off"),
        ("retention_days", "0", "a number of days up to 36500"),
        ("retention_days", "-1", "a number of days"),
        ("retention_crm_days", "36501", "retention_crm_days: takes a number of days"),
        ("retention_crm_days", "a year", "a number of days"),
        ("colour", "red", "has no setting 'colour'; it has diagnosis, retention_days, retention_crm_days"),
        ("task:prune", "done", "has no setting 'task:prune'"),
    ],
)
async def test_what_cannot_be_set_is_refused_and_nothing_changes(name: str, value: str, says: str) -> None:
    store = InMemory(retention_days="9")
    with pytest.raises(InvalidInput, match=says):
        await change(store, {"retention_crm_days": "9", name: value})
    assert {"retention_days": "9"} == store.values


async def test_a_setting_of_another_version_is_left_alone() -> None:
    store = InMemory(of_tomorrow="x")
    assert WorkspaceRules() == await rules_of(store)
    await change(store, {"diagnosis": "off"})
    assert "x" == store.values["of_tomorrow"]
