"""The server: takes each request down, and answers it, or fails as told."""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
import threading
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Final, Self

from coach.errors import InvalidInput
from coach.testing.provider import anthropic, openai
from coach.testing.provider.asked import Asked, without_secrets
from coach.testing.provider.connection import Connection, Reply, Request
from coach.testing.provider.fault import Fault, Injection, of_model
from coach.testing.provider.reply import Turn, answer, failure, not_taken
from coach.testing.provider.wire import Usage, Wire

Answer = str | Callable[[Asked], str | Awaitable[str]]
"""The content of the answers: always the same, or made from what was asked."""

_HOST: Final = "127.0.0.1"
_WIRES: Final[dict[str, tuple[str, Wire]]] = {
    "/chat/completions": ("openai", openai),
    "/messages": ("anthropic", anthropic),
}
_RIGHT: Final = Injection(Fault.LATENCY, 0.0)
_SAID: Final = {"model", "messages", "system"}
_LOG: Final = logging.getLogger(__name__)


class Provider:
    """A provider of models on this machine; an asynchronous context manager, and a plain one with a thread of its own.

    Args:
        answer: The content of every answer, or what makes it.
        latency_s: Seconds before any answer, right or not.
        usage: Tokens that every answer says it took; counted at four characters each unless given.
        port: Where to listen; 0 takes a free one.
        keep: Whether `asked` is kept; a server that runs for long does without.

    Attributes:
        asked: Every request in the order received.
        received: How many there were.
        left: How many clients went away before their answer was there.
        in_flight: Requests being answered now.
        most_in_flight: The most there ever were at one time.
    """

    def __init__(
        self,
        answer: Answer = '{"statements": []}',
        *,
        latency_s: float = 0.0,
        usage: Usage | None = None,
        port: int = 0,
        keep: bool = True,
    ) -> None:
        self.asked: list[Asked] = []
        self.received = self.left = self.in_flight = self.most_in_flight = 0
        self._answer = answer
        self._latency_s = latency_s
        self._usage = usage
        self._port = port
        self._keep = keep
        self._script: deque[Injection] = deque()
        self._always: Injection | None = None
        self._connections: set[Connection] = set()
        self._stopping = False
        self._server: asyncio.Server
        self._loop: asyncio.AbstractEventLoop
        self._thread: threading.Thread

    @property
    def url(self) -> str:
        """Where it listens; known once it runs."""
        return f"http://{_HOST}:{self._port}"

    @property
    def openai_base(self) -> str:
        """The base address for clients of OpenAI."""
        return f"{self.url}/v1"

    @property
    def anthropic_base(self) -> str:
        """The base address for clients of Anthropic."""
        return self.url

    def script(self, *faults: Fault | Injection) -> None:
        """Fail so on the next requests, one each, in the order received; these go before any other faults.

        Raises:
            InvalidInput: a fault lacks a figure that it needs.
        """
        self._script.extend([_injection(fault) for fault in faults])

    def always(self, fault: Fault | Injection | None) -> None:
        """Fail so on every request that is not to fail otherwise; None stops it.

        Raises:
            InvalidInput: the fault lacks a figure that it needs.
        """
        self._always = None if fault is None else _injection(fault)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.get_running_loop().create_server(
            lambda: Connection(self._serve, self._connections), _HOST, self._port, backlog=1024
        )
        self._port = self._server.sockets[0].getsockname()[1]
        self._stopping = False
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stopping = True
        self._server.close()
        for connection in tuple(self._connections):
            await connection.stop()
        await self._server.wait_closed()

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        return asyncio.run_coroutine_threadsafe(self.__aenter__(), self._loop).result()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self.__aexit__(kind, error, trace), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _serve(self, request: Request, connection: Connection) -> None:
        name, wire = _WIRES.get(request.path.removeprefix("/v1"), (None, None))
        if name is None or wire is None or request.method != "POST":
            await connection.send(not_taken(404, f"no such address: {request.method} {request.path}"))
            return
        try:
            asked = _asked(name, wire, request)
            injected = self._injected(asked)
        except InvalidInput as error:
            await connection.send(not_taken(400, error.detail))
            return
        with self._counted(asked):
            turn = Turn(wire, asked, self.received, injected)
            await asyncio.sleep(self._latency_s)
            if injected.fault is Fault.RESET:
                connection.reset()
                return
            if injected.fault is Fault.HANG:
                await asyncio.Event().wait()
            if injected.fault is Fault.LATENCY:
                await asyncio.sleep(1.0 if injected.seconds is None else injected.seconds)
            await connection.send(failure(turn) or await self._reply(turn), cut=injected.fault is Fault.CUT)

    async def _reply(self, turn: Turn) -> Reply:
        try:
            content = self._answer(turn.asked) if callable(self._answer) else self._answer
            if inspect.isawaitable(content):
                content = await content
            return answer(turn, content, self._usage)
        except Exception:  # noqa: BLE001  it is the test's own, and the client is to hear of it
            _LOG.exception("what makes the answers, or spoils them, failed")
            return not_taken(500, "what makes the answers, or spoils them, failed; see the log")

    def _injected(self, asked: Asked) -> Injection:
        if self._script:
            return self._script.popleft()
        return of_model(asked.model) or self._always or _RIGHT

    @contextmanager
    def _counted(self, asked: Asked) -> Iterator[None]:
        if self._keep:
            self.asked.append(asked)
        self.received += 1
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            yield
        except asyncio.CancelledError:
            self.left += not self._stopping
            raise
        finally:
            self.in_flight -= 1


def _injection(fault: Fault | Injection) -> Injection:
    return fault.of() if isinstance(fault, Fault) else fault


def _asked(protocol: str, wire: Wire, request: Request) -> Asked:
    try:
        body = json.loads(request.body)
        return Asked(
            protocol=protocol,
            model=body["model"],
            messages=wire.messages(body),
            parameters={name: value for name, value in body.items() if name not in _SAID},
            headers=without_secrets(request.headers),
            at=time.monotonic(),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidInput(f"not a request of {protocol}: {type(error).__name__} at {error}") from None
