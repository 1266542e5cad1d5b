"""Puts the parts together: the one place that knows which engine, rubric and settings go into a use case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coach.domain import DealNote, DealReview, Judgement, Label, Statement
from coach.engines.base import Engine
from coach.engines.local import LocalEngine
from coach.rubrics import BuyerEvidence, load
from coach.service.deal_review import judge_labels, review_deal, review_depends_on
from coach.settings import Settings, load_settings


@dataclass(frozen=True, slots=True)
class Coach:
    """The use cases, ready to call."""

    settings: Settings
    rubric: BuyerEvidence
    engine: Engine

    async def review_deal(self, note: DealNote) -> DealReview:
        """Review a deal note; see `coach.service.deal_review.review_deal`."""
        return await review_deal(
            note, engine=self.engine, rubric=self.rubric, fiscal_year_start=self.settings.fiscal_year_start
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
        """Load what the engine loads lazily, so that the first review is as quick as the second."""
        warm_up = getattr(self.engine, "warm_up", None)
        if warm_up is not None:
            warm_up()


def build(settings: Settings | None = None) -> Coach:
    """Wire Coach from settings.

    Raises:
        ConfigError: a setting is wrong.
        RubricError: a rubric file is wrong.
    """
    settings = settings or load_settings()
    rubric = load("buyer_evidence", settings.rubrics_dir)
    return Coach(settings=settings, rubric=rubric, engine=LocalEngine(lexicon=rubric.lexicon))
