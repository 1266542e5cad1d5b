"""Puts the parts together: the one place that knows which engine, rubric and settings go into a use case."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from coach.domain import DealNote, DealReview, Judgement, Label, Statement
from coach.engines.base import DealReading, Engine
from coach.engines.local import LocalEngine
from coach.errors import ConfigError
from coach.rubrics import BuyerEvidence, load
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
from coach.service.workers import Workers
from coach.settings import Settings, load_settings

if TYPE_CHECKING:
    from coach.store import Store


@dataclass(frozen=True, slots=True)
class Coach:
    """The use cases, ready to call."""

    settings: Settings
    rubric: BuyerEvidence
    engine: Engine
    local: Engine
    """The embedded engine, which is there whatever else reads."""
    workers: Workers = field(default_factory=Workers)
    """Who works on texts."""
    store: Store | None = None
    """What is kept; None where nothing is bought."""

    async def review_deal(self, note: DealNote) -> DealReview:
        """Review a deal note; see `coach.service.deal_review.review_deal`."""
        return await review_deal(
            note,
            engine=self.engine,
            rubric=self.rubric,
            fiscal_year_start=self.settings.fiscal_year_start,
            run=self.workers,
        )

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
    rubric = load("buyer_evidence", settings.rubrics_dir)
    local = LocalEngine(lexicon=rubric.lexicon)
    workers = Workers(settings.workers if serving else 0, warm_up, rubric=rubric)
    if settings.engine_name == "local":
        return Coach(settings=settings, rubric=rubric, engine=local, local=local, workers=workers)
    from coach.store import Store  # noqa: PLC0415  as in `_llm`

    store = Store(settings.store)
    engine = _llm(settings, rubric, local, store, measured=measured)
    return Coach(settings=settings, rubric=rubric, engine=engine, local=local, workers=workers, store=store)


def _llm(settings: Settings, rubric: BuyerEvidence, local: LocalEngine, store: Store, *, measured: bool) -> Engine:
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
        rubric,
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
