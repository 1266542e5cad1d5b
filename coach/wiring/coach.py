"""The use cases, with the engine, rubrics and settings that go into each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from coach.domain import (
    Conversation,
    DealNote,
    DealReview,
    Judgement,
    Label,
    ManagerReview,
    Point,
    RepDiagnosis,
    RepPacket,
    Statement,
)
from coach.engines.base import DealReading, Engine, PacketReading, TalkReading
from coach.rubrics import BuyerEvidence, Rubrics
from coach.service.deal_review import (
    check_note,
    judge_labels,
    review_deal,
    review_depends_on,
    review_in_turn,
    review_reading,
    seen,
    warm_up,
)
from coach.service.manager_review import (
    review_manager,
    review_talk_reading,
    seen_talk,
    talk_depends_on,
)
from coach.service.rep_diagnosis import diagnose_reading, diagnose_rep, diagnosis_depends_on, seen_packet
from coach.service.workers import Workers
from coach.settings import Settings
from coach.store import Store
from coach.text.conversation import is_role
from coach.wiring.memory import Memory


@dataclass(frozen=True, slots=True)
class Coach:
    """The use cases, ready to call."""

    settings: Settings
    rubrics: Rubrics
    engine: Engine
    local: Engine
    """The embedded engine, which is there whatever else reads."""
    workers: Workers = field(default_factory=Workers)
    """Who works on texts."""
    memory: Memory = field(default_factory=Memory)
    """Reviews about people."""
    store: Store | None = None
    """What is open as long as this is in use."""

    @property
    def rubric(self) -> BuyerEvidence:
        """The rubric by which deal notes are read."""
        return self.rubrics.deal

    async def review_deal(self, note: DealNote, *, rep: str | None = None) -> DealReview:
        """Review a deal note; see `coach.service.deal_review.review_deal`.

        Args:
            note: The note.
            rep: Whose deal it is; where it is said, the review is kept, as evidence for the rep's diagnosis.
        """
        review = await review_deal(
            note,
            engine=self.engine,
            rubric=self.rubric,
            fiscal_year_start=self.settings.fiscal_year_start,
            run=self.workers,
        )
        return await self.memory.keep(review, rep, note.note, review.written_on)

    async def diagnose_rep(self, packet: RepPacket, as_of: date) -> RepDiagnosis:
        """Diagnose a rep's material, with the rep's stored deal reviews; see `coach.service.rep_diagnosis`."""
        earlier, notices = await self.memory.kept(DealReview, packet.rep, as_of)
        found = await diagnose_rep(packet, engine=self.engine, rubric=self.rubrics.rep, as_of=as_of, earlier=earlier)
        return found.model_copy(update={"notices": (*found.notices, *notices)})

    async def review_manager(self, talk: Conversation, held_on: date) -> ManagerReview:
        """Review a manager's conversation beside earlier ones, and keep it; see `coach.service.manager_review`."""
        given = await asyncio.to_thread(seen_talk, talk)
        review = await review_manager(talk, given, engine=self.engine, rubric=self.rubrics.talk, held_on=held_on)
        # "Manager" and "Speaker 1" are many people, and a conversation without a move shows nothing.
        about = "" if is_role(review.manager) or not review.moves else review.manager
        earlier, notices = await self.memory.kept(ManagerReview, about, held_on, but=talk.transcript)
        review = await self.memory.keep(review, about, talk.transcript, held_on)
        points = [
            Point(id=one.id, held_on=one.held_on, engine=one.provenance.engine, balance=one.balance) for one in earlier
        ]
        return review.model_copy(update={"trend": tuple(points), "notices": (*review.notices, *notices)})

    async def reviews(self, note: DealNote, *, rep: str | None = None) -> AsyncIterator[DealReview]:
        """Review a deal note by the embedded engine at once, then by the one that is set, where that is another.

        Where it is said whose deal it is, the last one is kept; see `review_deal`.
        """
        engines = [self.local] if self.engine is self.local else [self.local, self.engine]
        left = len(engines)
        async for review in review_in_turn(
            note,
            engines=engines,
            rubric=self.rubric,
            fiscal_year_start=self.settings.fiscal_year_start,
            run=self.workers,
        ):
            left -= 1
            # Before it is handed out: who has seen the last one may leave.
            yield review if left else await self.memory.keep(review, rep, note.note, review.written_on)

    def check_note(self, note: DealNote) -> None:
        """Refuse what cannot be reviewed; see `coach.service.deal_review.check_note`."""
        check_note(note)

    def seen(self, note: DealNote) -> DealNote:
        """The note as an engine is given it; see `coach.service.deal_review.seen`."""
        return seen(note).note

    def review_reading(self, note: DealNote, reading: DealReading) -> DealReview:
        """Judge what was read elsewhere of `seen(note)`; see `coach.service.deal_review.review_reading`."""
        return review_reading(
            note,
            seen(note),
            reading,
            rubric=self.rubric,
            duration_ms=0,
            fiscal_year_start=self.settings.fiscal_year_start,
        )

    def diagnose_reading(self, packet: RepPacket, reading: PacketReading, as_of: date) -> RepDiagnosis:
        """Judge what was read elsewhere of `seen_packet(packet)`; see `coach.service.rep_diagnosis`."""
        return diagnose_reading(
            packet, seen_packet(packet), reading, rubric=self.rubrics.rep, as_of=as_of, duration_ms=0
        )

    def review_talk_reading(self, talk: Conversation, reading: TalkReading, held_on: date) -> ManagerReview:
        """Judge what was read elsewhere of `seen_talk(talk)`; see `coach.service.manager_review`."""
        return review_talk_reading(
            talk, seen_talk(talk), reading, rubric=self.rubrics.talk, held_on=held_on, duration_ms=0
        )

    def seen_packet(self, packet: RepPacket) -> RepPacket:
        """The packet as an engine is given it."""
        return seen_packet(packet).packet

    def seen_talk(self, talk: Conversation) -> Conversation:
        """The conversation as an engine is given it."""
        return seen_talk(talk).talk

    def diagnosis_depends_on(self, packet: RepPacket, as_of: date) -> dict[str, Any]:
        """Everything a diagnosis without stored reviews depends on."""
        return diagnosis_depends_on(packet, engine=self.engine, rubric=self.rubrics.rep, as_of=as_of)

    def talk_depends_on(self, talk: Conversation, held_on: date) -> dict[str, Any]:
        """Everything a review of a conversation depends on."""
        return talk_depends_on(talk, engine=self.engine, rubric=self.rubrics.talk, held_on=held_on)

    def review_depends_on(self, note: DealNote) -> dict[str, Any]:
        """Everything a review of the note depends on; see `coach.service.deal_review.review_depends_on`."""
        return review_depends_on(
            note, engine=self.engine, rubric=self.rubric, fiscal_year_start=self.settings.fiscal_year_start
        )

    def judge_labels(self, note: DealNote, labels: Sequence[Label]) -> tuple[tuple[Statement, ...], Judgement]:
        """Judge labels that were made elsewhere; see `coach.service.deal_review.judge_labels`."""
        return judge_labels(note, labels, rubric=self.rubric, fiscal_year_start=self.settings.fiscal_year_start)

    def warm_up(self) -> None:
        """Load what is loaded lazily, so that the first review is as quick as the second."""
        for engine in (self.local, self.engine):
            load_now = getattr(engine, "warm_up", None)
            if load_now is not None:
                load_now()
        warm_up(self.rubric)

    async def start(self) -> None:
        """Load everything, and start the workers of a service; `close` ends them."""
        await asyncio.gather(self.workers.start(), asyncio.to_thread(self.warm_up))

    async def close(self) -> None:
        """Close what the engine holds open, in the event loop that it was used in."""
        close = getattr(self.engine, "close", None)
        await self.workers.close()
        try:
            if close is not None:
                await close()
        finally:
            if self.store is not None:
                self.store.close()
