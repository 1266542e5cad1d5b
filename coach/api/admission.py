"""Works on so many requests at once, lets so many wait, and sends the rest away before they cost anything."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coach.api.guards import STREAMED, WITHOUT_BODY
from coach.api.problems import error_response
from coach.api.stopping import STOPPING, Stopping
from coach.errors import CoachError, Overloaded, SlowBody, TimedOut

FREE = frozenset({"/healthz", "/readyz", "/metrics"})
"""Addresses that answer whatever else goes on."""
_UNTIMED = STREAMED | {"/v1/privacy/exports", "/v1/privacy/erasures"}
"""Addresses whose answers take as long as what is sent, or kept."""
_EVENTS = frozenset({"/v1/deal-reviews/stream"})
"""Addresses whose answers end by an event of their own; a model has a deadline of its own."""
_PATIENCE_S = 10.0
_GRACE_S = 10.0
_SLOWEST = 10_000
"""Bytes of a body a second, on the whole, beyond the first seconds: who sends less holds a place for nothing."""
_SLOW = "The rest of the request did not come in time. Nothing was done; send it again, in one go."
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
        if scope["type"] != "http" or (scope["path"] in FREE and scope["method"] in WITHOUT_BODY):
            await self._app(scope, receive, send)
            return
        receive = steady(receive)
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
        started = False

        async def noting_start(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        in_time = self._stopping.limit(None if scope["path"] in _UNTIMED else self._timeout_s)
        try:
            async with nullcontext() if scope["path"] in _EVENTS else in_time:
                await self._app(scope, receive, noting_start)
        except (Overloaded, SlowBody, TimedOut) as error:
            if started:
                raise ConnectionAbortedError("the answer broke off") from None
            await _refuse(error, scope, receive, send)


def steady(receive: Receive) -> Receive:
    """Wait for a body as long as it keeps coming.

    Raises:
        SlowBody: it does not.
    """
    left_s = _GRACE_S
    is_whole = False

    async def received() -> Message:
        nonlocal left_s, is_whole
        if is_whole:
            return await receive()  # until the client leaves
        clock = asyncio.get_running_loop().time
        begun = clock()
        try:
            async with asyncio.timeout(left_s):
                message = await receive()
        except TimeoutError:
            raise SlowBody(_SLOW) from None
        left_s += len(message.get("body", b"")) / _SLOWEST - (clock() - begun)
        is_whole = not message.get("more_body", False)
        return message

    return received


async def _refuse(error: CoachError, scope: Scope, receive: Receive, send: Send) -> None:
    response = error_response(error)
    # What is still to come of the body is not read.
    response.headers["connection"] = "close"
    await response(scope, receive, send)
