"""A provider that runs, and Coach wired to it; the waits between attempts are cut short."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from tenacity import wait_exponential_jitter

from coach.engines.llm import asking
from coach.testing.provider import Provider
from coach.wiring import Coach, build
from tests.wire.wired import OPENAI, PROTOCOLS, answer, note, settings

Wired = Callable[..., Coach]


@pytest.fixture(scope="session", autouse=True)
def _loaded() -> None:
    """At its first call litellm loads a second time, and blocks while it does; no test should time that."""

    async def first_calls() -> None:
        async with Provider(answer) as provider:
            for model in PROTOCOLS.values():
                with tempfile.TemporaryDirectory() as folder:
                    coach = build(settings(provider, Path(folder), model, timeout_s=60, deadline_s=90, fallback=False))
                    await coach.review_deal(note())
                    await coach.close()

    asyncio.run(first_calls())


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that is set outside counts, and nobody waits long before asking again."""
    for name in [name for name in os.environ if name.startswith(("COACH_", "OPENAI_", "ANTHROPIC_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(asking, "_backing_off", wait_exponential_jitter(multiplier=0.01, max=0.05, jitter=0.01))


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    async with Provider(answer) as running:
        yield running


@pytest.fixture
async def wired(provider: Provider, tmp_path: Path) -> AsyncIterator[Wired]:
    """Wire Coach to the provider: `wired(model, setting=value)`; closed at the end."""
    async with AsyncExitStack() as stack:

        def wire(model: str = OPENAI, **others: Any) -> Coach:
            coach = build(settings(provider, tmp_path, model, **others))
            stack.push_async_callback(coach.close)
            return coach

        yield wire
