"""The one module that imports litellm: late, in a thread, and with everything that calls home switched off before.

litellm takes seconds to import and blocks while it does; a note that the embedded engine reads never pays for it.
Nothing here retries: litellm is told not to, `asking` decides.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import JsonValue

from coach.domain import Usage
from coach.engines.llm.call import Call, Reply, Target
from coach.engines.llm.failures import ours

_ENVIRONMENT = {
    # No price list and no header list from the network, no `.env` of the working directory, no other transport.
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS": "True",
    "LITELLM_MODE": "PRODUCTION",
    "LITELLM_RUST": "0",
}
_ONCE = threading.Lock()


@lru_cache(maxsize=1)
def _litellm() -> Any:  # noqa: ANN401  the library has no types worth the name
    with _ONCE:
        for name, value in _ENVIRONMENT.items():
            os.environ.setdefault(name, value)
        import litellm  # noqa: PLC0415  seconds; see above

        litellm.suppress_debug_info = True
        litellm.telemetry = False
        # Its own log, and that of what it stands on, holds requests, and these hold notes.
        for logger in ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy", "openai", "httpx", "httpcore"):
            logging.getLogger(logger).setLevel(logging.CRITICAL)
        return litellm


async def _loaded() -> Any:  # noqa: ANN401  as above
    return _litellm() if _litellm.cache_info().currsize else await asyncio.to_thread(_litellm)


class LitellmClient:
    """Puts calls to any model that litellm reaches; see `coach.engines.llm.call.Client`."""

    def __init__(self) -> None:
        self._no_temperature: set[str] = set()
        self._traits: dict[tuple[str, str | None], _Traits] = {}

    def warm_up(self) -> None:
        """Load now what would be loaded at the first call: half of it is not loaded by the import."""
        said = [{"role": "user", "content": "warm up"}]
        _litellm().completion(model="gpt-4o-mini", messages=said, mock_response="done")  # asks nobody

    async def complete(self, target: Target, call: Call, *, timeout_s: float) -> Reply:
        """Ask once; see the protocol."""
        litellm = await _loaded()
        while True:
            parameters = self._parameters(litellm, target, call)
            provider = self._known(litellm, target).provider
            try:
                response = await litellm.acompletion(
                    model=target.model,
                    messages=_messages(provider, call),
                    api_base=target.api_base,
                    api_key=target.api_key.get_secret_value() if target.api_key else None,
                    timeout=timeout_s,
                    max_retries=0,
                    drop_params=False,
                    **parameters,
                )
            except litellm.UnsupportedParamsError as error:
                # Raised before anything is sent: some models take no temperature but their own.
                if "temperature" not in parameters:
                    raise ours(error, target.model) from None
                self._no_temperature.add(target.model)
            except Exception as error:  # noqa: BLE001  whatever it is, it becomes an error of ours
                raise ours(error, target.model) from None
            else:
                return _reply(response, parameters)

    async def price(self, target: Target, prompt_tokens: int, completion_tokens: int) -> float | None:
        """What so many tokens cost; see the protocol."""
        litellm = await _loaded()
        try:
            prompt, completion = litellm.cost_per_token(
                model=target.model, prompt_tokens=prompt_tokens, completion_tokens=completion_tokens
            )
        except Exception:  # noqa: BLE001  litellm has several ways to say that it does not know the model
            return None
        return float(prompt) + float(completion)

    async def close(self) -> None:
        """Close the connections; a program that ends without this prints a complaint."""
        if not _litellm.cache_info().currsize:
            return
        litellm = _litellm()
        await litellm.close_litellm_async_clients()
        # It keeps the closed clients, and gives them out again in the same loop.
        cached = litellm.in_memory_llm_clients_cache.cache_dict
        for key in [key for key, client in cached.items() if type(client).__name__ == "AsyncOpenAI"]:
            del cached[key]

    def _parameters(self, litellm: Any, target: Target, call: Call) -> dict[str, JsonValue]:  # noqa: ANN401
        known = self._known(litellm, target)
        parameters: dict[str, JsonValue] = {"max_tokens": min(call.max_tokens, known.most_tokens or call.max_tokens)}
        if call.temperature is not None and target.model not in self._no_temperature:
            parameters["temperature"] = call.temperature
        if target.json_schema == "on" or (target.json_schema == "auto" and known.takes_schema):
            schema: JsonValue = {"name": call.schema_name, "strict": True, "schema": call.schema_}
            parameters["response_format"] = {"type": "json_schema", "json_schema": schema}
        return parameters

    def _known(self, litellm: Any, target: Target) -> _Traits:  # noqa: ANN401
        """What litellm knows of a model; it takes its time to look, and says the same each time."""
        key = target.model, target.api_base
        if key not in self._traits:
            model, provider = _provider(litellm, target)
            self._traits[key] = _Traits(
                provider, _most_tokens(litellm, target.model), litellm.supports_response_schema(model, provider)
            )
        return self._traits[key]


class _Traits(NamedTuple):
    provider: str
    most_tokens: int | None
    """The most tokens that a model answers with, where litellm knows it."""
    takes_schema: bool


def _messages(provider: str, call: Call) -> list[dict[str, Any]]:
    user = {"role": "user", "content": call.user}
    if call.system is None:
        return [user]
    content: Any = call.system
    if provider == "anthropic":
        # Others keep the beginning of a prompt unasked; this one wants to be told where it ends.
        content = [{"type": "text", "text": call.system, "cache_control": {"type": "ephemeral"}}]
    return [{"role": "system", "content": content}, user]


def _provider(litellm: Any, target: Target) -> tuple[str, str]:  # noqa: ANN401
    try:
        model, provider, *_ = litellm.get_llm_provider(target.model, api_base=target.api_base)
    except Exception as error:  # noqa: BLE001
        raise ours(error, target.model) from None
    return model, provider


def _most_tokens(litellm: Any, model: str) -> int | None:  # noqa: ANN401
    try:
        most: int | None = litellm.get_model_info(model).get("max_output_tokens")
    except Exception:  # noqa: BLE001  as in `price`
        return None
    return most


def _reply(response: Any, parameters: dict[str, JsonValue]) -> Reply:  # noqa: ANN401
    choice = response.choices[0] if response.choices else None
    message = choice.message if choice else None
    special = (getattr(message, "provider_specific_fields", None) or {}) if message else {}
    refused = bool(special.get("refusal")) or (choice is not None and choice.finish_reason == "content_filter")
    return Reply(
        text=(message.content or None) if message else None,
        truncated=choice is not None and choice.finish_reason == "length",
        refused=refused,
        usage=_usage(getattr(response, "usage", None)),
        cost_usd=(getattr(response, "_hidden_params", None) or {}).get("response_cost"),
        parameters=parameters,
    )


def _usage(usage: Any) -> Usage | None:  # noqa: ANN401
    if usage is None or not (usage.prompt_tokens or usage.completion_tokens):
        return None
    cached = getattr(getattr(usage, "prompt_tokens_details", None), "cached_tokens", None)
    return Usage(
        prompt_tokens=usage.prompt_tokens, completion_tokens=usage.completion_tokens, cached_tokens=cached or 0
    )
