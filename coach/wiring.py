"""Puts the parts together: the one place that knows which engine, rubric and settings go into a use case."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from pydantic import ValidationError

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
from coach.engines.local import LocalEngine
from coach.errors import ConfigError
from coach.rubrics import BuyerEvidence, Rubrics, load_all
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
from coach.settings import Settings, load_settings
from coach.store import Store

_ReviewT = TypeVar("_ReviewT", DealReview, ManagerReview)
_MOST_EARLIER = 20
"""Stored reviews that are taken as evidence, or shown as a trend: the latest."""


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
    store: Store | None = None
    """What is kept about people; None where nothing is."""

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
        if rep:
            await self._keep(review, rep, review.written_on)
        return review

    async def diagnose_rep(self, packet: RepPacket, as_of: date) -> RepDiagnosis:
        """Diagnose a rep's material, with the rep's stored deal reviews; see `coach.service.rep_diagnosis`."""
        earlier = await self._kept(DealReview, packet.rep, as_of)
        return await diagnose_rep(packet, engine=self.engine, rubric=self.rubrics.rep, as_of=as_of, earlier=earlier)

    async def review_manager(self, talk: Conversation, held_on: date) -> ManagerReview:
        """Review a manager's conversation beside earlier ones, and keep it; see `coach.service.manager_review`."""
        given = await asyncio.to_thread(seen_talk, talk)
        review = await review_manager(talk, given, engine=self.engine, rubric=self.rubrics.talk, held_on=held_on)
        earlier = await self._kept(ManagerReview, review.manager, held_on)
        points = [Point(id=one.id, held_on=one.held_on, balance=one.balance) for one in earlier if one.id != review.id]
        review = review.model_copy(update={"trend": tuple(points)})
        await self._keep(review.model_copy(update={"trend": ()}), review.manager, held_on)
        return review

    async def _keep(self, review: DealReview | ManagerReview, about: str, day: date) -> None:
        if self.store is not None:
            content = review.model_dump_json(by_alias=True)
            await asyncio.to_thread(self.store.reviews.put, review.schema_, review.id, about, day, content)

    async def _kept(self, kind: type[_ReviewT], about: str, until: date) -> list[_ReviewT]:
        """The latest reviews about a person; one of another version of Coach that cannot be read is left out."""
        if self.store is None or not about.strip():
            return []
        schema = kind.model_fields["schema_"].default
        found = await asyncio.to_thread(self.store.reviews.about, schema, about, until=until, most=_MOST_EARLIER)
        readable = []
        for content in found:
            with suppress(ValidationError):
                readable.append(kind.model_validate_json(content))
        return readable

    def reviews(self, note: DealNote) -> AsyncIterator[DealReview]:
        """Review a deal note by the embedded engine at once, then by the one that is set, where that is another."""
        return review_in_turn(
            note,
            engines=[self.local] if self.engine is self.local else [self.local, self.engine],
            rubric=self.rubric,
            fiscal_year_start=self.settings.fiscal_year_start,
            run=self.workers,
        )

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


def build(settings: Settings | None = None, *, measured: bool = False, serving: bool = False) -> Coach:
    """Wire Coach from settings.

    Args:
        settings: What is set; read from the environment where None.
        measured: For an evaluation: the one engine and model that are set answer, or nobody does, and nothing that was
            answered before is given again.
        serving: For a service: with the workers that are set, once it is started.

    Raises:
        ConfigError: a setting is wrong.
        RubricError: a rubric file is wrong.
    """
    settings = settings or load_settings()
    rubrics = load_all(settings.rubrics_dir)
    local = LocalEngine(lexicon=rubrics.deal.lexicon)
    store = Store(settings.store)
    engine = local if settings.engine_name == "local" else _llm(settings, rubrics, local, store, measured=measured)
    workers = Workers(settings.workers if serving else 0, warm_up, rubric=rubrics.deal)
    keeps = settings.keep_reviews and not measured
    return Coach(
        settings=settings,
        rubrics=rubrics,
        engine=engine,
        local=local,
        workers=workers,
        store=store if keeps else None,
    )


def _llm(settings: Settings, rubrics: Rubrics, local: LocalEngine, store: Store, *, measured: bool) -> Engine:
    # Imported here: a note that the embedded engine reads should not wait for what it does not use.
    from coach.engines.llm import Asked, Budgets, LitellmClient, LlmEngine, Patience, Target  # noqa: PLC0415
    from coach.engines.select import WithFallback  # noqa: PLC0415

    if settings.model is None:
        raise ConfigError("COACH_ENGINE is llm, and no model is set; set COACH_MODEL to a model as litellm names it")
    stand_ins = () if measured else settings.model_chain[1:]
    chain = [
        Target(
            model=model,
            # Address and key are those of the model's own provider; another provider has its own.
            api_base=settings.api_base if settings.is_at_home(model) else None,
            api_key=settings.api_key if settings.is_at_home(model) else None,
            json_schema=settings.json_schema,
        )
        for model in (settings.model, *stand_ins)
    ]
    engine = LlmEngine(
        rubrics,
        chain,
        LitellmClient(),
        asked=Asked(
            max_tokens=settings.max_tokens,
            temperature=settings.temperature,
            patience=Patience(attempts=settings.attempts, timeout_s=settings.timeout_s, deadline_s=settings.deadline_s),
            budgets=Budgets(
                request_tokens=settings.budget_request_tokens,
                request_usd=settings.budget_request_usd,
                day_tokens=settings.budget_day_tokens,
                day_usd=settings.budget_day_usd,
            ),
        ),
        kept=None if measured else store.readings,
        ledger=store.ledger,
    )
    return engine if measured or not settings.fallback else WithFallback(engine, local)
