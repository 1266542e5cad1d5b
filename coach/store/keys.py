"""API keys, by the public part of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from coach.domain.identity import Role, Scope
from coach.store.database import Database
from coach.store.tables import api_keys


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredKey:
    """What is kept of a key: enough to tell whether it is shown again, and not enough to use it."""

    id: str
    name: str
    role: Role
    person: str | None
    scopes: frozenset[Scope]
    digest: str
    made_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None

    def is_good(self, at: datetime) -> bool:
        """Whether it opens anything at this moment."""
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)


class Keys:
    """Keys are never deleted: the audit log names them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, key: StoredKey, *, replaces: str | None = None, until: datetime | None = None) -> None:
        """Keep a new key.

        Args:
            key: The key.
            replaces: The id of one that it stands in for.
            until: When that one ends, where not sooner.

        Raises:
            StoreError: the store cannot be written.
        """
        values = {name: getattr(key, name) for name in StoredKey.__slots__ if name not in {"role", "scopes"}}
        values |= {"role": key.role.value, "scopes": sorted(key.scopes)}
        async with self._database.writing() as connection:
            await connection.execute(api_keys.insert().values(values))
            if replaces is not None:
                sooner = api_keys.c.expires_at.is_(None) | (api_keys.c.expires_at > until)
                ends = api_keys.update().where(api_keys.c.id == replaces, sooner).values(expires_at=until)
                await connection.execute(ends)

    async def get(self, id_: str) -> StoredKey | None:
        """The key with an id, good or not."""
        async with self._database.reading() as connection:
            row = (await connection.execute(select(api_keys).where(api_keys.c.id == id_))).mappings().first()
        return None if row is None else _stored(dict(row))

    async def all(self) -> tuple[StoredKey, ...]:
        """Every key that was made, the first first."""
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(api_keys).order_by(api_keys.c.made_at, api_keys.c.id))).mappings()
            return tuple(_stored(dict(row)) for row in rows)

    async def any(self) -> bool:
        """Whether a key was ever made."""
        async with self._database.reading() as connection:
            return (await connection.execute(select(api_keys.c.id).limit(1))).scalar() is not None

    async def revoke(self, id_: str) -> bool:
        """End a key now; whether it was still in force."""
        now = datetime.now(UTC)
        good = api_keys.c.revoked_at.is_(None) & (api_keys.c.expires_at.is_(None) | (api_keys.c.expires_at > now))
        async with self._database.writing() as connection:
            ended = await connection.execute(api_keys.update().where(api_keys.c.id == id_, good).values(revoked_at=now))
        return ended.rowcount > 0


def _stored(row: dict[str, object]) -> StoredKey:
    row.pop("used_on")
    scopes = frozenset(Scope(one) for one in row.pop("scopes"))  # type: ignore[attr-defined]
    return StoredKey(role=Role(row.pop("role")), scopes=scopes, **row)  # type: ignore[arg-type]
