"""Settings from the environment or `.env` in the working directory, prefix `COACH_`; none is needed.

The only module that reads the environment.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from coach.errors import ConfigError


class Settings(BaseSettings):
    """What may be set; the README's table is made from these fields and a test keeps it true."""

    model_config = SettingsConfigDict(
        env_prefix="COACH_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    engine: Literal["local"] = Field("local", description="Which engine reads: `local`, the embedded one.")
    host: str = Field("127.0.0.1", description="Address that `coach serve` listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port that `coach serve` listens on; 0 takes a free one.")
    fiscal_year_start: int = Field(
        1, ge=1, le=12, description="Month the fiscal year starts in; `Q3`, `EOQ` and `year end` follow it."
    )
    data_dir: Path = Field(
        Path("coach-data"), description="Folder for what Coach keeps; now, the answers that `coach eval run` may reuse."
    )
    rubrics_dir: Path | None = Field(
        None, description="Folder of rubrics to use instead of those that ship with Coach."
    )

    @property
    def eval_cache(self) -> Path:
        """The file that holds answers of `coach eval run` for later runs."""
        return self.data_dir / "eval-cache.sqlite3"


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
