"""ASGI guards around the whole application: headers on every answer, a limit on every body, an answer for every crash.

Rule: what goes to the log here names places in the code, never an exception's message, which may hold a note's text.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coach.api.problems import problem_response, unexpected_response
from coach.errors import TooLarge

BODY_LIMIT = 2_000_000
"""Bytes of a request's body. A long call's transcript has a tenth of it."""

EXPORT_LIMIT = 200_000_000
"""Bytes of an export of a CRM, which is read as it comes: some 500,000 rows."""
STREAMED = frozenset({"/v1/opportunities", "/v1/people"})
"""Addresses that take one."""

WITHOUT_BODY = frozenset({"GET", "HEAD"})
"""Methods of which nobody reads a body."""

_DRAIN_LIMIT = 32_000_000
"""Bytes read and thrown away of a body over the limit: a client that is still sending would lose the answer."""

_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "frame-src 'self'; base-uri 'none'; form-action 'self'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-permitted-cross-domain-policies": "none",
}

_log = logging.getLogger("coach.api")


class SecurityHeaders:
    """Puts the security headers on every response."""

    def __init__(self, app: ASGIApp, frame_ancestors: str = "'self'") -> None:
        self._app = app
        self._ancestors = f"; frame-ancestors {frame_ancestors}"
        # For what does not know frame-ancestors; it cannot name sites, and so is left out where some are named.
        self._framed_by = {"'self'": "SAMEORIGIN", "'none'": "DENY"}.get(frame_ancestors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the headers as the response starts."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
                # A page that has a policy of its own is shown by the same sites as any other.
                headers["content-security-policy"] += self._ancestors
                if self._framed_by is not None:
                    headers["x-frame-options"] = self._framed_by
                if scope.get("scheme") == "https":
                    headers.setdefault("strict-transport-security", "max-age=31536000")
            await send(message)

        await self._app(scope, receive, send_with_headers)


class CatchUnexpected:
    """Answers 500 where the application failed unforeseen, and logs where, not what."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer in the application's place if it fails before it has answered."""
        started = False

        async def noting_start(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noting_start)
        except Exception as error:
            if scope["type"] != "http":
                raise
            _log.error("unexpected %s: %s", type(error).__name__, _where(error))
            if started:
                raise ConnectionAbortedError("the answer broke off") from None
            await unexpected_response()(scope, receive, send)


class BodyLimit:
    """Refuses a body over the limit, announced or not, before anything parses it."""

    def __init__(self, app: ASGIApp, limit: int = BODY_LIMIT) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body up to the limit; pass it on whole, or answer 413."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] in WITHOUT_BODY or not has_taker(scope):
            # What nobody reads, or is refused whatever it says, is not waited for.
            await self._app(scope, receive, send)
            return
        if scope.get("path") in STREAMED:
            await self._app(scope, _counted(receive), send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isascii() and announced.isdigit() and int(announced[:12]) > _DRAIN_LIMIT:
            await self._refuse(scope, receive, send)
            return
        body = bytearray()
        size = 0
        more = True
        while more and size <= _DRAIN_LIMIT:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            chunk = message.get("body", b"")
            size += len(chunk)
            if size <= self._limit:
                body += chunk
            more = message.get("more_body", False)
        if size > self._limit:
            await self._refuse(scope, receive, send)
            return
        await self._app(scope, replayed(bytes(body), receive), send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        detail = f"The request is larger than {self._limit // 1_000_000} MB. Send the part of the note that matters."
        await problem_response(413, detail, "too_large")(scope, receive, send)


def has_taker(scope: Scope) -> bool:
    """Whether there is something at this address that takes this method; what there is not is done by nobody."""
    routes = scope["app"].router.routes
    return any(route.matches(scope)[0] is Match.FULL for route in routes)


def _counted(receive: Receive) -> Receive:
    """Pass the body on as it comes; over the limit, whoever reads it is stopped."""
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > EXPORT_LIMIT:
            raise TooLarge(f"The export is larger than {EXPORT_LIMIT // 1_000_000} MB. Send it in parts.")
        return message

    return counted


def replayed(body: bytes, receive: Receive) -> Receive:
    """Give a body that was read once more, whole."""
    first = True

    async def again() -> Message:
        nonlocal first
        if first:
            first = False
            return {"type": "http.request", "body": body, "more_body": False}
        return await receive()

    return again


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames[-6:]))
