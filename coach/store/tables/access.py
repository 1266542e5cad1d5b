"""Who may come in, what was done, and answers that may be asked for again."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Date, Index, Integer, LargeBinary, String, Table, Text, text

from coach.store.tables.base import Moment, Number, found_by, key, metadata, name

_IN_FORCE = text("removed_at IS NULL")

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", String(16), primary_key=True),
    name(),
    Column("role", String(10), nullable=False),
    Column("person", String(300)),
    Column("scopes", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("revoked_at", Moment),
    Column("used_on", Date),
)
"""`digest` is a keyed hash of the secret part, which is nowhere kept. A key that was revoked stays, for the audit."""

members = Table(
    "members",
    metadata,
    key(),
    Column("email", String(320), nullable=False),
    found_by(320),
    Column("role", String(10), nullable=False),
    Column("person", String(300)),
    Column("made_at", Moment, nullable=False),
    Column("removed_at", Moment),
    Column("crm_user", String(100)),
    Index("ix_members_found_by", "found_by"),
    Index("ix_members_crm_user", "crm_user", unique=True, sqlite_where=_IN_FORCE, postgresql_where=_IN_FORCE),
    sqlite_autoincrement=True,
)
"""Whom the identity provider vouches for by e-mail address, and as what they come in. `crm_user` is whom a CRM vouches
for that knows no address: `pipedrive:123`."""

workspace_settings = Table(
    "workspace_settings",
    metadata,
    Column("name", String(50), primary_key=True),
    Column("value", String(300), nullable=False),
    Column("changed_at", Moment, nullable=False),
)
"""What differs from the defaults of `coach.service.workspace`."""

audit = Table(
    "audit",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor", String(40), nullable=False),
    Column("role", String(10), nullable=False),
    Column("action", String(60), nullable=False),
    Column("object", String(300)),
    Column("person", String(32)),
    Column("detail", Text, nullable=False),
    Column("version", String(40), nullable=False),
    Column("request", String(64)),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Index("ix_audit_person", "person"),
    Index("ix_audit_at", "at"),
)
"""Append-only by triggers. `number` counts from 1 without a gap; `digest` is of the row and of `previous`, the digest
of the row before. `person` is a keyed hash of a name, so that the log outlives an erasure. `detail` is JSON."""

answers = Table(
    "answers",
    metadata,
    Column("caller", String(40), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("holder", String(32), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("status", Integer),
    Column("headers", JSON),
    Column("body", LargeBinary),
    Index("ix_answers_started_at", "started_at"),
)
"""What was answered to a request with an `Idempotency-Key`; while `status` is NULL, `holder` is working on it."""

backups = Table(
    "backups",
    metadata,
    key(),
    Column("place", Text, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("made_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)
"""Backups that `coach db backup` made: an erasure names those that may still hold what was erased."""
