"""What a workspace may set: whether reps are diagnosed, and how long things are kept."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Protocol, get_args

from pydantic import Field, ValidationError

from coach.domain.base import Frozen
from coach.errors import DiagnosisOff, InvalidInput

_LONGEST_DAYS = 36_500
Switch = Literal["on", "off"]
Days = Annotated[int, Field(ge=1, le=_LONGEST_DAYS)]
_OFF = (
    "Rep diagnoses are switched off in this workspace: nobody's skill or will is judged here, and none that was made "
    "is shown. An admin may switch them on: `coach workspace set diagnosis on`."
)


class WorkspaceRules(Frozen):
    """What holds in a workspace."""

    diagnosis: Switch = "on"
    """Whether a rep's skill and will may be diagnosed."""
    retention_days: Days | None = None
    """After how many days notes, conversations and what was said of them are deleted; kept where None."""
    retention_crm_days: Days | None = None
    """After how many days snapshots of the CRM and claims are deleted; kept where None."""

    def ends(self, today: date) -> tuple[date | None, date | None]:
        """The days before which texts, and what the CRM said, are deleted; None where nothing is."""
        return _before(today, self.retention_days), _before(today, self.retention_crm_days)


class SettingsStore(Protocol):
    """Keeps them; see `coach.store.workspace_settings`."""

    async def all(self) -> dict[str, str]:
        """Everything that is set."""

    async def put(self, values: dict[str, str | None]) -> None:
        """Set values."""


async def rules_of(store: SettingsStore) -> WorkspaceRules:
    """What holds in a workspace.

    Raises:
        StoreError: the store cannot be read.
    """
    known = WorkspaceRules.model_fields
    return WorkspaceRules(**{name: value for name, value in (await store.all()).items() if name in known})


async def change(store: SettingsStore, changed: dict[str, str | int | None]) -> WorkspaceRules:
    """Change what holds; None, and the word `none`, are the default again.

    Raises:
        InvalidInput: there is no such setting, or it takes no such value.
        StoreError: the store cannot be written.
    """
    wanted = {name: None if value in {None, "none"} else str(value) for name, value in changed.items()}
    unknown = set(wanted) - set(WorkspaceRules.model_fields)
    if unknown:
        known = ", ".join(WorkspaceRules.model_fields)
        raise InvalidInput(f"a workspace has no setting {sorted(unknown)[0]!r}; it has {known}")
    try:
        WorkspaceRules(**{name: value for name, value in wanted.items() if value is not None})
    except ValidationError as error:
        name = str(error.errors(include_url=False, include_input=False)[0]["loc"][0])
        takes = " or ".join(get_args(Switch)) if name == "diagnosis" else f"a number of days up to {_LONGEST_DAYS}"
        raise InvalidInput(f"{name}: takes {takes}, or none for the default") from None
    await store.put(wanted)
    return await rules_of(store)


async def refuse_diagnosis_off(store: SettingsStore) -> None:
    """Refuse a diagnosis where the workspace has switched them off.

    Raises:
        DiagnosisOff: it has.
        StoreError: the store cannot be read, so that nobody knows.
    """
    if (await rules_of(store)).diagnosis == "off":
        raise DiagnosisOff(_OFF)


def _before(today: date, days: int | None) -> date | None:
    # No date is earlier than the first that there is.
    return None if days is None else date.fromordinal(max(1, today.toordinal() - days))
