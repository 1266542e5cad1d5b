"""Notes, what was said of them, and what people said to that."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from coach.store.tables.base import Moment, key, metadata

notes = Table(
    "notes",
    metadata,
    key(),
    Column("sha256", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("written_on", Date, nullable=False),
    Column("received_at", Moment, nullable=False),
    UniqueConstraint("sha256"),
    sqlite_autoincrement=True,
)
"""The text is kept as it came; `sha256` is of its UTF-8 bytes."""

reviews = Table(
    "reviews",
    metadata,
    key(),
    Column("kind", String(50), nullable=False),
    Column("review", String(100), nullable=False),
    Column("about", String(300), nullable=False),
    Column("source", String(64), nullable=False),
    Column("day", Date, nullable=False),
    Column("content", Text, nullable=False),
    Column("note_id", ForeignKey("notes.id")),
    Column("rep_id", ForeignKey("reps.id")),
    Column("manager_id", ForeignKey("managers.id")),
    Column("deal_id", ForeignKey("deals.id")),
    Column("made_at", Moment, nullable=False),
    Column("is_latest", Boolean, nullable=False),
    UniqueConstraint("kind", "about", "source", "review"),
    Index("ix_reviews_kind_about_day", "kind", "about", "day"),
    Index("ix_reviews_review", "review"),
    Index("ix_reviews_deal_id_day", "deal_id", "day"),
    sqlite_autoincrement=True,
)
"""`kind` is the schema, `review` the review's own id, `about` whom it is about as looked for, `source` a hash of the
text, for which the review made last stands (`is_latest`). `content` is the review as JSON."""

findings = Table(
    "findings",
    metadata,
    key(),
    Column("review_id", ForeignKey("reviews.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("label", String(50), nullable=False),
    Column("quote", Text, nullable=False),
    Column("centre", String(10)),
    Column("direction", String(10)),
    Column("grade", Integer),
    Column("speaks_of", Date),
    UniqueConstraint("review_id", "position"),
    sqlite_autoincrement=True,
)
"""What a review found: a statement of a note or a move of a manager's, `label` its kind, `position` its place."""

corrections = Table(
    "corrections",
    metadata,
    key(),
    Column("finding_id", ForeignKey("findings.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("right", Boolean, nullable=False),
    Column("should_be", JSON(none_as_null=True)),
    Column("why", Text),
    Column("by", String(40)),
    Column("made_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)
"""What a manager said of a finding; `should_be` has the labels that it ought to have."""

replies = Table(
    "replies",
    metadata,
    key(),
    Column("review_id", ForeignKey("reviews.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("by", String(40)),
    Column("led_to", String(100)),
    Column("difference", Text),
    Column("made_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)
"""What the rep said to a review; `led_to` is the id of the review that was made with it, `difference` what has changed
from the one to the other, as JSON. `by` is who said it, as the audit log names them."""
