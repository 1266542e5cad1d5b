"""What a company owes the people whom it keeps things about: to delete in time, to tell what it has, to erase it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from coach.domain.base import Frozen
from coach.domain.identity import Principal, Scope
from coach.domain.opportunity import folded
from coach.errors import NotAllowed
from coach.service.workspace import rules_of
from coach.store.backup import Backup
from coach.store.erasing import erase
from coach.store.mentions import Named
from coach.store.retention import Retention
from coach.store.rewriting import Rewritten, flush, rewrite

if TYPE_CHECKING:
    from coach.store import Store

_BOOKINGS_DAYS = 400
"""How long what model calls cost is kept: a year, and the one before to compare it with."""
_LEFT = (
    "a review that was being made meanwhile, which is kept when it is done: erase again after some minutes",
    "the CRM and the files that this came from, which bring it back when they are imported again",
    "backups that were not made by `coach db backup`, and copies of those that were",
    "files that were written for somebody: exports, packs, cases made of corrections, runs of `coach eval`",
    "what a model's provider keeps of what it was sent",
    "the audit log, which knows people by pseudonym alone",
)


class Pruned(Frozen):
    """What had grown too old."""

    schema_: Literal["coach.pruning/1"] = Field("coach.pruning/1", alias="schema")
    workspace: str
    dry_run: bool
    """Whether it was only counted."""
    texts_before: date | None
    """Texts of days before this one go; all stay where None."""
    crm_before: date | None
    """What the CRM said before this day goes, likewise."""
    rows: dict[str, int]
    """How many, by table."""


class Erasure(Frozen):
    """What was erased; it never has the name, and may be kept."""

    schema_: Literal["coach.erasure/1"] = Field("coach.erasure/1", alias="schema")
    person: str
    """Who, as the audit log calls them."""
    mentions: bool
    """Whether texts about others that name them were erased, too."""
    dry_run: bool
    at: datetime
    rows: dict[str, int]
    """How many were deleted, or relieved of the name, by table."""
    rewritten: tuple[Rewritten, ...]
    """What was written anew, so that nothing of it is left on the disk."""
    backups: tuple[Backup, ...]
    """Those that were made before, and may hold it."""
    search: Literal["none is kept"] = "none is kept"
    """Of an index to search texts by."""
    left: tuple[str, ...] = _LEFT
    """What Coach does not reach."""


def allow(principal: Principal, name: str) -> bool:
    """Refuse an export of somebody else; whether it may hold texts about others that name the person.

    Raises:
        NotAllowed: it is not the caller's own name, and the caller has no scope for others'.
    """
    if principal.may(Scope.PRIVACY):
        return True
    if not principal.person or folded(name) != folded(principal.person):
        raise NotAllowed(f"This key may export what is held on its own person, and nobody else: {Scope.PRIVACY.value}.")
    return False


async def prune(store: Store, workspace: str, today: date, *, dry_run: bool = False) -> Pruned:
    """Delete what is older than the workspace says.

    Raises:
        StoreError: the store cannot be written; some of it may be deleted, and the next time the rest is.
    """
    records = store.records
    texts, crm = (await rules_of(records.workspace_settings)).ends(today)
    retention = Retention(records.database, dry_run=dry_run)
    if texts is not None:
        await retention.texts(texts)
    if crm is not None:
        await retention.crm(crm)
    await retention.rest()
    rows = retention.deleted
    if store.path.exists():
        rows += await asyncio.to_thread(_prune_file, store, texts, today, dry_run=dry_run)
    return Pruned(
        workspace=workspace, dry_run=dry_run, texts_before=texts, crm_before=crm, rows=dict(sorted(rows.items()))
    )


async def erase_person(  # noqa: PLR0913  what an erasure is of
    store: Store,
    name: str,
    *,
    pseudonym: str,
    also: Sequence[str] = (),
    mentions: bool = False,
    dry_run: bool = False,
    backups: tuple[Backup, ...] = (),
) -> Erasure:
    """Erase a person; see `coach.store.erasing` for what that takes in.

    Args:
        store: Where.
        name: Who, as the roster has it.
        pseudonym: What the audit log calls them.
        also: Other names that texts call them by.
        mentions: Whether texts about others that name them go, too.
        dry_run: Whether to count, and erase nothing.
        backups: Those that were made.

    Raises:
        InvalidInput: a name is too short to look for.
        StoreError: the store cannot be written.
    """
    named = Named([name, *also])
    at = datetime.now(UTC)
    rows = await erase(store.records.database, name, named=named, everywhere=mentions, dry_run=dry_run)
    if store.path.exists():
        rows["readings"] = await asyncio.to_thread(store.readings.count if dry_run else store.readings.forget)
    # Written anew even where nothing was found: an erasure before this one may not have come to that.
    rewritten = () if dry_run else await rewrite(store)
    return Erasure(
        person=pseudonym,
        mentions=mentions,
        dry_run=dry_run,
        at=at,
        rows={table: count for table, count in rows.items() if count},
        rewritten=rewritten,
        backups=backups,
    )


def _prune_file(store: Store, texts: date | None, today: date, *, dry_run: bool) -> Counter[str]:
    rows: Counter[str] = Counter()
    bookings = today - timedelta(days=_BOOKINGS_DAYS)
    rows["bookings"] = (store.ledger.count if dry_run else store.ledger.forget)(bookings)
    if texts is not None:
        before = datetime.combine(texts, time(), UTC)
        rows["readings"] = (store.readings.count if dry_run else store.readings.forget)(before)
    if not dry_run:
        flush(store.path)
    return rows
