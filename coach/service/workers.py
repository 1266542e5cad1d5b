"""Runs work on text in processes of their own, so that a service reads and judges on more than one core.

Rule: nothing depends on a worker. Where none is ready, one dies or a call fails there, the call is made here; so an
error is the one that it would be with no worker at all.
"""

from __future__ import annotations

import asyncio
import logging
import os
import pickle
import sys
from collections import deque
from collections.abc import Awaitable, Callable
from typing import ParamSpec, Protocol, TypeVar

from coach.service.worker import LENGTH

_log = logging.getLogger("coach.service")
_P = ParamSpec("_P")
_T = TypeVar("_T")
_END_S = 2.0
"""How long a worker may take to end before it is ended."""


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
            warm_up: Is called in each worker before it is used, with what is shared.
            shared: Values that many calls are given by name: each worker is sent them once.
        """
        self._count = count
        self._warm_up = warm_up
        self._shared = shared
        self._ready: list[_Worker] = []
        self._starting: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start all, and wait until they are warm."""
        for _ in range(self._count):
            self._start_one()
        await asyncio.gather(*self._starting)

    async def __call__(self, function: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Call a function of a module in the worker that has the least to do."""
        worker = min(self._ready, key=lambda one: one.waiting, default=None)
        if worker is not None:
            names = [name for name, value in self._shared.items() if kwargs.get(name) is value]
            sent = {name: value for name, value in kwargs.items() if name not in names}
            try:
                answer = await worker.answer(function, args, sent, names)
            except ConnectionError:
                self._lost(worker)
            else:
                if answer:
                    return pickle.loads(answer)  # type: ignore[no-any-return]  # noqa: S301  our own process made it
        return function(*args, **kwargs)

    async def close(self) -> None:
        """End all."""
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        workers, self._ready = self._ready, []
        await asyncio.gather(*(worker.end() for worker in workers))

    def _start_one(self) -> None:
        task = asyncio.create_task(self._started())
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _started(self) -> None:
        try:
            worker = await _Worker.start()
        except OSError as error:
            _log.warning("no process could be started to read in: %s", error.strerror)
            return
        try:
            await worker.answer(None, (), self._shared, [])
            await worker.answer(self._warm_up, (), {}, list(self._shared))
        except ConnectionError:
            # Not again: what ends before its first note would end at each.
            _log.warning("a process to read in ended before it was ready; notes are read in this one")
            await worker.end()
        except asyncio.CancelledError:
            await worker.end()
            raise
        else:
            self._ready.append(worker)

    def _lost(self, worker: _Worker) -> None:
        """Put another in the place of one that is gone."""
        if worker in self._ready:
            self._ready.remove(worker)
            _log.warning("a process to read in ended by itself; another is started")
            self._start_one()


class _Worker:
    """One process, and the calls that it has yet to answer."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._waiting: deque[asyncio.Future[bytes]] = deque()
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
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},  # the modules that are here
        )
        return cls(process)

    @property
    def waiting(self) -> int:
        """How many calls it has yet to answer."""
        return len(self._waiting)

    async def answer(
        self, function: Callable[..., object] | None, args: object, kwargs: object, names: list[str]
    ) -> bytes:
        """The pickled result of a call; empty where it failed.

        Raises:
            ConnectionError: the process is gone.
        """
        message = pickle.dumps((function, args, kwargs, names), pickle.HIGHEST_PROTOCOL)
        if self._listening.done() or self._process.stdin is None:
            raise ConnectionResetError
        answered: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting.append(answered)
        self._process.stdin.write(LENGTH.pack(len(message)) + message)
        return await answered

    async def end(self) -> None:
        """End it: it leaves by itself once nothing can come."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            async with asyncio.timeout(_END_S):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        await self._listening

    async def _listen(self) -> None:
        """Hand out the answers, which come in the order of the calls; who asked may have left."""
        source = self._process.stdout
        assert source is not None  # noqa: S101  it is a pipe
        try:
            while True:
                (length,) = LENGTH.unpack(await source.readexactly(LENGTH.size))
                answer = await source.readexactly(length)
                answered = self._waiting.popleft()
                if not answered.done():
                    answered.set_result(answer)
        except (asyncio.IncompleteReadError, OSError):
            for answered in self._waiting:
                if not answered.done():
                    answered.set_exception(ConnectionResetError())
