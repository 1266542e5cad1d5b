"""Tries so many inputs in processes beside each other; one that dies or hangs for good costs its input, not the run."""

from __future__ import annotations

import logging
import multiprocessing
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from random import Random
from typing import Any

from tests.fuzz.oracle import Finding, Target, settle, smaller, tried
from tests.fuzz.targets.every import BY_NAME, close

_AT_ONCE = 500
"""Inputs that a process is given at a time."""
_PATIENCE = 10
"""How many times as long as an input may work a process may be silent."""
_TOLD_EVERY_S = 30
_SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Task:
    """Some inputs for one target: those with the numbers from `start` to before `stop`."""

    target: str
    seed: int
    start: int
    stop: int


@dataclass(slots=True)
class Tally:
    """What came of a run."""

    inputs: Counter[str] = field(default_factory=Counter)
    """How many were tried, by target."""
    seconds: Counter[str] = field(default_factory=Counter)
    findings: dict[tuple[str, str], Finding] = field(default_factory=dict)
    """One of each kind."""


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    at: Any
    """The number of the input that it is at."""
    task: Task | None = None
    seen: int = -1
    since: float = 0.0


def made(target: Target, seed: int, number: int) -> bytes:
    """The input with a number: the same in every run with this seed."""
    return target.make(Random(f"{seed} {target.name} {number}"))  # noqa: S311  it must be had again


def tasks(targets: Sequence[Target], inputs: int, seed: int) -> list[Task]:
    """Spread inputs over targets by their shares, in turn, so that a run that is cut short has tried them all."""
    whole = sum(target.share for target in targets)
    counts = {target.name: -(-inputs * target.share // whole) for target in targets}
    found = [
        (start / count, Task(name, seed, start, min(start + _AT_ONCE, count)))
        for name, count in counts.items()
        for start in range(0, count, _AT_ONCE)
    ]
    return [task for _, task in sorted(found, key=lambda one: one[0])]


def run(
    targets: Sequence[Target], inputs: int, *, seed: int, jobs: int, each_s: float, ends_in_s: float
) -> Iterator[Tally]:
    """Try inputs; what is known so far is given now and then, and at the end.

    Args:
        targets: What to try.
        inputs: How many, in all.
        seed: Of chance.
        jobs: Processes.
        each_s: Seconds that an input may take.
        ends_in_s: Seconds after which nothing more is begun.
    """
    waiting = deque(tasks(targets, inputs, seed))
    ends = time.monotonic() + ends_in_s
    told = time.monotonic()
    tally = Tally()
    workers = [_started(each_s) for _ in range(jobs)]
    try:
        while True:
            for place, worker in enumerate(workers):
                lost = _lost(worker, each_s)
                if lost is not None:
                    tally.findings.setdefault((lost.target, lost.what), lost)
                    assert worker.task is not None
                    after = Task(worker.task.target, seed, worker.at.value + 1, worker.task.stop)
                    waiting.appendleft(after)
                    workers[place] = _started(each_s)
                elif worker.task is None and waiting and time.monotonic() < ends:
                    worker.task, worker.since = waiting.popleft(), time.monotonic()
                    worker.pipe.send(worker.task)
            busy = {worker.pipe: worker for worker in workers if worker.task is not None}
            if not busy:
                break
            for pipe in wait(list(busy), timeout=1):
                _take(busy[pipe], tally)  # type: ignore[index]
            if time.monotonic() > told + _TOLD_EVERY_S:
                told = time.monotonic()
                yield tally
    finally:
        for worker in workers:
            with suppress(OSError):
                worker.pipe.send(None)
        for worker in workers:
            worker.process.join(timeout=5)
            worker.process.kill()
    yield tally


def _started(each_s: float) -> _Worker:
    ours, theirs = _SPAWN.Pipe()
    at = _SPAWN.Value("q", 0, lock=False)
    process = _SPAWN.Process(target=_work, args=(theirs, at, each_s), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours, at)


def _take(worker: _Worker, tally: Tally) -> None:
    try:
        count, seconds, findings = worker.pipe.recv()
    except EOFError:
        return  # it died, which is seen to elsewhere
    assert worker.task is not None
    tally.inputs[worker.task.target] += count
    tally.seconds[worker.task.target] += seconds
    for one in findings:
        tally.findings.setdefault((one.target, one.what), one)
    worker.task = None


def _lost(worker: _Worker, each_s: float) -> Finding | None:
    """The input that ended a process, or that no alarm could end."""
    if worker.task is None:
        return None
    what = None
    if worker.at.value != worker.seen:
        worker.seen, worker.since = worker.at.value, time.monotonic()
    if not worker.process.is_alive() and not worker.pipe.poll():
        what = f"ended the process ({worker.process.exitcode})"
    elif time.monotonic() > worker.since + _PATIENCE * each_s + 60:
        worker.process.kill()
        what = "could not be interrupted"
    if what is None:
        return None
    target = BY_NAME[worker.task.target]
    return Finding(target.name, what, made(target, worker.task.seed, worker.at.value))


def _work(pipe: Connection, at: Any, each_s: float) -> None:
    """What a process does: its tasks, until it is ended."""
    logging.disable(logging.CRITICAL)
    warmed: set[str] = set()
    while True:
        task: Task | None = pipe.recv()
        if task is None:
            close()
            return
        target = BY_NAME[task.target]
        if target.name not in warmed:
            # What loads at first use is no fault of an input's.
            tried(target, made(target, task.seed, 0), 120)
            warmed.add(target.name)
            settle()
        began = time.monotonic()
        findings: dict[str, Finding] = {}
        for number in range(task.start, task.stop):
            at.value = number
            found = tried(target, made(target, task.seed, number), each_s)
            if found and found.what not in findings:
                findings[found.what] = smaller(target, found, each_s)
        pipe.send((task.stop - task.start, time.monotonic() - began, list(findings.values())))
