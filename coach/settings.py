"""Settings from the environment or `.env` in the working directory, prefix `COACH_`; none is needed.

The only module that reads the environment.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from coach.errors import ConfigError


class Settings(BaseSettings):
    """What may be set; the README's table is made from these fields and a test keeps it true."""

    model_config = SettingsConfigDict(
        env_prefix="COACH_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    engine: Literal["local", "llm"] | None = Field(
        None,
        description="Which engine reads: `local`, the embedded one, or `llm`, a model; `llm` where a model is set.",
    )
    model: str | None = Field(
        None, min_length=1, description="The model, as litellm names it: `gpt-4o-mini`, `anthropic/claude-sonnet-4-5`."
    )
    fallback_models: str | None = Field(None, description="Models that stand in for it, in order, with commas between.")
    fallback: bool = Field(
        default=True, description="`off`: where no model answers, fail, rather than let the embedded engine answer."
    )
    api_base: str | None = Field(None, description="Address of the model's provider, where it is not its usual one.")
    api_key: SecretStr | None = Field(
        None, description="Key for the model's provider; its own variable, such as `OPENAI_API_KEY`, where not set."
    )
    json_schema: Literal["auto", "on", "off"] = Field(
        "auto", description="Whether the answer's JSON schema is sent: `auto` where the model is known to keep to one."
    )
    max_tokens: int = Field(4096, ge=256, description="Room for one answer, in tokens; longer notes are read in parts.")
    temperature: float | None = Field(0, ge=0, le=2, description="Temperature, left out for a model that takes none.")
    timeout_s: float = Field(60, gt=0, description="Seconds that one answer of a model may take.")
    deadline_s: float = Field(90, gt=0, description="Seconds that a whole reading may take, with every wait.")
    attempts: int = Field(3, ge=1, le=10, description="How often a model is asked that fails in a way that may pass.")
    budget_request_tokens: int | None = Field(None, gt=0, description="Most tokens that one note may take.")
    budget_request_usd: float | None = Field(None, gt=0, description="Most that one note may cost, in US dollars.")
    budget_day_tokens: int | None = Field(None, gt=0, description="Most tokens that a day may take, in UTC.")
    budget_day_usd: float | None = Field(None, gt=0, description="Most that a day may cost, in US dollars, in UTC.")
    host: str = Field("127.0.0.1", description="Address that `coach serve` listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port that `coach serve` listens on; 0 takes a free one.")
    text_workers: int | None = Field(
        None,
        ge=0,
        description="Processes beside that of `coach serve` that prepare and judge deal notes; unless set, one where "
        "there are cores for it.",
    )
    fiscal_year_start: int = Field(
        1, ge=1, le=12, description="Month the fiscal year starts in; `Q3`, `EOQ` and `year end` follow it."
    )
    data_dir: Path = Field(
        Path("coach-data"),
        description="Folder for what Coach keeps: what models answered and cost, reviews about people, answers of "
        "`coach eval run`.",
    )
    keep_reviews: bool = Field(
        default=True,
        description="`off`: keep no review about a rep or a manager, so that there is neither evidence from earlier "
        "deals nor a trend.",
    )
    rubrics_dir: Path | None = Field(
        None, description="Folder of rubrics to use instead of those that ship with Coach."
    )

    @property
    def engine_name(self) -> Literal["local", "llm"]:
        """The engine that is set, or the one that follows from what else is."""
        return self.engine or ("llm" if self.model else "local")

    @property
    def model_chain(self) -> tuple[str, ...]:
        """The model, and those that stand in for it, in order."""
        others = (name.strip() for name in (self.fallback_models or "").split(","))
        return (*([self.model] if self.model else []), *(name for name in others if name))

    def is_at_home(self, model: str) -> bool:
        """Whether a model is of the provider that `api_base` and `api_key` are for."""
        return self.model is not None and same_provider(model, self.model)

    @property
    def workers(self) -> int:
        """How many workers a service has: one keeps up with what one event loop can ask of a model."""
        return min(1, (os.cpu_count() or 1) - 1) if self.text_workers is None else self.text_workers

    @property
    def store(self) -> Path:
        """The file that holds what is kept."""
        return self.data_dir / "coach.sqlite3"

    @property
    def eval_cache(self) -> Path:
        """The file that holds answers of `coach eval run` for later runs."""
        return self.data_dir / "eval-cache.sqlite3"


def same_provider(one: str, other: str) -> bool:
    """Whether two models are known to be of one provider: a key never goes to another's by mistake."""
    return one == other or ("/" in one and one.partition("/")[0] == other.partition("/")[0] != other)


def load_settings() -> Settings:
    """Read the settings.

    Raises:
        ConfigError: a value is wrong; the message names the variable and what it must be.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = "COACH_" + "_".join(str(part) for part in first["loc"]).upper()
        raise ConfigError(f"{name}: {first['msg']}") from None
