"""The server: lists the tools, calls them, and says in plain words why one came to nothing.

Rule: nothing but the protocol goes to standard output, and no text that was given goes to a log.
"""

from __future__ import annotations

import asyncio
import json
import logging
import traceback
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server
from mcp.types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
    ToolAnnotations,
)

from coach import __version__
from coach.client import ApiError, AsyncClient
from coach.client.sending import read
from coach.errors import CoachError, NotFound
from coach.mcp.reach import application, reached
from coach.mcp.tools import TOOLS, words
from coach.settings import Settings

_log = logging.getLogger("coach.mcp")
_INSTRUCTIONS = (
    "Coach helps sales managers coach. Only what the customer did or said counts as proof; what the rep did, sent, "
    "hopes or feels never does. Give it notes and transcripts whole and unchanged. Its verdicts come from written "
    "rules: pass them on as they are, with their quotes. It judges no person, and its answers are no ground for "
    "decisions on hiring, pay or discipline."
)
_UNEXPECTED = "Something went wrong inside Coach (internal_error). Nothing of what was given is in the log."


async def serve(settings: Settings) -> None:
    """Serve the tools on standard input and output, until the input ends.

    Raises:
        ConfigError: a setting is wrong.
        RubricError: a rubric file is wrong.
    """
    app = application(settings)
    async with AsyncExitStack() as stack:
        # The engine is loaded while the two sides greet each other; a call waits for it.
        ready = asyncio.ensure_future(stack.enter_async_context(reached(settings, app)))
        try:
            server = build_server(lambda: asyncio.shield(ready))
            async with stdio_server() as (incoming, outgoing):
                await server.run(incoming, outgoing, server.create_initialization_options())
        finally:
            # What has begun to open is to be closed, or known not to have opened.
            await asyncio.gather(ready, return_exceptions=True)


def build_server(asked: Callable[[], Awaitable[AsyncClient]]) -> Server[Any]:
    """Build the server.

    Args:
        asked: Lends the client that the tools ask by.
    """

    async def list_tools(_: ServerRequestContext[Any], __: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=[_shown(name) for name in TOOLS])

    async def call_tool(_: ServerRequestContext[Any], given: CallToolRequestParams) -> CallToolResult:
        try:
            return await _called(await asked(), given)
        except CoachError as error:
            return _failed(error)
        except Exception as error:  # noqa: BLE001  what a library says of it may hold what was given
            _log.error("unexpected %s: %s", type(error).__name__, _where(error))
            return CallToolResult(content=[TextContent(text=_UNEXPECTED)], is_error=True)

    return Server(
        "coach",
        version=__version__,
        title="Coach",
        instructions=_INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _shown(name: str) -> Tool:
    tool = TOOLS[name]
    return Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=dict(tool.takes),
        output_schema=dict(tool.gives),
        annotations=ToolAnnotations(
            title=tool.title,
            read_only_hint=tool.reads,
            destructive_hint=False,
            idempotent_hint=True,
            open_world_hint=False,
        ),
    )


async def _called(client: AsyncClient, given: CallToolRequestParams) -> CallToolResult:
    tool = TOOLS.get(given.name)
    if tool is None:
        raise NotFound(f"there is no such tool; there are {', '.join(TOOLS)}")
    call = tool.call(given.arguments or {})
    content = await client.content(call)
    text = words(read(call, content))
    return CallToolResult(content=[TextContent(text=text)], structured_content=json.loads(content))


def _failed(error: CoachError) -> CallToolResult:
    """What went wrong, with its stable code, and each place of what was given that does not fit."""
    places = error.errors if isinstance(error, ApiError) else ()
    lines = [f"{error.detail} ({error.code})"]
    lines += [f"- {'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in places[1:]]
    return CallToolResult(content=[TextContent(text="\n".join(lines))], is_error=True)


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames[-6:]))
