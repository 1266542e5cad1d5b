"""What people said to a review: a manager's corrections of its findings, a rep's reply."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, true

from coach.errors import NotFound
from coach.store.database import Database
from coach.store.kept import Kept, Seen
from coach.store.noting import put_review
from coach.store.tables import corrections, findings, notes, replies, reviews


class Feedback:
    """Kept beside the review, which stays as it is."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def correct(  # noqa: PLR0913  what a correction has
        self,
        review: str,
        position: int,
        *,
        right: bool,
        should_be: dict[str, Any] | None,
        why: str | None,
        by: str | None = None,
        seen: Seen = None,
    ) -> None:
        """Keep what a manager says of a finding.

        Args:
            review: The review's id.
            position: The finding's place in it, from 0.
            right: Whether it is as it should be.
            should_be: The labels it ought to have.
            why: The manager's reason.
            by: Who says so, as the audit log names them.
            seen: Whose reviews are theirs to correct.

        Raises:
            NotFound: there is no such finding.
            StoreError: the store cannot be written.
        """
        wanted = (
            select(findings.c.id)
            .join(reviews, reviews.c.id == findings.c.review_id)
            .where(reviews.c.review == review, findings.c.position == position)
            .where(true() if seen is None else reviews.c.about.in_(seen))
            .order_by(reviews.c.id.desc())
        )
        async with self._database.writing() as connection:
            finding = (await connection.execute(wanted.limit(1))).scalar()
            if finding is None:
                raise NotFound("there is no finding of this id in the store")
            values = {"finding_id": finding, "right": right, "should_be": should_be, "why": why, "by": by}
            await connection.execute(corrections.insert().values(values | {"made_at": datetime.now(UTC)}))

    async def reply(  # noqa: PLR0913  what a reply has
        self,
        review: str,
        text: str,
        *,
        by: str | None = None,
        seen: Seen = None,
        led_to: Kept | None = None,
        difference: str | None = None,
    ) -> None:
        """Keep what the rep says to a review, if it is about somebody who is seen, and what it led to: both or none.

        Args:
            review: The review's id.
            text: What the rep says.
            by: Who says so, as the audit log names them.
            seen: Whose reviews are theirs to reply to.
            led_to: The review that was made with it, which from now on stands for the text.
            difference: What has changed, as JSON.

        Raises:
            NotFound: there is no such review.
            StoreError: the store cannot be written.
        """
        wanted = select(reviews.c.id).where(reviews.c.review == review).order_by(reviews.c.id.desc())
        wanted = wanted.where(true() if seen is None else reviews.c.about.in_(seen))
        async with self._database.writing() as connection:
            key = (await connection.execute(wanted.limit(1))).scalar()
            if key is None:
                raise NotFound("there is no review of this id in the store")
            now = datetime.now(UTC)
            values = {"review_id": key, "text": text, "by": by, "difference": difference, "made_at": now}
            await connection.execute(replies.insert().values(values | {"led_to": led_to and led_to.review}))
            if led_to is not None:
                await put_review(connection, led_to, now)

    async def replies(self, review: str, *, seen: Seen = None) -> tuple[dict[str, Any], ...]:
        """What was said to a review, the first first: `text`, `by`, `led_to`, `difference` and `made_at`."""
        columns = [replies.c[name] for name in ("text", "by", "led_to", "difference", "made_at")]
        statement = (
            select(*columns)
            .join(reviews, reviews.c.id == replies.c.review_id)
            .where(reviews.c.review == review, true() if seen is None else reviews.c.about.in_(seen))
            .order_by(replies.c.id)
        )
        async with self._database.reading() as connection:
            return tuple(dict(row) for row in (await connection.execute(statement)).mappings())

    async def corrections(self, review: str, *, seen: Seen = None) -> tuple[dict[str, Any], ...]:
        """What was said of a review's findings, the first first: `position`, `right`, `should_be` and `made_at`."""
        columns = [corrections.c[name] for name in ("right", "should_be", "made_at")]
        statement = (
            select(findings.c.position, *columns)
            .join(findings, findings.c.id == corrections.c.finding_id)
            .join(reviews, reviews.c.id == findings.c.review_id)
            .where(reviews.c.review == review, true() if seen is None else reviews.c.about.in_(seen))
            .order_by(corrections.c.id)
        )
        async with self._database.reading() as connection:
            return tuple(dict(row) for row in (await connection.execute(statement)).mappings())

    async def corrected(self) -> tuple[dict[str, Any], ...]:
        """Every correction, the first first, with what it is of: the finding, the review, its text and its kind."""
        statement = (
            select(
                corrections.c.right,
                corrections.c.should_be,
                findings.c.position,
                reviews.c.review,
                reviews.c.kind,
                reviews.c.content,
                notes.c.text,
            )
            .join(findings, findings.c.id == corrections.c.finding_id)
            .join(reviews, reviews.c.id == findings.c.review_id)
            .join(notes, notes.c.id == reviews.c.note_id)
            .order_by(reviews.c.id, corrections.c.id)
        )
        async with self._database.reading() as connection:
            return tuple(dict(row) for row in (await connection.execute(statement)).mappings())
