"""The first tables; what an earlier version kept of reviews in the same file goes into them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from coach.store.migrations import format_2

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables to this version."""
    earlier = format_2.take(op.get_bind())
    op.create_table(
        "imports",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("crm", sa.String(length=50), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "managers",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("found_by", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_managers")),
        sa.UniqueConstraint("found_by", name=op.f("uq_managers_found_by")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "notes",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
        sa.UniqueConstraint("sha256", name=op.f("uq_notes_sha256")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "teams",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("found_by", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
        sa.UniqueConstraint("found_by", name=op.f("uq_teams_found_by")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "reps",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("found_by", sa.String(length=300), nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("manager_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["manager_id"], ["managers.id"], name=op.f("fk_reps_manager_id_managers")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_reps_team_id_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reps")),
        sa.UniqueConstraint("found_by", name=op.f("uq_reps_found_by")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("reps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reps_manager_id"), ["manager_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reps_team_id"), ["team_id"], unique=False)

    op.create_table(
        "deals",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("crm", sa.String(length=50), nullable=False),
        sa.Column("record", sa.String(length=300), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=True),
        sa.Column("found_by", sa.String(length=300), nullable=False),
        sa.Column("rep_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["rep_id"], ["reps.id"], name=op.f("fk_deals_rep_id_reps")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deals")),
        sa.UniqueConstraint("record", "crm", name=op.f("uq_deals_record_crm")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("deals", schema=None) as batch_op:
        batch_op.create_index("ix_deals_found_by", ["found_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_deals_rep_id"), ["rep_id"], unique=False)

    op.create_table(
        "one_on_ones",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("rep_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["rep_id"], ["reps.id"], name=op.f("fk_one_on_ones_rep_id_reps"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_on_ones")),
        sa.UniqueConstraint("rep_id", "held_on", name=op.f("uq_one_on_ones_rep_id_held_on")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "quotas",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("rep_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=20, scale=4), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.ForeignKeyConstraint(["rep_id"], ["reps.id"], name=op.f("fk_quotas_rep_id_reps"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotas")),
        sa.UniqueConstraint("rep_id", "first", "last", name=op.f("uq_quotas_rep_id_first_last")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("quotas", schema=None) as batch_op:
        batch_op.create_index("ix_quotas_rep_id_last", ["rep_id", "last"], unique=False)

    op.create_table(
        "claims",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("deal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rep_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("close_date", sa.Date(), nullable=False),
        sa.Column("probability", sa.Float(), nullable=True),
        sa.Column("source", sa.String(length=4), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=True),
        sa.Column("grade", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_claims_deal_id_deals"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["rep_id"], ["reps.id"], name=op.f("fk_claims_rep_id_reps")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
        sa.UniqueConstraint("deal_id", "made_on", "source", name=op.f("uq_claims_deal_id_made_on_source")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("claims", schema=None) as batch_op:
        batch_op.create_index("ix_claims_rep_id_made_on", ["rep_id", "made_on"], unique=False)

    op.create_table(
        "commitments",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("rep_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("deal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("deal", sa.String(length=300), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=10), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("agreed_by_rep", sa.Boolean(), nullable=False),
        sa.Column("agreed_by_manager", sa.Boolean(), nullable=False),
        sa.Column("kept", sa.String(length=10), nullable=False),
        sa.Column("proof", sa.Text(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deals.id"], name=op.f("fk_commitments_deal_id_deals"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["rep_id"], ["reps.id"], name=op.f("fk_commitments_rep_id_reps"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitments")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("commitments", schema=None) as batch_op:
        batch_op.create_index("ix_commitments_rep_id_agreed_on", ["rep_id", "agreed_on"], unique=False)

    op.create_table(
        "outcomes",
        sa.Column("deal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=4), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_outcomes_deal_id_deals"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("deal_id", name=op.f("pk_outcomes")),
    )
    op.create_table(
        "reviews",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("kind", sa.String(length=50), nullable=False),
        sa.Column("review", sa.String(length=100), nullable=False),
        sa.Column("about", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("note_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("rep_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("manager_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("deal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_latest", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_reviews_deal_id_deals")),
        sa.ForeignKeyConstraint(["manager_id"], ["managers.id"], name=op.f("fk_reviews_manager_id_managers")),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_reviews_note_id_notes")),
        sa.ForeignKeyConstraint(["rep_id"], ["reps.id"], name=op.f("fk_reviews_rep_id_reps")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint("kind", "about", "source", "review", name=op.f("uq_reviews_kind_about_source_review")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.create_index("ix_reviews_deal_id_day", ["deal_id", "day"], unique=False)
        batch_op.create_index("ix_reviews_kind_about_day", ["kind", "about", "day"], unique=False)
        batch_op.create_index("ix_reviews_review", ["review"], unique=False)

    op.create_table(
        "snapshots",
        sa.Column("deal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("import_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("superseded_on", sa.Date(), nullable=True),
        sa.Column("rep_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=True),
        sa.Column("account", sa.String(length=300), nullable=True),
        sa.Column("state", sa.String(length=4), nullable=False),
        sa.Column("stage", sa.String(length=200), nullable=True),
        sa.Column("stage_rank", sa.Integer(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=20, scale=4), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("probability", sa.Float(), nullable=True),
        sa.Column("forecast_category", sa.String(length=100), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=True),
        sa.Column("close_date", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("next_step", sa.String(length=2000), nullable=True),
        sa.Column("product", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_snapshots_deal_id_deals"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_snapshots_import_id_imports")),
        sa.ForeignKeyConstraint(["rep_id"], ["reps.id"], name=op.f("fk_snapshots_rep_id_reps")),
        sa.PrimaryKeyConstraint("deal_id", "as_of", name=op.f("pk_snapshots")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("snapshots", schema=None) as batch_op:
        batch_op.create_index("ix_snapshots_closed_on", ["closed_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_snapshots_import_id"), ["import_id"], unique=False)
        batch_op.create_index("ix_snapshots_rep_id_superseded_on", ["rep_id", "superseded_on"], unique=False)

    op.create_table(
        "findings",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("review_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=50), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("centre", sa.String(length=10), nullable=True),
        sa.Column("direction", sa.String(length=10), nullable=True),
        sa.Column("grade", sa.Integer(), nullable=True),
        sa.Column("speaks_of", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["review_id"], ["reviews.id"], name=op.f("fk_findings_review_id_reviews"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        sa.UniqueConstraint("review_id", "position", name=op.f("uq_findings_review_id_position")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "replies",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("review_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["reviews.id"], name=op.f("fk_replies_review_id_reviews"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replies")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("replies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_replies_review_id"), ["review_id"], unique=False)

    op.create_table(
        "corrections",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("finding_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("should_be", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_corrections_finding_id_findings"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_corrections_finding_id"), ["finding_id"], unique=False)

    format_2.put(op.get_bind(), earlier)


def downgrade() -> None:
    """Bring the tables back to the version before."""
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_corrections_finding_id"))

    op.drop_table("corrections")
    with op.batch_alter_table("replies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_replies_review_id"))

    op.drop_table("replies")
    op.drop_table("findings")
    with op.batch_alter_table("snapshots", schema=None) as batch_op:
        batch_op.drop_index("ix_snapshots_rep_id_superseded_on")
        batch_op.drop_index(batch_op.f("ix_snapshots_import_id"))
        batch_op.drop_index("ix_snapshots_closed_on")

    op.drop_table("snapshots")
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.drop_index("ix_reviews_review")
        batch_op.drop_index("ix_reviews_kind_about_day")
        batch_op.drop_index("ix_reviews_deal_id_day")

    op.drop_table("reviews")
    op.drop_table("outcomes")
    with op.batch_alter_table("commitments", schema=None) as batch_op:
        batch_op.drop_index("ix_commitments_rep_id_agreed_on")

    op.drop_table("commitments")
    with op.batch_alter_table("claims", schema=None) as batch_op:
        batch_op.drop_index("ix_claims_rep_id_made_on")

    op.drop_table("claims")
    with op.batch_alter_table("quotas", schema=None) as batch_op:
        batch_op.drop_index("ix_quotas_rep_id_last")

    op.drop_table("quotas")
    op.drop_table("one_on_ones")
    with op.batch_alter_table("deals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deals_rep_id"))
        batch_op.drop_index("ix_deals_found_by")

    op.drop_table("deals")
    with op.batch_alter_table("reps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reps_team_id"))
        batch_op.drop_index(batch_op.f("ix_reps_manager_id"))

    op.drop_table("reps")
    op.drop_table("teams")
    op.drop_table("notes")
    op.drop_table("managers")
    op.drop_table("imports")
