"""Reviews about people, kept as evidence and for a trend; where that fails, it is said, and nothing is lost."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import date
from typing import TypeVar

from pydantic import ValidationError

from coach.domain import DealReview, ManagerReview, Notice
from coach.errors import StoreError
from coach.store import Store

_ReviewT = TypeVar("_ReviewT", DealReview, ManagerReview)
_log = logging.getLogger("coach.wiring")
_NOT_KEPT = Notice(code="not_kept", text="This review could not be kept; the log says why.")
_NOT_READ = Notice(code="not_read", text="Earlier reviews could not be read, and are left out; the log says why.")
_MOST_EARLIER = 20
"""Stored reviews that are taken as evidence, or shown as a trend: the latest."""


class Memory:
    """Keeps reviews by the person they are about, if there is a store to keep them in."""

    def __init__(self, store: Store | None = None) -> None:
        self._store = store

    async def keep(self, review: _ReviewT, about: str | None, source: str, day: date) -> _ReviewT:
        """Keep a review of a text in place of an earlier one; one that cannot be kept says so, and is not lost."""
        if self._store is None or not about or not about.strip():
            return review
        content = review.model_dump_json(by_alias=True, round_trip=True)
        try:
            await asyncio.to_thread(self._store.reviews.put, review.schema_, about, source, day, content)
        except StoreError as error:
            _log.warning("a review could not be kept: %s", error.detail)
            return review.model_copy(update={"notices": (*review.notices, _NOT_KEPT)})
        return review

    async def kept(
        self, kind: type[_ReviewT], about: str, until: date, *, but: str = ""
    ) -> tuple[list[_ReviewT], tuple[Notice, ...]]:
        """The latest reviews about a person, but for that of one text; and a notice where they cannot be read.

        One that another version of Coach wrote, and that cannot be read, is left out.
        """
        if self._store is None or not about.strip():
            return [], ()
        schema = kind.model_fields["schema_"].default
        try:
            find = self._store.reviews.about
            found = await asyncio.to_thread(find, schema, about, until=until, most=_MOST_EARLIER, but=but)
        except StoreError as error:
            _log.warning("stored reviews could not be read: %s", error.detail)
            return [], (_NOT_READ,)
        readable = []
        for content in found:
            with suppress(ValidationError):
                readable.append(kind.model_validate_json(content))
        return readable, ()
