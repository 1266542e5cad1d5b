"""Who comes in, and to which workspace: the use cases of each, and the keys that open it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from ipaddress import ip_address
from typing import TYPE_CHECKING

from coach.domain.identity import MAIN, Principal
from coach.errors import ConfigError, NotFound
from coach.service.card_passes import CardPasses
from coach.service.keys import KeyRing, workspace_of
from coach.service.members import Circle
from coach.service.sessions import Sessions
from coach.settings import Settings
from coach.store import Store
from coach.wiring.coach import Coach
from coach.wiring.memory import Memory
from coach.wiring.places import secret, workspaces

if TYPE_CHECKING:
    from coach.store.audit import Audit

_LOOKS_AGAIN_S = 1.0
"""How long it may take until a first key is asked for."""


class Entrance:
    """The workspaces of one installation; `main` is the Coach that it is made of."""

    def __init__(self, coach: Coach) -> None:
        self._main = coach
        self._coaches = {MAIN: coach}
        self._audits: dict[str, Audit] = {}
        self._opening = asyncio.Lock()
        self.workspaces = workspaces(coach.settings)
        self.secret = secret(coach.settings)
        self.sessions = Sessions(
            self.secret, minutes=coach.settings.session_minutes, hours=coach.settings.session_hours
        )
        self.card_passes = CardPasses(self.secret)
        # Whoever sets a provider wants sign-ins; before a first key, too.
        self._needs_key = coach.settings.oidc_issuer is not None
        self._looked_at = float("-inf")

    async def needs_key(self) -> bool:
        """Whether nobody comes in unproved: where a provider is set, and from the first key of any workspace on."""
        now = time.monotonic()
        if not self._needs_key and now - self._looked_at >= _LOOKS_AGAIN_S:
            self._needs_key = await self._any_key()
            self._looked_at = now
        return self._needs_key

    async def _any_key(self) -> bool:
        for name in await self.workspaces.names():
            coach = await self.coach(name)
            if await coach.pipeline.records.keys.any():
                return True
        return False

    async def by_key(self, shown: str) -> Principal | None:
        """Whom a key lets in; None where it lets in nobody.

        Raises:
            StoreError: the store cannot be read.
        """
        name = workspace_of(shown)
        if name is None or not await self.workspaces.exists(name):
            return None
        return await (await self.keys(name)).prove(shown)

    async def by_session(self, token: str) -> tuple[Principal, str | None] | None:
        """Whom a sign-in lets in, and a newer token where it is time; None where it lets in nobody.

        Raises:
            StoreError: the store cannot be read.
        """
        session = self.sessions.read(token)
        if session is None or not await self.workspaces.exists(session.workspace):
            return None
        principal = await self._standing(session.workspace, session.principal)
        return None if principal is None else (principal, self.sessions.renewed(session))

    async def by_pass(self, shown: str, path: str) -> Principal | None:
        """Whom a pass lets in at an address, to read; None where it lets in nobody.

        Raises:
            StoreError: the store cannot be read.
        """
        said = self.card_passes.read(shown)
        if said is None or not said.opens(path) or not await self.workspaces.exists(said.workspace):
            return None
        principal = await self._standing(said.workspace, said.principal)
        if principal is None:
            return None
        return principal.reading()

    async def _standing(self, workspace: str, principal: str) -> Principal | None:
        """Who somebody is that came in before; None where they no longer may."""
        kind, _, id_ = principal.partition(":")
        of: KeyRing | Circle
        of = await (self.keys if kind == "key" else self.members)(workspace)
        return await of.standing(id_)

    async def by_email(self, email: str) -> Principal | None:
        """Whom an address lets in that the identity provider has verified: of `main`, else of the first workspace."""
        return await self._first(lambda circle: circle.vouched(email))

    async def by_crm_user(self, crm_user: str) -> Principal | None:
        """Whom a user lets in whom a CRM has proved, likewise."""
        return await self._first(lambda circle: circle.known(crm_user))

    async def _first(self, of: Callable[[Circle], Awaitable[Principal | None]]) -> Principal | None:
        for name in await self.workspaces.names():
            principal = await of(await self.members(name))
            if principal is not None:
                return principal
        return None

    async def members(self, workspace: str) -> Circle:
        """The members of a workspace that exists."""
        return Circle(workspace, (await self.coach(workspace)).pipeline.records.members)

    async def keys(self, workspace: str) -> KeyRing:
        """The keys of a workspace that exists."""
        return KeyRing(workspace, (await self.coach(workspace)).pipeline.records.keys, self.secret)

    async def audit(self, workspace: str) -> Audit:
        """The audit log of a workspace that exists."""
        # Imported here: it loads the database library.
        from coach.store.audit import Audit  # noqa: PLC0415

        if workspace not in self._audits:
            database = (await self.coach(workspace)).pipeline.records.database
            self._audits.setdefault(workspace, Audit(database, self.secret))
        return self._audits[workspace]

    async def coach(self, workspace: str) -> Coach:
        """The use cases of a workspace that exists."""
        async with self._opening:
            if workspace not in self._coaches:
                self._coaches[workspace] = _of(self._main, self.workspaces.store(workspace))
            return self._coaches[workspace]

    async def close(self) -> None:
        """Close what is open of every workspace but `main`, which its own `close` closes."""
        others = [one for name, one in self._coaches.items() if name != MAIN and one.store is not None]
        self._coaches = {MAIN: self._main}
        self._audits = {}
        for one in others:
            assert one.store is not None  # noqa: S101  chosen so
            await one.store.aclose()


async def refuse_open_door(settings: Settings, host: str) -> None:
    """Refuse to serve whoever comes by, on an address that others than this machine may reach.

    Raises:
        ConfigError: there are no keys, and no setting says that none are wanted.
        StoreError: a store cannot be read, so that nobody knows.
    """
    if settings.let_anyone_in or _is_loopback(host):
        return
    places = workspaces(settings)
    for name in await places.names():
        store = places.store(name)
        try:
            if await store.records.keys.any():
                return
        finally:
            await store.aclose()
    raise ConfigError(
        f"others than this machine may reach {host}, and there are no API keys, so that anyone could read everything. "
        "Make a key with `coach keys create`; or, for a trial on a port that is published to this machine alone, set "
        "COACH_LET_ANYONE_IN=yes"
    )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


@asynccontextmanager
async def opened(settings: Settings, workspace: str, *, make: bool = False) -> AsyncIterator[KeyRing]:
    """Lend the keys of a workspace; see `existing`."""
    async with existing(settings, workspace, make=make) as store:
        yield KeyRing(workspace, store.records.keys, secret(settings))


@asynccontextmanager
async def existing(settings: Settings, workspace: str, *, make: bool = False) -> AsyncIterator[Store]:
    """Lend the store of a workspace, without the engines that a service needs.

    Args:
        settings: Where the workspaces are.
        workspace: Its name.
        make: Make it where there is none.

    Raises:
        NotFound: there is none of this name.
        InvalidInput: none can be called so.
        StoreError: the store cannot be used.
    """
    places = workspaces(settings)
    if make:
        await places.create(workspace)
    elif not await places.exists(workspace):
        raise NotFound(f"there is no workspace {workspace!r}; there are {', '.join(await places.names())}")
    store = places.store(workspace)
    try:
        yield store
    finally:
        await store.aclose()


def _of(main: Coach, store: Store) -> Coach:
    """The same engines and rubrics over another store: what is kept, bought answers included, is the workspace's."""
    keeping = getattr(main.engine, "keeping", None)
    return replace(
        main,
        engine=main.engine if keeping is None else keeping(store.readings),
        memory=Memory(store if main.settings.keep_reviews else None),
        store=store,
    )
