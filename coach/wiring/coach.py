"""The use cases, with the engine, rubrics and settings that go into each."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

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
from coach.engines.base import DealReading, Engine, Outgoing, PacketReading, TalkReading
from coach.errors import ConfigError, StoreError
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
from coach.store.kept import Key
from coach.text.conversation import is_role
from coach.wiring.memory import Memory

if TYPE_CHECKING:
    from coach.wiring.pipeline import Pipeline


_PROMPTLY_S = 5.0
"""How long a part that is asked whether it is ready may take to say so."""


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
    def pipeline(self) -> Pipeline:
        """Deals, people and agreements.

        Raises:
            ConfigError: this Coach has no store.
        """
        # Imported here: a deal note needs nothing of it.
        from coach.wiring.pipeline import Pipeline  # noqa: PLC0415

        if self.store is None:
            raise ConfigError("this Coach was wired without a store, and keeps no deals")
        return Pipeline(self.settings, self.rubrics, self.store)

    @property
    def rubric(self) -> BuyerEvidence:
        """The rubric by which deal notes are read."""
        return self.rubrics.deal

    async def review_deal(self, note: DealNote, *, rep: str | None = None, record: Key | None = None) -> DealReview:
        """Review a deal note; see `coach.service.deal_review.review_deal`.

        Args:
            note: The note.
            rep: Whose deal it is; where it is said, the review is kept, for the rep's diagnosis and 1-on-1s.
            record: The CRM and the id of the deal there; where it is not said, the deal is known by its name.
        """
        review = await review_deal(
            note,
            engine=self.engine,
            rubric=self.rubric,
            fiscal_year_start=self.settings.fiscal_year_start,
            run=self.workers,
        )
        return await self.memory.keep_deal(review, rep, note.note, record)

    def outgoing(self, note: DealNote) -> tuple[Outgoing, ...]:
        """What would leave this machine if the note were reviewed: nothing, where the embedded engine reads.

        Raises:
            InvalidInput: the note cannot be reviewed.
        """
        check_note(note)
        outgoing = getattr(self.engine, "outgoing", None)
        return () if outgoing is None else outgoing("deal", seen(note).note)

    async def refuse_diagnosis_off(self) -> None:
        """Refuse a diagnosis where the workspace has switched them off; for every face that makes or shows one.

        Raises:
            DiagnosisOff: it has.
            StoreError: the store cannot be read, so that nobody knows.
        """
        if self.store is None or not self.store.is_there:
            return
        # Imported here: it is of no use to a deal note.
        from coach.service.workspace import refuse_diagnosis_off  # noqa: PLC0415

        await refuse_diagnosis_off(self.store.records.workspace_settings)

    async def diagnose_rep(self, packet: RepPacket, as_of: date) -> RepDiagnosis:
        """Diagnose a rep's material, with the rep's stored deal reviews, and keep it for the rep to read.

        See `coach.service.rep_diagnosis`.

        Raises:
            DiagnosisOff: the workspace has it switched off.
        """
        await self.refuse_diagnosis_off()
        return await self.memory.keep_diagnosis(await self.diagnosis_of(packet, as_of), packet)

    async def diagnosis_of(self, packet: RepPacket, as_of: date) -> RepDiagnosis:
        """A diagnosis, which is not kept."""
        earlier, notices = await self.memory.kept(DealReview, packet.rep, as_of)
        found = await diagnose_rep(packet, engine=self.engine, rubric=self.rubrics.rep, as_of=as_of, earlier=earlier)
        return found.model_copy(update={"notices": (*found.notices, *notices)})

    async def review_manager(self, talk: Conversation, held_on: date, *, about: str | None = None) -> ManagerReview:
        """Review a manager's conversation beside earlier ones, and keep it; see `coach.service.manager_review`.

        Args:
            talk: The conversation.
            held_on: Its day.
            about: Whose it is, where that is known otherwise than by the transcript.
        """
        given = await asyncio.to_thread(seen_talk, talk)
        review = await review_manager(talk, given, engine=self.engine, rubric=self.rubrics.talk, held_on=held_on)
        # "Manager" and "Speaker 1" are many people, and a conversation without a move shows nothing.
        named = about or ("" if is_role(review.manager) else review.manager)
        about = named if review.moves else ""
        earlier, notices = await self.memory.kept(ManagerReview, about, held_on, but=talk.transcript)
        review = await self.memory.keep_talk(review, about, talk.transcript)
        points = [
            Point(id=one.id, held_on=one.held_on, engine=one.provenance.engine, balance=one.balance) for one in earlier
        ]
        return review.model_copy(update={"trend": tuple(points), "notices": (*review.notices, *notices)})

    async def reviews(
        self, note: DealNote, *, rep: str | None = None, record: Key | None = None
    ) -> AsyncIterator[DealReview]:
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
            yield review if left else await self.memory.keep_deal(review, rep, note.note, record)

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

    async def checks(self) -> tuple[tuple[Literal["store", "model"], bool, str], ...]:
        """Whether the parts that requests need answer: of each its name, whether it does, and what there is to say."""
        found: list[tuple[Literal["store", "model"], bool, str]] = []
        if self.store is not None:
            try:
                async with asyncio.timeout(_PROMPTLY_S):
                    await self.store.records.keys.any()
            except StoreError as error:
                found.append(("store", False, error.code))
            except TimeoutError:
                found.append(("store", False, f"no answer within {_PROMPTLY_S:.0f} s"))
            else:
                writable = _may_write(self.settings.data_dir)
                found.append(("store", writable, "answers" if writable else "the data folder cannot be written"))
        resting = tuple(getattr(self.engine, "resting", ()))
        if self.settings.engine_name == "llm":
            said = "failing, and left alone for a while" if resting else "not known to fail"
            found.append(("model", not resting or self.settings.fallback, said))
        return tuple(found)

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
                await self.store.aclose()


def _may_write(folder: Path) -> bool:
    """Whether a folder can be written in; of one that is not there yet, whether it can be made."""
    there = next((one for one in (folder, *folder.absolute().parents) if one.exists()), folder)
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)
