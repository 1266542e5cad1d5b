"""Reviews about people, kept as evidence and for a trend; where that fails, it is said, and nothing is lost."""

from __future__ import annotations

import logging
from datetime import date
from typing import TypeVar

from coach.domain import DealReview, ManagerReview, Notice, RepDiagnosis, RepPacket
from coach.domain.base import every_readable
from coach.errors import StoreError
from coach.service.keeping import kept_deal_review, kept_diagnosis, kept_manager_review
from coach.store import Store
from coach.store.kept import Kept, Key

_ReviewT = TypeVar("_ReviewT", DealReview, ManagerReview, RepDiagnosis)
_log = logging.getLogger("coach.wiring")
_NOT_KEPT = Notice(code="not_kept", text="This review could not be kept; the log says why.")
_NOT_READ = Notice(code="not_read", text="Earlier reviews could not be read, and are left out; the log says why.")
_MOST_EARLIER = 20
"""Stored reviews that are taken as evidence, or shown as a trend: the latest."""


class Memory:
    """Keeps reviews by the person they are about, if there is a store to keep them in."""

    def __init__(self, store: Store | None = None) -> None:
        self._store = store

    async def keep_deal(self, review: DealReview, rep: str | None, note: str, record: Key | None = None) -> DealReview:
        """Keep a deal review under its rep and deal; without a rep it is nobody's, and is not kept."""
        if self._store is None or not rep or not rep.strip():
            return review
        return await self._keep(review, kept_deal_review(review, rep, note, record))

    async def keep_diagnosis(self, found: RepDiagnosis, packet: RepPacket) -> RepDiagnosis:
        """Keep a diagnosis under its rep, who may read it and reply to it."""
        if self._store is None or not packet.rep.strip():
            return found
        return await self._keep(found, kept_diagnosis(found, packet))

    async def keep_talk(self, review: ManagerReview, manager: str, transcript: str) -> ManagerReview:
        """Keep the review of a conversation under its manager; one of nobody is not kept."""
        if self._store is None or not manager.strip():
            return review
        return await self._keep(review, kept_manager_review(review, manager, transcript))

    async def _keep(self, review: _ReviewT, kept: Kept) -> _ReviewT:
        """Keep a review; one that cannot be kept says so, and is not lost."""
        assert self._store is not None  # noqa: S101  else nothing is kept
        try:
            await self._store.records.reviews.put(kept)
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
            found = await self._store.records.reviews.about(schema, about, until=until, most=_MOST_EARLIER, but=but)
        except StoreError as error:
            _log.warning("stored reviews could not be read: %s", error.detail)
            return [], (_NOT_READ,)
        return list(every_readable(kind, found)), ()
