"""One call of a model: to whom, what is said, what came back."""

from __future__ import annotations

from typing import Any, Literal, Protocol

from pydantic import Field, JsonValue, SecretStr

from coach.domain import Usage
from coach.domain.base import Frozen

JsonSchema = Literal["auto", "on", "off"]


class Target(Frozen):
    """A model, and where it is reached."""

    model: str = Field(min_length=1)
    """As litellm names it: `gpt-4o-mini`, `anthropic/claude-sonnet-4-5`, `ollama_chat/llama3.1`."""
    api_base: str | None = None
    api_key: SecretStr | None = None
    """The provider's own variable where None."""
    json_schema: JsonSchema = "auto"
    """Whether the answer's schema is sent: always, never, or where litellm knows that the model keeps to it."""


class Call(Frozen):
    """What is said to a model, and how it is to answer."""

    system: str | None
    user: str
    max_tokens: int = Field(gt=0)
    temperature: float | None = Field(ge=0)
    """None leaves it to the provider."""
    schema_: dict[str, Any]
    """JSON schema of the answer."""
    schema_name: str


class Reply(Frozen):
    """What came back of one call."""

    text: str | None
    """None where the model declined, or said nothing."""
    truncated: bool = False
    """The answer had no room for more."""
    refused: bool = False
    """The model declined, or a filter stopped it."""
    usage: Usage | None = None
    cost_usd: float | None = None
    parameters: dict[str, JsonValue] = Field(default_factory=dict)
    """Every parameter that was really sent, the messages apart."""


class Client(Protocol):
    """Whoever can put a call to a model."""

    async def complete(self, target: Target, call: Call, *, timeout_s: float) -> Reply:
        """Ask once.

        Raises:
            EngineError: no answer; `transient` says whether asking again may help.
        """

    async def price(self, target: Target, prompt_tokens: int, completion_tokens: int) -> float | None:
        """What so many tokens cost in US dollars; None where that is not known."""
