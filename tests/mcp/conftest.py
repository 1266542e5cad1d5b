"""`coach mcp` as a process of its own, and the official client that talks to it: one process for many calls."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client
from mcp.types import CallToolResult, TextContent, Tool

from coach.settings import Settings
from tests.client.conftest import fill

Call = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Answer:
    """What a tool answered."""

    is_error: bool
    text: str
    structure: Any


@dataclass(frozen=True)
class Talk:
    """What was said in one session."""

    tools: tuple[Tool, ...]
    answers: tuple[Answer, ...]
    log: str
    """What the process wrote to stderr."""


Session = Callable[..., Talk]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return machine(tmp_path)


def machine(folder: Path) -> Settings:
    """The settings of a machine with a roster and a deal in its store."""
    chosen = Settings(_env_file=None, data_dir=folder / "data", engine="local", encoder=False)
    fill(chosen)
    return chosen


@pytest.fixture
def session(settings: Settings, tmp_path: Path) -> Session:
    """Start `coach mcp` with some more settings, greet it, list its tools, and call some."""
    return lambda *calls, **given: talk(settings, tmp_path / "stderr", calls, given)


def talk(settings: Settings, stderr: Path, calls: Sequence[Call], given: dict[str, str]) -> Talk:
    mine = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}
    env = mine | {"COACH_DATA_DIR": str(settings.data_dir), "COACH_ENGINE": "local", "COACH_ENCODER": "off"} | given
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "coach.cli", "mcp"], env=env, cwd=settings.data_dir
    )

    async def talked() -> Talk:
        with stderr.open("w+") as log:
            async with stdio_client(server, log) as (incoming, outgoing), ClientSession(incoming, outgoing) as client:
                await client.initialize()
                tools = (await client.list_tools()).tools
                answers = [_answer(await client.call_tool(name, arguments)) for name, arguments in calls]
            log.seek(0)
            return Talk(tuple(tools), tuple(answers), log.read())

    return asyncio.run(talked())


def _answer(result: Any) -> Answer:
    assert isinstance(result, CallToolResult)
    (content,) = result.content
    assert isinstance(content, TextContent)
    return Answer(result.is_error, content.text, result.structured_content)
