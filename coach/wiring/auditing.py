"""Who runs the command line is in the audit log, too: the same log, as the actor `cli`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from coach.settings import Settings
from coach.wiring.places import secret, workspaces

if TYPE_CHECKING:
    from coach.domain import DealReview, ManagerReview, RepDiagnosis
    from coach.store.audit import Audit

_ACTOR, _ROLE = "cli", "admin"


def audit_of(settings: Settings, workspace: str | None = None) -> Audit:
    """The audit log of a workspace; that of the settings where None. Its database is the caller's to close."""
    from coach.store.audit import Audit  # noqa: PLC0415  loads the database library

    store = workspaces(settings).store(workspace or settings.workspace)
    return Audit(store.records.database, secret(settings))


@asynccontextmanager
async def log_of(settings: Settings) -> AsyncIterator[Audit]:
    """Lend the audit log of the settings' workspace, if there is one.

    Raises:
        NotFound: there is no workspace of this name.
    """
    from coach.store.audit import Audit  # noqa: PLC0415  as above
    from coach.wiring.entrance import existing  # noqa: PLC0415  as above

    async with existing(settings, settings.workspace) as store:
        yield Audit(store.records.database, secret(settings))


def ran(review: DealReview | RepDiagnosis | ManagerReview) -> dict[str, Any]:
    """What the log keeps of a review that was made: its id, what made it, and hashes of what a model was sent."""
    made = review.provenance
    said = {"made": review.id, "engine": made.engine, "engine_version": made.engine_version, "model": made.model}
    # An answer that was bought earlier was sent then.
    sent = [] if made.cached else [one.sha256 for one in made.sent]
    return {**said, "sent": sent} if sent else said


def note(  # noqa: PLR0913  what an entry has
    settings: Settings,
    action: str,
    *,
    object: str | None = None,  # noqa: A002  as the log calls it
    people: Sequence[str] = (),
    detail: dict[str, object] | None = None,
    workspace: str | None = None,
) -> None:
    """Log what a command did, when it has done it.

    Raises:
        StoreError: it cannot be logged.
    """
    from coach.store.audit import Entry  # noqa: PLC0415  as above

    async def append() -> None:
        log = audit_of(settings, workspace)
        about = sorted({log.pseudonym(name) for name in people if name})
        more = {"people": about} if len(about) > 1 else {}
        entry = Entry(
            actor=_ACTOR,
            role=_ROLE,
            action=action,
            object=object,
            person=about[0] if about else None,
            detail={**(detail or {}), **more},
        )
        try:
            await log.append(entry)
        finally:
            await log.close()

    asyncio.run(append())
