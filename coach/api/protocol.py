"""Answers what is no HTTP, and so reaches no application, in the same format as everything else."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.auto import AutoHTTPProtocol

from coach.api.problems import refusal


class Protocol(AutoHTTPProtocol):  # type: ignore[misc, valid-type]  # which class it is depends on what is installed
    """The server's protocol, but for its one answer in plain text."""

    transport: asyncio.Transport

    def send_400_response(self, _msg: str) -> None:
        """Answer what cannot be read, unless another answer has begun; hang up."""
        cycle = getattr(self, "cycle", None)
        if cycle is None or cycle.response_complete or not cycle.response_started:
            answer = refusal(400, {"connection": "close", "cache-control": "no-store"})
            head = b"".join(b"%s: %s\r\n" % header for header in answer.raw_headers)
            self.transport.write(b"HTTP/1.1 400 Bad Request\r\n" + head + b"\r\n" + bytes(answer.body))
        self.transport.close()
