"""What the tables have in common: names of constraints, keys, times in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Identity, Integer, MetaData, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    # A migration on SQLite copies a table, and finds its constraints by name.
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Number = BigInteger().with_variant(Integer, "sqlite")
"""A key: SQLite counts up by itself only where a key is called INTEGER."""


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite knows no time zones, and would give back a moment that has none."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Refuse a moment of no time zone; keep any other in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be kept")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give it back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def key() -> Column[Any]:
    """The key of a row, never given twice."""
    return Column("id", Number, Identity(), primary_key=True)


def name(longest: int = 300) -> Column[Any]:
    """A name as it came."""
    return Column("name", String(longest), nullable=False)


def found_by(longest: int = 300) -> Column[Any]:
    """A name as it is looked for: in one case, with single spaces."""
    return Column("found_by", String(longest), nullable=False)
