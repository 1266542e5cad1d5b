"""Which engine reads, as the command line may say it: over the settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from coach.settings import Settings


def engine_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add --engine and --model."""
    for option in (
        click.option(
            "--model", help="The model that the engine llm asks, as litellm names it.  [default: COACH_MODEL]"
        ),
        click.option(
            "--engine",
            type=click.Choice(["local", "llm"]),
            help="Which engine reads.  [default: COACH_ENGINE, else llm where a model is set, else local]",
        ),
    ):
        command = option(command)
    return command


fallback_option = click.option(
    "--no-fallback", is_flag=True, help="Fail where the model does not answer, rather than read without it."
)


def chosen_settings(engine: str | None = None, model: str | None = None, **others: Any) -> Settings:  # noqa: ANN401
    """The settings, with what the command line says instead.

    Args:
        engine: Which engine reads; a model alone says that a model does.
        model: Which model.
        others: Further settings.

    Raises:
        ConfigError: a setting is wrong.
    """
    from coach.settings import load_settings, same_provider

    settings = load_settings()
    said = others | ({"model": model} if model else {}) | ({"engine": engine or "llm"} if engine or model else {})
    if model and settings.model and not same_provider(model, settings.model):
        said |= {"api_base": None, "api_key": None}  # of the model that is set
    return settings.model_copy(update=said)
