"""API keys: made, shown once, proved, rotated and revoked.

A key is `ck_<workspace>_<id>_<secret>`. Of the secret only a keyed hash is kept: who reads the database cannot come in,
and who has the database and not the service's own secret cannot even try keys.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from coach.domain.identity import MAY, Principal, Role, Scope
from coach.errors import InvalidInput, NotFound
from coach.store.keys import StoredKey
from coach.store.secret import Secret

_FORM = re.compile(r"ck_([a-z][a-z0-9]{0,30})_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_PURPOSE = "api keys"
_NAMED = frozenset({Role.MANAGER, Role.REP})
"""Roles that are somebody's."""


class KeyStore(Protocol):
    """Keeps keys; see `coach.store.keys`."""

    async def put(self, key: StoredKey, *, replaces: str | None = None, until: datetime | None = None) -> None:
        """Keep a new key."""

    async def get(self, id_: str) -> StoredKey | None:
        """The key with an id."""

    async def all(self) -> tuple[StoredKey, ...]:
        """Every key that was made."""

    async def revoke(self, id_: str) -> bool:
        """End a key now."""


@dataclass(frozen=True, slots=True)
class Made:
    """A key that was just made."""

    shown: str
    """What its owner sends; never to be had again."""
    key: StoredKey


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys of one workspace."""

    workspace: str
    store: KeyStore
    secret: Secret

    async def create(
        self,
        name: str,
        role: Role,
        *,
        person: str | None = None,
        scopes: Iterable[Scope] = (),
        expires_at: datetime | None = None,
    ) -> Made:
        """Make a key.

        Args:
            name: What to call it.
            role: Whose key it is.
            person: Of a manager or a rep, the name that the roster has.
            scopes: What it may do, where that is less than its role may; of a service they have to be said.
            expires_at: When it ends; never where None.

        Raises:
            InvalidInput: what is asked for does not fit together.
        """
        key = self._new(name, role, person, frozenset(scopes), expires_at)
        return await self._put(key)

    async def rotate(self, id_: str, overlap: timedelta = timedelta(0)) -> Made:
        """Make a key like another, which ends, at once or a little later, so that a program can change over.

        Raises:
            NotFound: no such key is in force.
        """
        now = datetime.now(UTC)
        old = await self.store.get(id_)
        if old is None or not old.is_good(now):
            raise NotFound("no key of this id is in force; see `coach keys list`")
        lasts = None if old.expires_at is None else now + (old.expires_at - old.made_at)
        key = self._new(old.name, old.role, old.person, old.scopes, lasts)
        return await self._put(key, replaces=id_, until=now + overlap)

    async def revoke(self, id_: str) -> None:
        """End a key at once.

        Raises:
            NotFound: no such key is in force.
        """
        if not await self.store.revoke(id_):
            raise NotFound("no key of this id is in force; see `coach keys list`")

    async def all(self) -> tuple[StoredKey, ...]:
        """Every key that was made."""
        return await self.store.all()

    async def prove(self, shown: str) -> Principal | None:
        """Who a key stands for; None where it is none of this workspace's, or not in force."""
        found = _FORM.fullmatch(shown)
        if found is None or found[1] != self.workspace:
            return None
        key = await self.store.get(found[2])
        # The hash is made in any case, so that time does not tell which ids there are.
        same = hmac.compare_digest(self._digest(found[2], found[3]), "" if key is None else key.digest)
        return principal_of(key, self.workspace) if key and same and key.is_good(datetime.now(UTC)) else None

    async def standing(self, id_: str) -> Principal | None:
        """Who a key stands for that was proved before; None where it is no longer in force."""
        key = await self.store.get(id_)
        return principal_of(key, self.workspace) if key and key.is_good(datetime.now(UTC)) else None

    def _new(
        self, name: str, role: Role, person: str | None, scopes: frozenset[Scope], expires_at: datetime | None
    ) -> StoredKey:
        person = (person or "").strip() or None
        if (person is None) is (role in _NAMED):
            wants = "needs the person's name, as the roster has it" if person is None else "is nobody's in particular"
            raise InvalidInput(f"role {role}: a key of this role {wants}")
        if role is Role.SERVICE and not scopes:
            raise InvalidInput(f"role service: say what it may do, of {', '.join(sorted(MAY[role]))}")
        beyond = scopes - MAY[role]
        if beyond:
            raise InvalidInput(f"role {role}: has no {', '.join(sorted(beyond))}; of {', '.join(sorted(MAY[role]))}")
        now = datetime.now(UTC)
        if expires_at is not None and expires_at <= now:
            raise InvalidInput("the key would have ended before it is made; give a later day")
        return StoredKey(
            id=secrets.token_hex(6),
            name=name,
            role=role,
            person=person,
            scopes=scopes or MAY[role],
            digest="",
            made_at=now,
            expires_at=expires_at,
        )

    async def _put(self, key: StoredKey, *, replaces: str | None = None, until: datetime | None = None) -> Made:
        secret = secrets.token_urlsafe(32)
        key = replace(key, digest=self._digest(key.id, secret))
        await self.store.put(key, replaces=replaces, until=until)
        return Made(f"ck_{self.workspace}_{key.id}_{secret}", key)

    def _digest(self, id_: str, secret: str) -> str:
        return self.secret.digest(_PURPOSE, f"{self.workspace} {id_} {secret}")


def workspace_of(shown: str) -> str | None:
    """The workspace that a key names; None where it is no key."""
    found = _FORM.fullmatch(shown)
    return found and found[1]


def principal_of(key: StoredKey, workspace: str) -> Principal:
    """Who a key stands for."""
    return Principal(
        id=f"key:{key.id}",
        role=key.role,
        workspace=workspace,
        person=key.person,
        # A role that may do less than it once could takes its keys along.
        scopes=key.scopes & MAY[key.role],
    )
