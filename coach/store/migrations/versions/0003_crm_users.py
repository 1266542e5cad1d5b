"""Whom a CRM's own user is here, where the CRM proves a user without an e-mail address."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Bring the tables to this version."""
    op.add_column("members", sa.Column("crm_user", sa.String(length=100), nullable=True))
    in_force = sa.text("removed_at IS NULL")
    op.create_index(
        "ix_members_crm_user",
        "members",
        ["crm_user"],
        unique=True,
        sqlite_where=in_force,
        postgresql_where=in_force,
    )


def downgrade() -> None:
    """Take the tables back to the version before."""
    op.drop_index("ix_members_crm_user", table_name="members")
    # Not as a batch, which would copy the table and forget which ids were given.
    op.drop_column("members", "crm_user")
