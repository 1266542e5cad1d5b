"""One connection of the server: requests come in, answers go out, whole or in the ways in which connections break."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import NamedTuple, cast

import h11

Headers = Sequence[tuple[str, str]]


class Reply(NamedTuple):
    """An answer over HTTP.

    Attributes:
        status: Its number.
        headers: Without a content-length the body goes in chunks.
        body: In pieces.
        pause_s: Seconds before each piece.
    """

    status: int
    headers: Headers
    body: Sequence[bytes]
    pause_s: float = 0.0


class Request(NamedTuple):
    """A request over HTTP, read to its end."""

    method: str
    path: str
    headers: Iterable[tuple[bytes, bytes]]
    body: bytes


class Connection(asyncio.Protocol):
    """Reads requests and has them served, one at a time; a client that leaves cancels the one being served.

    Args:
        serve: Answers a request through this connection.
        opened: Where the connection stands while it is open.
    """

    def __init__(self, serve: Callable[[Request, Connection], Awaitable[None]], opened: set[Connection]) -> None:
        self._serve = serve
        self._opened = opened
        self._http = h11.Connection(h11.SERVER)
        self._head: h11.Request | None = None
        self._body = bytearray()
        self._transport: asyncio.Transport
        self._serving: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See `asyncio.Protocol`."""
        self._transport = cast("asyncio.Transport", transport)
        self._opened.add(self)

    def data_received(self, data: bytes) -> None:
        """See `asyncio.Protocol`."""
        self._http.receive_data(data)
        self._read()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  of the protocol
        """See `asyncio.Protocol`."""
        self._opened.discard(self)
        if self._serving is not None:
            self._serving.cancel()

    async def send(self, reply: Reply, *, cut: bool = False) -> None:
        """Send an answer; `cut` closes the connection after half of the body."""
        out = self._http.send(h11.Response(status_code=reply.status, headers=list(reply.headers))) or b""
        joined = b"".join(reply.body)
        pieces = reply.body if reply.pause_s else [joined[: len(joined) // 2] if cut else joined]
        for piece in pieces:
            if reply.pause_s:
                self._transport.write(out)
                out = b""
                await asyncio.sleep(reply.pause_s)
            out += self._http.send(h11.Data(piece)) or b""
        if cut:
            self._transport.write(out)
            self._transport.close()
        else:
            self._transport.write(out + (self._http.send(h11.EndOfMessage()) or b""))

    def reset(self) -> None:
        """Break the connection off, so that the client sees it reset."""
        to_socket: socket.socket = self._transport.get_extra_info("socket")
        to_socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._transport.abort()

    async def stop(self) -> None:
        """Close the connection, and wait until whatever it served has ended."""
        self._transport.abort()
        if self._serving is not None:
            self._serving.cancel()
            await asyncio.wait([self._serving])

    def _read(self) -> None:
        try:
            while isinstance(event := self._http.next_event(), h11.Event):
                if isinstance(event, h11.Request):
                    self._head, self._body = event, bytearray()
                elif isinstance(event, h11.Data):
                    self._body += event.data
                elif isinstance(event, h11.EndOfMessage):
                    self._serving = asyncio.get_running_loop().create_task(self._answer())
        except h11.RemoteProtocolError:
            self._transport.close()

    async def _answer(self) -> None:
        head = self._head
        if head is None:
            return
        path = head.target.decode("latin-1").partition("?")[0]
        await self._serve(Request(head.method.decode(), path, head.headers, bytes(self._body)), self)
        self._serving = None
        if self._transport.is_closing():
            return
        if h11.MUST_CLOSE in self._http.states.values():
            self._transport.close()
        else:
            self._http.start_next_cycle()
            self._read()
