"""Logs of a service: one JSON object a line on stderr, from whatever logger; never a text that somebody submitted.

Only `coach serve` configures them; the command line says what it has to say in plain words.
"""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import MutableMapping
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Literal, TextIO

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
"""The id of the request that is being worked on."""

_log = logging.getLogger("coach.warnings")
_LIBRARIES = ("uvicorn", "uvicorn.error", "uvicorn.access", "sqlalchemy", "LiteLLM")
"""Whose own handlers are taken away, so that each line is written once, and as every other."""
_TELLING = ("aiosqlite", "httpcore", "httpx", "httpx2", "openai", "psycopg", "sqlalchemy.engine", "LiteLLM", "aiohttp")
"""What these write below a warning holds values and addresses: they write none, whatever level is set."""


def configure_logs(form: Literal["json", "text"], level: str, stream: TextIO | None = None) -> logging.Handler:
    """Send every log line to stderr in one form.

    Args:
        form: `json` for machines, `text` for people.
        level: The lowest level that is written.
        stream: Where to, instead of stderr.

    Returns:
        What writes them.
    """
    import structlog  # noqa: PLC0415  loaded where a service starts

    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_ids,
        _name_failures,
    ]
    written = structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, written],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("coach").setLevel(level.upper())
    # That it has started and that it stops; more than that it tells of what is in requests.
    logging.getLogger("uvicorn").setLevel("INFO" if level == "debug" else level.upper())
    for name in _LIBRARIES:
        library = logging.getLogger(name)
        library.handlers.clear()
        library.propagate = True
    for name in _TELLING:
        logging.getLogger(name).setLevel(logging.WARNING)
    # Its warnings quote a request's `baggage` and `tracestate`, and tell of each try to send; a loss is an error.
    logging.getLogger("opentelemetry").setLevel(logging.ERROR)
    # Python's own way to print a warning has its words, and a library's may quote what it was given.
    warnings.showwarning = _note_warning
    # It writes paths and queries, which may hold a name; `coach.api.observing` has the line of a request.
    logging.getLogger("uvicorn.access").disabled = True
    return handler


def _note_warning(  # noqa: PLR0913, PLR0917  as Python calls it
    message: Warning | str,  # noqa: ARG001
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001
    line: str | None = None,  # noqa: ARG001
) -> None:
    _log.warning("%s at %s:%d", category.__name__, Path(filename).name, lineno)


def _add_ids(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    from opentelemetry import trace  # noqa: PLC0415  as above

    known = request_id.get()
    if known is not None:
        event.setdefault("request_id", known)
    span = trace.get_current_span().get_span_context()
    if span.is_valid:
        event["trace_id"] = trace.format_trace_id(span.trace_id)
    return event


def _name_failures(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Of an exception its type alone is written: its message may quote what was submitted."""
    failed = event.pop("exc_info", None)
    if isinstance(failed, tuple) and failed[0] is not None:
        event["exception"] = failed[0].__name__
    elif isinstance(failed, BaseException):
        event["exception"] = type(failed).__name__
    event.pop("stack_info", None)
    if event.get("logger") == "asyncio":
        # Below its first line are the task and its exception, whose message stands there once more.
        event["event"] = str(event["event"]).partition("\n")[0]
    return event
