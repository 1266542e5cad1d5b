"""Teams, managers, reps and what reps are to win."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Numeric, String, Table, UniqueConstraint

from coach.store.tables.base import found_by, key, metadata, name

teams = Table("teams", metadata, key(), name(), found_by(), UniqueConstraint("found_by"), sqlite_autoincrement=True)

managers = Table(
    "managers", metadata, key(), name(), found_by(), UniqueConstraint("found_by"), sqlite_autoincrement=True
)

reps = Table(
    "reps",
    metadata,
    key(),
    name(),
    found_by(),
    Column("team_id", ForeignKey("teams.id"), index=True),
    Column("manager_id", ForeignKey("managers.id"), index=True),
    Column("started_on", Date),
    UniqueConstraint("found_by"),
    sqlite_autoincrement=True,
)

quotas = Table(
    "quotas",
    metadata,
    key(),
    Column("rep_id", ForeignKey("reps.id", ondelete="CASCADE"), nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("amount", Numeric(20, 4), nullable=False),
    Column("currency", String(3)),
    UniqueConstraint("rep_id", "first", "last"),
    Index("ix_quotas_rep_id_last", "rep_id", "last"),
    sqlite_autoincrement=True,
)
