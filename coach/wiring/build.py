"""Puts the parts together: the one place that knows which engine, rubric and settings go into a use case."""

from __future__ import annotations

from coach.domain.identity import MAIN
from coach.engines.base import Engine
from coach.engines.local import LocalEngine, shipped
from coach.errors import ConfigError
from coach.rubrics import Rubrics, load_all
from coach.service.deal_review import (
    warm_up,
)
from coach.service.workers import Workers
from coach.settings import Settings, load_settings
from coach.store import Store
from coach.wiring.coach import Coach
from coach.wiring.memory import Memory
from coach.wiring.places import workspaces


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
    encoder = shipped() if settings.encoder else None
    local = LocalEngine(rubrics.deal.lexicon, encoder=encoder, encoder_may_fail=not measured)
    # A service's own is the main one; a request's key says which other one it is for.
    store = workspaces(settings).store(MAIN if serving else settings.workspace)
    engine = local if settings.engine_name == "local" else _llm(settings, rubrics, local, store, measured=measured)
    workers = Workers(settings.workers if serving else 0, warm_up, rubric=rubrics.deal)
    return Coach(
        settings=settings,
        rubrics=rubrics,
        engine=engine,
        local=local,
        workers=workers,
        memory=Memory(store if settings.keep_reviews and not measured else None),
        store=store,
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
            redact=settings.redact,
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
