"""Works on so many requests at once, lets so many wait, and sends the rest away before they cost anything."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coach.api.guards import STREAMED
from coach.api.problems import error_response
from coach.api.stopping import STOPPING, Stopping
from coach.errors import CoachError, Overloaded, TimedOut

FREE = frozenset({"/healthz", "/readyz", "/metrics"})
"""Addresses that answer whatever else goes on."""
_UNTIMED = STREAMED | {"/v1/privacy/exports", "/v1/privacy/erasures"}
"""Addresses whose answers take as long as what is sent, or kept."""
_EVENTS = frozenset({"/v1/deal-reviews/stream"})
"""Addresses whose answers end by an event of their own; a model has a deadline of its own."""
_PATIENCE_S = 10.0
_FULL = "Coach has more to do than it can. Nothing was done; ask again in a few seconds."


class Admission:
    """Lets requests in, in turn."""

    def __init__(
        self, app: ASGIApp, stopping: Stopping, *, concurrency: int = 64, waiting: int = 256, timeout_s: float = 120
    ) -> None:
        """Set the bounds.

        Args:
            app: What works on the requests.
            stopping: Whether the service is being stopped.
            concurrency: How many at once.
            waiting: How many may wait.
            timeout_s: Seconds that one may take; an import takes as long as what is sent.
        """
        self._app = app
        self._stopping = stopping
        self._slots = asyncio.Semaphore(concurrency)
        self._may_wait = waiting
        self._waiting = 0
        self._timeout_s = timeout_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Work on the request, or say why not."""
        if scope["type"] != "http" or scope["path"] in FREE:
            await self._app(scope, receive, send)
            return
        try:
            await self._let_in()
        except Overloaded as error:
            await _refuse(error, scope, receive, send)
            return
        try:
            await self._timed(scope, receive, send)
        finally:
            self._slots.release()

    async def _let_in(self) -> None:
        begun = self._stopping.begun
        if begun.is_set():
            raise Overloaded(STOPPING)
        if not self._slots.locked():
            await self._slots.acquire()
            return
        if self._waiting >= self._may_wait:
            raise Overloaded(_FULL)
        self._waiting += 1
        turn, stop = asyncio.create_task(self._slots.acquire()), asyncio.create_task(begun.wait())
        try:
            await asyncio.wait({turn, stop}, timeout=_PATIENCE_S, return_when=asyncio.FIRST_COMPLETED)
        except BaseException:
            if turn.done():
                self._slots.release()
            raise
        finally:
            self._waiting -= 1
            turn.cancel()
            stop.cancel()
        if not turn.done() or turn.cancelled():
            raise Overloaded(STOPPING if begun.is_set() else _FULL)

    async def _timed(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] in _EVENTS:
            await self._app(scope, receive, send)
            return
        started = False

        async def noting_start(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            async with self._stopping.limit(None if scope["path"] in _UNTIMED else self._timeout_s):
                await self._app(scope, receive, noting_start)
        except (Overloaded, TimedOut) as error:
            if started:
                raise ConnectionAbortedError("the answer broke off") from None
            await _refuse(error, scope, receive, send)


async def _refuse(error: CoachError, scope: Scope, receive: Receive, send: Send) -> None:
    response = error_response(error)
    # What is still to come of the body is not read.
    response.headers["connection"] = "close"
    await response(scope, receive, send)
