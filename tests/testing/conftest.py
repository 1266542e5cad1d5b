"""A provider that runs, and a plain client."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx2
import pytest

from coach.testing.provider import Provider, Usage

CONTENT = json.dumps({"statements": [{"quote": "Dana signed “it” — ¡sí!", "kind": "buyer_action"}]}, ensure_ascii=False)
Post = Callable[..., Awaitable[httpx2.Response]]


def body(protocol: str, model: str = "any", **more: Any) -> dict[str, Any]:
    """A request in a protocol."""
    user = {"role": "user", "content": "Dana signed."}
    if protocol == "anthropic":
        return {"model": model, "system": "Read notes.", "messages": [user], "max_tokens": 100, **more}
    return {"model": model, "messages": [{"role": "system", "content": "Read notes."}, user], **more}


@pytest.fixture
def content() -> str:
    return CONTENT


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    async with Provider(CONTENT, usage=Usage(100, 20, 60)) as running:
        yield running


@pytest.fixture
async def post(provider: Provider) -> AsyncIterator[Post]:
    """Ask in a protocol, with a plain client."""
    async with httpx2.AsyncClient(timeout=5) as client:

        async def ask(protocol: str, model: str = "any", *, timeout_s: float = 5, **more: Any) -> httpx2.Response:
            path = {"openai": "/v1/chat/completions", "anthropic": "/v1/messages"}[protocol]
            headers = {"authorization": "Bearer sk-secret", "x-api-key": "sk-secret", "x-note": "kept"}
            return await client.post(
                provider.url + path, json=body(protocol, model, **more), headers=headers, timeout=timeout_s
            )

        yield ask
