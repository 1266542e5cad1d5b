"""1-on-1s that were held, and what was agreed in them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, String, Table, Text, UniqueConstraint

from coach.store.tables.base import Moment, key, metadata

one_on_ones = Table(
    "one_on_ones",
    metadata,
    key(),
    Column("rep_id", ForeignKey("reps.id", ondelete="CASCADE"), nullable=False),
    Column("held_on", Date, nullable=False),
    Column("content", Text, nullable=False),
    Column("kept_at", Moment, nullable=False),
    UniqueConstraint("rep_id", "held_on"),
    sqlite_autoincrement=True,
)
"""`content` is the pack as JSON."""

commitments = Table(
    "commitments",
    metadata,
    key(),
    Column("rep_id", ForeignKey("reps.id", ondelete="CASCADE"), nullable=False),
    Column("deal_id", ForeignKey("deals.id", ondelete="SET NULL")),
    Column("deal", String(300)),
    Column("what", Text, nullable=False),
    Column("owner", String(10), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("agreed_on", Date, nullable=False),
    Column("agreed_by_rep", Boolean, nullable=False),
    Column("agreed_by_manager", Boolean, nullable=False),
    Column("kept", String(10), nullable=False),
    Column("proof", Text),
    Column("settled_on", Date),
    Column("made_at", Moment, nullable=False),
    Index("ix_commitments_rep_id_agreed_on", "rep_id", "agreed_on"),
    sqlite_autoincrement=True,
)
