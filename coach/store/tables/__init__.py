"""The tables, the same on SQLite and PostgreSQL. Days are days; times are UTC; money is exact."""

from coach.store.tables.access import answers, api_keys, audit, backups, members, workspace_settings
from coach.store.tables.agreements import commitments, one_on_ones
from coach.store.tables.base import metadata
from coach.store.tables.deals import claims, deals, imports, outcomes, snapshots
from coach.store.tables.people import managers, quotas, reps, teams
from coach.store.tables.reviews import corrections, findings, notes, replies, reviews

__all__ = [
    "answers",
    "api_keys",
    "audit",
    "backups",
    "claims",
    "commitments",
    "corrections",
    "deals",
    "findings",
    "imports",
    "managers",
    "members",
    "metadata",
    "notes",
    "one_on_ones",
    "outcomes",
    "quotas",
    "replies",
    "reps",
    "reviews",
    "snapshots",
    "teams",
    "workspace_settings",
]
