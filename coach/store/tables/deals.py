"""Deals, how each stood on the day of each import, what reps claimed of them, and what came of it."""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, ForeignKey, Index, Integer, Numeric, String, Table, UniqueConstraint

from coach.store.tables.base import Moment, Number, found_by, key, metadata

imports = Table(
    "imports",
    metadata,
    key(),
    Column("crm", String(50), nullable=False),
    Column("as_of", Date, nullable=False),
    Column("source", String(300), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("kept", Integer, nullable=False),
    Column("imported_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

deals = Table(
    "deals",
    metadata,
    key(),
    Column("crm", String(50), nullable=False),
    Column("record", String(300), nullable=False),
    Column("name", String(300)),
    found_by(),
    Column("rep_id", ForeignKey("reps.id"), index=True),
    # The id first: there are few CRMs, and a planner without statistics would go through all of one.
    UniqueConstraint("record", "crm"),
    Index("ix_deals_found_by", "found_by"),
    sqlite_autoincrement=True,
)
"""`rep_id` and `name` are those of the latest snapshot; a deal known from a note alone has the CRM `note`."""

snapshots = Table(
    "snapshots",
    metadata,
    Column("deal_id", Number, ForeignKey("deals.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("as_of", Date, primary_key=True),
    Column("import_id", ForeignKey("imports.id"), nullable=False, index=True),
    Column("superseded_on", Date),
    Column("rep_id", ForeignKey("reps.id")),
    Column("name", String(300)),
    Column("account", String(300)),
    Column("state", String(4), nullable=False),
    Column("stage", String(200)),
    Column("stage_rank", Integer),
    Column("amount", Numeric(20, 4)),
    Column("currency", String(3)),
    Column("probability", Float),
    Column("forecast_category", String(100)),
    Column("created_on", Date),
    Column("close_date", Date),
    Column("closed_on", Date),
    Column("next_step", String(2000)),
    Column("product", String(300)),
    Index("ix_snapshots_rep_id_superseded_on", "rep_id", "superseded_on"),
    Index("ix_snapshots_closed_on", "closed_on"),
    sqlite_with_rowid=False,
)
"""`superseded_on` is the day of the deal's next snapshot: a row holds from `as_of` to the day before it."""

claims = Table(
    "claims",
    metadata,
    key(),
    Column("deal_id", ForeignKey("deals.id", ondelete="CASCADE"), nullable=False),
    Column("rep_id", ForeignKey("reps.id")),
    Column("made_on", Date, nullable=False),
    Column("close_date", Date, nullable=False),
    Column("probability", Float),
    Column("source", String(4), nullable=False),
    Column("verdict", String(20)),
    Column("grade", Integer),
    UniqueConstraint("deal_id", "made_on", "source"),
    Index("ix_claims_rep_id_made_on", "rep_id", "made_on"),
    sqlite_autoincrement=True,
)

outcomes = Table(
    "outcomes",
    metadata,
    Column("deal_id", Number, ForeignKey("deals.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("state", String(4), nullable=False),
    Column("closed_on", Date),
    Column("known_on", Date, nullable=False),
)
"""Of deals that are won, lost or thrown away, by their latest snapshot; `known_on` is that of the first in a row that
said so."""
