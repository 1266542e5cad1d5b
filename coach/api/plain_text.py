"""Turns the plain text that libraries refuse a request with into problems: all that refuse here speak one format."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coach.api.problems import refusal

_OF_THE_BODY = frozenset({"content-type", "content-length", "content-encoding"})


class PlainText:
    """Looks at answers that are refusals; the rest pass."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; where the answer is a refusal in plain text, answer in its place."""
        replaced = False

        async def checked(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and message["status"] >= 400:
                headers = Headers(raw=message["headers"])
                if headers.get("content-type", "text/plain").startswith("text/plain"):
                    replaced = True
                    kept = {name: value for name, value in headers.items() if name not in _OF_THE_BODY}
                    await refusal(message["status"], kept)(scope, receive, send)
            if not replaced:
                await send(message)

        await self._app(scope, receive, checked if scope["type"] == "http" else send)
