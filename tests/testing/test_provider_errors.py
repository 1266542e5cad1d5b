"""Each fault that is an error has the status, the headers and the body that the real provider sends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import httpx2
import pytest

from coach.testing.provider import Fault, Provider

Post = Callable[..., Awaitable[httpx2.Response]]

OPENAI = {
    Fault.RATE_LIMITED: (429, "requests", None, "rate_limit_exceeded", "Rate limit reached for any"),
    Fault.QUOTA: (429, "insufficient_quota", None, "insufficient_quota", "You exceeded your current quota"),
    Fault.SERVER_ERROR: (500, "server_error", None, None, "The server had an error"),
    Fault.UNAVAILABLE: (503, "server_error", None, None, "The engine is currently overloaded"),
    Fault.OVERLOADED: (529, "overloaded_error", None, None, "Overloaded"),
    Fault.AUTH: (401, "invalid_request_error", None, "invalid_api_key", "Incorrect API key provided"),
    Fault.PERMISSION: (403, "invalid_request_error", None, None, "You have insufficient permissions"),
    Fault.NOT_FOUND: (404, "invalid_request_error", None, "model_not_found", "The model `any` does not exist"),
    Fault.BAD_REQUEST: (400, "invalid_request_error", "max_tokens", "unsupported_parameter", "Unsupported parameter"),
    Fault.CONTEXT_TOO_LONG: (400, "invalid_request_error", "messages", "context_length_exceeded", "This model's maxim"),
    Fault.CONTENT_POLICY: (400, "invalid_request_error", None, "invalid_prompt", "Invalid prompt"),
}
ANTHROPIC = {
    Fault.RATE_LIMITED: (429, "rate_limit_error", "This request would exceed"),
    Fault.QUOTA: (400, "invalid_request_error", "Your credit balance is too low"),
    Fault.SERVER_ERROR: (500, "api_error", "Internal server error"),
    Fault.UNAVAILABLE: (503, "api_error", "Service unavailable"),
    Fault.OVERLOADED: (529, "overloaded_error", "Overloaded"),
    Fault.AUTH: (401, "authentication_error", "invalid x-api-key"),
    Fault.PERMISSION: (403, "permission_error", "Your API key does not have permission"),
    Fault.NOT_FOUND: (404, "not_found_error", "model: any"),
    Fault.BAD_REQUEST: (400, "invalid_request_error", "temperature: Extra inputs are not permitted"),
    Fault.CONTEXT_TOO_LONG: (400, "invalid_request_error", "prompt is too long: 210001 tokens > 200000 maximum"),
    Fault.CONTENT_POLICY: (400, "invalid_request_error", "Output blocked by content filtering policy"),
    Fault.CONTENT_FILTER: (400, "invalid_request_error", "Output blocked by content filtering policy"),
}


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("fault", OPENAI)
async def test_an_error_has_the_shape_of_openai(provider: Provider, post: Post, fault: Fault, stream: bool) -> None:
    provider.script(fault)
    answer = await post("openai", stream=stream)
    status, kind, param, code, message = OPENAI[fault]
    error = answer.json()["error"]
    assert {"error"} == answer.json().keys()
    assert (status, kind, param, code) == (answer.status_code, error["type"], error["param"], error["code"])
    assert error["message"].startswith(message)
    assert ("application/json", "req_00000001") == (answer.headers["content-type"], answer.headers["x-request-id"])
    assert "retry-after" not in answer.headers


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("fault", ANTHROPIC)
async def test_an_error_has_the_shape_of_anthropic(provider: Provider, post: Post, fault: Fault, stream: bool) -> None:
    provider.script(fault)
    answer = await post("anthropic", stream=stream)
    status, kind, message = ANTHROPIC[fault]
    told = answer.json()
    assert (status, "error", kind) == (answer.status_code, told["type"], told["error"]["type"])
    assert told["error"]["message"].startswith(message)
    assert "req_00000001" == told["request_id"] == answer.headers["request-id"]
    assert "retry-after" not in answer.headers


@pytest.mark.parametrize("protocol", ["openai", "anthropic"])
@pytest.mark.parametrize("fault", [Fault.RATE_LIMITED, Fault.UNAVAILABLE, Fault.OVERLOADED])
@pytest.mark.parametrize(("seconds", "header"), [(7, "7"), (0.25, "0.25"), (3600, "3600"), (0, "0")])
async def test_seconds_are_sent_as_retry_after(
    provider: Provider, post: Post, protocol: str, fault: Fault, seconds: float, header: str
) -> None:
    provider.script(fault.of(seconds=seconds))
    assert header == (await post(protocol)).headers["retry-after"]


@pytest.mark.parametrize("protocol", ["openai", "anthropic"])
async def test_a_bad_gateway_is_a_page_of_html(provider: Provider, post: Post, protocol: str) -> None:
    provider.script(Fault.BAD_GATEWAY)
    answer = await post(protocol)
    assert (502, "text/html") == (answer.status_code, answer.headers["content-type"])
    assert "<h1>502 Bad Gateway</h1>" in answer.text


@pytest.mark.parametrize(
    ("path", "content", "status", "why"),
    [
        ("/v1/embeddings", b"{}", 404, "no such address: POST /v1/embeddings"),
        ("/v1/messages", b"not json", 400, "not a request of anthropic: JSONDecodeError"),
        ("/v1/chat/completions", b"[]", 400, "not a request of openai: TypeError"),
        ("/v1/chat/completions", b'{"model": "any"}', 400, "not a request of openai: KeyError at 'messages'"),
        ("/v1/messages", b'{"model": "m@nonsense", "messages": []}', 400, "the model's name ends in @nonsense; write"),
        ("/v1/messages", b'{"model": "m@hang=x", "messages": []}', 400, "the model's name ends in @hang=x; write"),
        ("/v1/messages", b'{"model": "m@invented", "messages": []}', 400, "fault invented needs to be told how"),
    ],
)
async def test_what_is_no_request_is_told_so(
    provider: Provider, path: str, content: bytes, status: int, why: str
) -> None:
    async with httpx2.AsyncClient() as client:
        answer = await client.post(provider.url + path, content=content)
    assert status == answer.status_code
    assert answer.json()["error"]["message"].startswith(why)
    assert 0 == provider.received
