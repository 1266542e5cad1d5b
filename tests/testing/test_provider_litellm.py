"""litellm takes the provider for a real one: each fault becomes the class of error that the real one's would."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from typing import Any

import pytest

from coach.testing.provider import Fault, Provider

os.environ.update(
    LITELLM_LOCAL_MODEL_COST_MAP="True", LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS="True", LITELLM_MODE="PRODUCTION"
)
pytestmark = pytest.mark.filterwarnings(
    "ignore:Item .* is using the .ReadOnly. qualifier:UserWarning",
    "ignore:Accessing the 'model_.*' attribute on the instance is deprecated:DeprecationWarning",
)
both = pytest.mark.parametrize("protocol", ["openai", "anthropic"])
whole_and_stream = pytest.mark.parametrize("stream", [False, True])

RAISES = {
    Fault.RATE_LIMITED: ("RateLimitError", "RateLimitError"),
    Fault.QUOTA: ("RateLimitError", "BadRequestError"),
    Fault.SERVER_ERROR: ("InternalServerError", "InternalServerError"),
    Fault.BAD_GATEWAY: ("BadGatewayError", "BadGatewayError"),
    Fault.UNAVAILABLE: ("ServiceUnavailableError", "ServiceUnavailableError"),
    Fault.OVERLOADED: ("APIError", "InternalServerError"),
    Fault.AUTH: ("AuthenticationError", "AuthenticationError"),
    Fault.PERMISSION: ("BadRequestError", "PermissionDeniedError"),
    Fault.NOT_FOUND: ("NotFoundError", "NotFoundError"),
    Fault.BAD_REQUEST: ("BadRequestError", "BadRequestError"),
    Fault.CONTEXT_TOO_LONG: ("ContextWindowExceededError", "ContextWindowExceededError"),
    Fault.CONTENT_POLICY: ("ContentPolicyViolationError", "ContentPolicyViolationError"),
    Fault.RESET: ("InternalServerError", "InternalServerError"),
    Fault.CUT: ("InternalServerError", "InternalServerError"),
    Fault.HANG: ("Timeout", "Timeout"),
}
ENDS = {
    Fault.TRUNCATED: ("length", "length"),
    Fault.TRUNCATED_JSON: ("stop", "stop"),
    Fault.REFUSAL: ("stop", "content_filter"),
    Fault.EMPTY: ("stop", "stop"),
}


@pytest.fixture
async def litellm() -> AsyncIterator[Any]:
    import litellm as module  # noqa: PLC0415  takes seconds

    module.suppress_debug_info = True
    yield module
    await module.close_litellm_async_clients()
    # What is closed is kept under the address of the event loop, and the next loop may get the same one.
    cache = module.in_memory_llm_clients_cache
    for key in [key for key, client in cache.cache_dict.items() if type(client).__name__ == "AsyncOpenAI"]:
        del cache.cache_dict[key]


async def ask(litellm: Any, provider: Provider, protocol: str, model: str = "any", **more: Any) -> Any:
    base = {"openai": provider.openai_base, "anthropic": provider.anthropic_base}[protocol]
    messages = [{"role": "system", "content": "Read notes."}, {"role": "user", "content": "Dana signed."}]
    if more.get("stream"):
        more["stream_options"] = {"include_usage": True}
    answer = await litellm.acompletion(
        model=f"{protocol}/{model}",
        messages=messages,
        api_base=base,
        api_key="sk-secret",
        max_retries=0,
        max_tokens=100,
        **{"timeout": 20, **more},
    )
    if more.get("stream"):
        return litellm.stream_chunk_builder([chunk async for chunk in answer])
    return answer


@both
@whole_and_stream
async def test_the_answer_and_its_tokens_arrive(
    litellm: Any, provider: Provider, content: str, protocol: str, stream: bool
) -> None:
    answer = await ask(litellm, provider, protocol, stream=stream)
    assert (content, "stop") == (answer.choices[0].message.content, answer.choices[0].finish_reason)
    usage = answer.usage
    assert (100, 20, 60) == (usage.prompt_tokens, usage.completion_tokens, usage.prompt_tokens_details.cached_tokens)
    (asked,) = provider.asked
    assert (protocol, "any", "Read notes.", "Dana signed.") == (asked.protocol, asked.model, asked.system, asked.user)
    assert "sk-secret" not in str(asked)


@both
@whole_and_stream
@pytest.mark.parametrize("fault", RAISES)
async def test_a_fault_becomes_the_error_of_litellm(
    litellm: Any, provider: Provider, protocol: str, stream: bool, fault: Fault
) -> None:
    expected = RAISES[fault][protocol == "anthropic"]
    if (fault, stream) == (Fault.CUT, True):
        expected = "MidStreamFallbackError"
    timeout = 0.3 if fault is Fault.HANG else 20
    with pytest.raises(getattr(litellm.exceptions, expected)) as raised:
        await ask(litellm, provider, protocol, f"any@{fault}", stream=stream, timeout=timeout)
    assert expected == type(raised.value).__name__
    # litellm asks Anthropic once more where the connection was reset.
    assert (2 if (fault, protocol) == (Fault.RESET, "anthropic") else 1) == provider.received


@both
async def test_retry_after_arrives(litellm: Any, provider: Provider, protocol: str) -> None:
    with pytest.raises(litellm.RateLimitError) as raised:
        await ask(litellm, provider, protocol, "any@rate_limited=7")
    assert "7" == raised.value.litellm_response_headers["retry-after"]


@both
@whole_and_stream
@pytest.mark.parametrize("fault", ENDS)
async def test_an_answer_that_ends_otherwise_is_told_by_litellm(
    litellm: Any, provider: Provider, content: str, protocol: str, stream: bool, fault: Fault
) -> None:
    answer = await ask(litellm, provider, protocol, f"any@{fault}", stream=stream)
    expected = content[: len(content) // 2] if fault in {Fault.TRUNCATED, Fault.TRUNCATED_JSON} else ""
    choice = answer.choices[0]
    assert (expected, ENDS[fault][protocol == "anthropic"]) == (choice.message.content or "", choice.finish_reason)


async def test_the_words_of_a_refusal_arrive(litellm: Any, provider: Provider) -> None:
    answer = await ask(litellm, provider, "openai", "any@refusal")
    assert "I'm sorry, but I can't help with that." == answer.choices[0].message.provider_specific_fields["refusal"]


async def test_a_filter_ends_the_answer_of_one_and_is_an_error_of_the_other(litellm: Any, provider: Provider) -> None:
    answer = await ask(litellm, provider, "openai", "any@content_filter")
    assert ("", "content_filter") == (answer.choices[0].message.content, answer.choices[0].finish_reason)
    with pytest.raises(litellm.ContentPolicyViolationError):
        await ask(litellm, provider, "anthropic", "any@content_filter")


@both
@whole_and_stream
async def test_an_answer_to_a_schema_arrives_as_text(
    litellm: Any, provider: Provider, content: str, protocol: str, stream: bool
) -> None:
    schema = {"type": "object", "properties": {"statements": {"type": "array"}}}
    wanted = {"type": "json_schema", "json_schema": {"name": "reading", "strict": True, "schema": schema}}
    answer = await ask(litellm, provider, protocol, stream=stream, response_format=wanted)
    assert json.loads(content) == json.loads(answer.choices[0].message.content)
