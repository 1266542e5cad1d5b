"""Settings from the environment or `.env` in the working directory, prefix `COACH_`; none is needed.

The only module that reads the environment.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator
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
    redact: bool = Field(
        default=True,
        description="`off`: a model is shown mail addresses, phone, card, account and identity numbers, and the names "
        "of people in the deal, as the note has them.",
    )
    timeout_s: float = Field(60, gt=0, description="Seconds that one answer of a model may take.")
    deadline_s: float = Field(90, gt=0, description="Seconds that a whole reading may take, with every wait.")
    attempts: int = Field(3, ge=1, le=10, description="How often a model is asked that fails in a way that may pass.")
    budget_request_tokens: int | None = Field(None, gt=0, description="Most tokens that one note may take.")
    budget_request_usd: float | None = Field(None, gt=0, description="Most that one note may cost, in US dollars.")
    budget_day_tokens: int | None = Field(None, gt=0, description="Most tokens that a day may take, in UTC.")
    budget_day_usd: float | None = Field(None, gt=0, description="Most that a day may cost, in US dollars, in UTC.")
    host: str = Field("127.0.0.1", description="Address that `coach serve` listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port that `coach serve` listens on; 0 takes a free one.")
    workspace: str = Field(
        "main",
        pattern=r"^[a-z][a-z0-9]{0,30}$",
        description="Workspace that the command line works in; over HTTP a key opens its own.",
    )
    url: str | None = Field(
        None,
        pattern=r"^https?://",
        description="Address of the service that `coach mcp` asks, such as `https://coach.example`; where not set, it "
        "works on this machine's own data.",
    )
    key: SecretStr | None = Field(
        None,
        description="The API key, `ck_…`, that `coach mcp` acts by; on this machine's own data, without one, it may do "
        "all that the command line may.",
    )
    let_anyone_in: bool = Field(
        default=False,
        description="`yes`: whoever reaches this service may read and change everything, without a key; it starts on "
        "an address that others reach, and no key was made. For a trial, on a port that is published to this machine "
        "alone.",
    )
    secret: SecretStr | None = Field(
        None,
        min_length=32,
        description="What keys and sign-ins are hashed and signed with, at least 32 characters; a file in "
        "`COACH_DATA_DIR`, made at first need, where not set. Several services over one database need the same one.",
    )
    session_minutes: float = Field(15, gt=0, description="Minutes that a sign-in lasts unused.")
    session_hours: float = Field(12, gt=0, description="Hours after which somebody has to sign in again.")
    oidc_issuer: str | None = Field(
        None, description="Address of an OpenID Connect provider, such as `https://login.example`, to sign in by."
    )
    oidc_client_id: str | None = Field(None, description="What the provider calls Coach.")
    oidc_client_secret: SecretStr | None = Field(None, description="The secret that the provider gave it.")
    oidc_name: str = Field("your company account", description="What the sign-in page calls the provider.")
    public_url: str | None = Field(
        None,
        pattern=r"^https?://[^/]+$",
        description="Address that browsers reach this service by, such as `https://coach.example`; the provider sends "
        "them back to it.",
    )
    hubspot_client_secret: SecretStr | None = Field(
        None, min_length=1, description="The client secret of your HubSpot app, which HubSpot signs its requests with."
    )
    hubspot_portal: str | None = Field(
        None,
        pattern=r"^[0-9]{1,19}$",
        description="The id of the HubSpot account whose requests are answered; every account that has the app, where "
        "not set.",
    )
    pipedrive_secret: SecretStr | None = Field(
        None,
        min_length=16,
        description="The JWT secret of the panel of your Pipedrive app, or the app's client secret where the panel has "
        "none; `COACH_PIPEDRIVE_COMPANY` goes with it.",
    )
    pipedrive_company: str | None = Field(
        None,
        pattern=r"^[0-9]{1,19}$",
        description="The id of the Pipedrive company whose users are answered.",
    )
    zendesk_public_key: str | None = Field(
        None,
        pattern=r"^-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]|\\n)+-----END PUBLIC KEY-----(\s|\\n)*$",
        description="The public key of your Zendesk app, as PEM; a line may end in `\\n`. "
        "`COACH_ZENDESK_AUDIENCE` goes with it.",
    )
    zendesk_audience: str | None = Field(
        None,
        pattern=r"^https://[A-Za-z0-9.-]+/\S+$",
        description="The address of the app's installation, which Zendesk's tokens are for: "
        "`https://acme.zendesk.com/api/v2/apps/installations/12.json`.",
    )
    rate_limit: str = Field(
        "600/minute",
        description="How often a key may ask: a number per `second`, `minute` or `hour`, for each process; or `off`. "
        "Where nobody has to log in, nothing is limited.",
    )
    concurrency: int = Field(64, ge=1, description="Requests that are worked on at once; the next ones wait in turn.")
    waiting: int = Field(
        256, ge=0, description="Requests that may wait, ten seconds each; beyond that the answer is 503 at once."
    )
    request_timeout_s: float = Field(
        120,
        gt=0,
        le=600,
        description="Seconds that a request may take, imports and streams apart; then it is given up.",
    )
    shutdown_s: int = Field(
        30, ge=1, description="Seconds that a service which is stopped takes for what it has begun."
    )
    cors_origins: str | None = Field(
        None, description="Sites whose pages may call the API, with commas between: `https://crm.example`; none unset."
    )
    frame_ancestors: str = Field(
        "'self'",
        pattern=r"^('none'|('self'|https?://[A-Za-z0-9.*:-]+)( ('self'|https?://[A-Za-z0-9.*:-]+))*)$",
        description="Sites that may show the pages in a frame, with spaces between: `'self' https://crm.example`.",
    )
    log_format: Literal["json", "text"] = Field("json", description="How `coach serve` writes its log to stderr.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="The lowest level that it writes; at `info` a line for each request."
    )
    otlp_endpoint: str | None = Field(
        None,
        pattern=r"^https?://",
        description="Address of an OpenTelemetry collector that traces are sent to over HTTP, such as "
        "`http://collector:4318`.",
    )
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
        description="Folder for what Coach keeps: what models answered and cost, people, deals, reviews, agreements, "
        "answers of `coach eval run`.",
    )
    database_url: SecretStr | None = Field(
        None,
        description="Database for people, deals, reviews and agreements, `postgresql://user:password@host/name`; a "
        "SQLite file in `COACH_DATA_DIR` unless set.",
    )
    eval_runs: Path = Field(
        Path("runs"),
        description="Folder whose folders, each written by `coach eval run --out`, the page `/evals` shows to whoever "
        "may read reviews in `COACH_WORKSPACE`.",
    )
    time_zone: str = Field(
        "UTC", description="Where the company's day begins, such as `Europe/Berlin`: moments in CRM data become days."
    )
    keep_reviews: bool = Field(
        default=True,
        description="`off`: keep no review about a rep or a manager, so that there is neither evidence from earlier "
        "deals nor a trend.",
    )
    encoder: bool = Field(
        default=True,
        description="`off`: the embedded engine reads with its smaller models alone, which take less memory and err "
        "more often.",
    )
    rubrics_dir: Path | None = Field(
        None, description="Folder of rubrics to use instead of those that ship with Coach."
    )

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ValueError, OSError, KeyError):
            raise ValueError("no time zone has this name; write it as Europe/Berlin") from None
        return name

    @field_validator("rate_limit")
    @classmethod
    def _a_rate(cls, rate: str) -> str:
        if rate != "off" and not re.fullmatch(r"[1-9][0-9]{0,8}/(second|minute|hour)", rate):
            raise ValueError("write it as 600/minute, or off")
        return rate

    @field_validator("cors_origins")
    @classmethod
    def _origins(cls, origins: str | None) -> str | None:
        for origin in (origins or "").split(","):
            if origin.strip() and not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+", origin.strip()):
                raise ValueError("write each as https://crm.example, with commas between")
        return origins

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
    def secret_file(self) -> Path:
        """The file that holds what keys are hashed with, where it is not set."""
        return self.data_dir / "secret"

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
