"""Runs work on text in processes of their own, so that a service prepares and judges notes on more than one core.

Rule: nothing depends on a worker. Where there is none, or a call cannot be sent or fails there, the call is made here;
so an error is the one that it would be with no worker at all.

The one exception is a call that a worker ended at, or was ended for as it took too long: it fails, and is made nowhere
else, so that no text takes the service down or holds it up. Calls behind it go to another worker, once one is ready.
"""

from __future__ import annotations

import asyncio
import logging
import os
import pickle
import sys
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import ParamSpec, Protocol, TypeVar

from coach.errors import EngineError
from coach.service.worker import LENGTH

_log = logging.getLogger("coach.service")
_P = ParamSpec("_P")
_T = TypeVar("_T")
_END_S = 2.0
"""How long a worker may take to end before it is ended."""
_ANSWER_S = 30.0
"""How long a worker may be at one call before it is ended; the longest note that is taken needs about a second."""
_SECRETS = ("_KEY", "_TOKEN", "_SECRET", "_PASSWORD")
"""How the names of variables end that a worker is not given, besides Coach's own: it asks no provider anything."""
_DONE_HERE = "notes are prepared and judged in the service's own process"
_ENDED = (
    "a process that prepares and judges notes ended at this one, or took too long over it and was ended; nothing is "
    "lost; try again, and where that fails too, cut the note in two"
)


class Run(Protocol):
    """Calls a function somewhere; `here` and `Workers` do."""

    def __call__(self, function: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Awaitable[_T]:
        """What the function gives, or raises."""


async def here(function: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """Call a function in this process."""
    return function(*args, **kwargs)


class Workers:
    """Processes that call functions of modules; made in no event loop, started, used and closed in one."""

    def __init__(self, count: int = 0, warm_up: Callable[..., object] = dict, /, **shared: object) -> None:
        """Prepare, without starting anything.

        Args:
            count: How many; 0 is none, and every call is made here.
            warm_up: Is called in each worker before it is used, with what is shared; gives what can be pickled.
            shared: Values that many calls are given by name: each worker is sent them once.
        """
        self._count = count
        self._warm_up = warm_up
        self._shared = shared
        self._ready: list[_Worker] = []
        self._starting: set[asyncio.Task[None]] = set()
        self._ending: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start all, and wait until they are warm; one that does not become so is done without."""
        for _ in range(self._count):
            self._start_one()
        await asyncio.gather(*self._starting)

    async def __call__(self, function: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Call a function of a module in the worker that has the least to do; here, where it cannot be sent to one.

        Raises:
            EngineError: the worker ended at this call, or took longer than 30 seconds.
        """
        names = [name for name, value in self._shared.items() if kwargs.get(name) is value]
        sent = {name: value for name, value in kwargs.items() if name not in names}
        message = _message(function, args, sent, names) if self._ready or self._starting else None
        while message is not None and (worker := await self._least_busy()) is not None:
            try:
                answer = await worker.answer(message)
            except ConnectionError:
                self._lost(worker)
            except EngineError:
                self._lost(worker)
                raise
            else:
                if answer:
                    with suppress(Exception):  # what cannot be read here can be made here
                        return pickle.loads(answer)  # type: ignore[no-any-return]  # noqa: S301  our own process made it
                break
        return function(*args, **kwargs)

    async def close(self) -> None:
        """End all."""
        workers, self._ready = self._ready, []
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        await asyncio.gather(*self._ending, *(worker.end() for worker in workers))

    async def _least_busy(self) -> _Worker | None:
        """The worker that has the least to do; None where there is none, and none is being started."""
        while not self._ready and self._starting:
            # Not here meanwhile: this may be the text that the last one ended at, sent again.
            await asyncio.wait(self._starting, return_when=asyncio.FIRST_COMPLETED)
        return min(self._ready, key=lambda one: one.waiting, default=None)

    def _start_one(self) -> None:
        _keep(asyncio.create_task(self._started()), self._starting)

    async def _started(self) -> None:
        """Start one and make it ready; where that fails, not again: the next would fail in the same way."""
        shared = _message(None, (), self._shared, [])
        warm_up = _message(self._warm_up, (), {}, list(self._shared))
        if shared is None or warm_up is None:
            _log.warning("what notes are judged by cannot be sent to a process; %s", _DONE_HERE)
            return
        try:
            worker = await _Worker.start()
        except OSError as error:
            _log.warning("no process could be started: %s; %s", error.strerror, _DONE_HERE)
            return
        try:
            with suppress(ConnectionError, EngineError):
                if await worker.answer(shared) and await worker.answer(warm_up):
                    self._ready.append(worker)
                    return
        finally:
            if worker not in self._ready:
                await worker.end()
        _log.warning("a process could not be made ready to prepare and judge notes; %s", _DONE_HERE)

    def _lost(self, worker: _Worker) -> None:
        """Put another in the place of one that is gone."""
        if worker in self._ready:
            self._ready.remove(worker)
            _log.warning("a process that prepares and judges notes ended, or took too long; another is started")
            _keep(asyncio.create_task(worker.end()), self._ending)
            self._start_one()


class _Worker:
    """One process, and the calls that it has yet to answer."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._waiting: deque[asyncio.Future[bytes]] = deque()
        self._limit: asyncio.TimerHandle | None = None
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def start(cls) -> _Worker:
        """Start one; it has loaded nothing yet."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-P", "-m", "coach.service.worker"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=_environment(),
        )
        return cls(process)

    @property
    def waiting(self) -> int:
        """How many calls it has yet to answer."""
        return len(self._waiting)

    async def answer(self, message: bytes) -> bytes:
        """The pickled result of a call; empty where it failed.

        Raises:
            ConnectionError: the process is gone, and was not at this call.
            EngineError: the process ended at this call, or was ended as it took too long.
        """
        assert self._process.stdin is not None  # noqa: S101  it is a pipe
        if not self._listening.done():
            self._process.stdin.write(message)
        if self._listening.done() or self._process.stdin.is_closing():  # at once, where nobody reads any more
            raise ConnectionResetError
        answered: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting.append(answered)
        if len(self._waiting) == 1:
            self._limit_next()
        return await answered

    async def end(self) -> None:
        """End it: it leaves by itself once nothing can come."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(_END_S):
                    await self._process.wait()
        finally:
            self._kill()
        await self._process.wait()
        await self._listening

    def _kill(self) -> None:
        with suppress(ProcessLookupError):  # it has ended
            self._process.kill()

    def _limit_next(self) -> None:
        """Give the call that it is at its time, from now; `_listen` sees what becomes of it."""
        if self._limit is not None:
            self._limit.cancel()
        self._limit = asyncio.get_running_loop().call_later(_ANSWER_S, self._kill) if self._waiting else None

    async def _listen(self) -> None:
        """Hand out the answers, which come in the order of the calls; who asked may have left."""
        source = self._process.stdout
        assert source is not None  # noqa: S101  it is a pipe
        with suppress(asyncio.IncompleteReadError, OSError):
            while True:
                (length,) = LENGTH.unpack(await source.readexactly(LENGTH.size))
                answer = await source.readexactly(length)
                answered = self._waiting.popleft()
                self._limit_next()
                if not answered.done():
                    answered.set_result(answer)
        error: Exception = EngineError(_ENDED)
        while self._waiting:
            answered = self._waiting.popleft()
            if not answered.done():
                answered.set_exception(error)
            error = ConnectionResetError()  # it was at the first
        self._limit_next()


def _keep(task: asyncio.Task[None], running: set[asyncio.Task[None]]) -> None:
    """Keep a task until it is done: an event loop alone does not."""
    running.add(task)
    task.add_done_callback(running.discard)


def _message(function: Callable[..., object] | None, args: object, kwargs: object, names: list[str]) -> bytes | None:
    """A call as a worker is sent it; None where it cannot be."""
    try:
        message = pickle.dumps((function, args, kwargs, names), pickle.HIGHEST_PROTOCOL)
        return LENGTH.pack(len(message)) + message
    except Exception:  # noqa: BLE001  what cannot be pickled says so in any way it likes
        return None


def _environment() -> dict[str, str]:
    """What a worker is given of the environment: no secrets, and the modules that are here."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith("COACH_") and not name.upper().endswith(_SECRETS)
    }
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
