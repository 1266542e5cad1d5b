"""What may come of an input: an answer, or one of Coach's own errors that gives nothing of the input away; soon."""

from __future__ import annotations

import gc
import resource
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from types import FrameType

from coach.errors import CoachError
from tests.fuzz.mutation import CANARY

_LONGEST_MESSAGE = 2000
_MOST_GROWTH_KIB = 300_000
_IDLE = 6
"""How many times as long as it may work an input may take that waits for something."""
_HERE = 4
"""Places of a failure that are named."""


class TooSlow(BaseException):
    """An input that is not done with in time; nothing that is under test may catch it."""


@dataclass(frozen=True, slots=True)
class Target:
    """Something that takes untrusted input."""

    name: str
    share: int
    """How many of a thousand inputs it gets: what is cheap, more."""
    make: Callable[[Random], bytes]
    """Makes an input."""
    read: Callable[[bytes], object]
    """Takes it; raises `CoachError` where it is refused, and nothing else."""


@dataclass(frozen=True, slots=True)
class Finding:
    """An input that something is wrong with."""

    target: str
    what: str
    """The kind of failure and where it was: two inputs with the same are one finding."""
    raw: bytes


def tried(target: Target, raw: bytes, seconds: float) -> Finding | None:
    """Give an input to a target, and say what is wrong with what comes of it; None where nothing is."""
    before_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    what = None
    try:
        with _alarm(seconds):
            target.read(raw)
    except CoachError as error:
        what = _wrong_with(error)
    except TooSlow:
        what = f"not done in {seconds:g} s"
    except AssertionError as error:
        what = f"{error or 'not as it should be'} at {_where(error)}"
    except Exception as error:  # noqa: BLE001  whatever comes is a finding
        what = f"{type(error).__name__} at {_where(error)}"
    grown_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kib
    if what is None and grown_kib > _MOST_GROWTH_KIB:
        what = f"took {grown_kib // 1024} MiB"
    return what and Finding(target.name, what, raw)


def smaller(target: Target, finding: Finding, seconds: float, *, for_s: float = 20) -> Finding:
    """Take away from an input what the failure does not need, as far as the time allows."""
    ends = time.monotonic() + for_s
    raw = finding.raw
    step = max(len(raw) // 2, 1)
    while step and time.monotonic() < ends:
        place = 0
        while place < len(raw) and time.monotonic() < ends:
            shorter = raw[:place] + raw[place + step :]
            again = tried(target, shorter, seconds)
            if again and again.what == finding.what:
                raw = shorter
            else:
                place += step
        step //= 2
    return Finding(finding.target, finding.what, raw)


def _wrong_with(error: CoachError) -> str | None:
    said = f"{type(error).__name__} at {_where(error)}"
    if CANARY in error.detail or CANARY in str(error):
        return f"gives the input away: {said}"
    if len(error.detail) > _LONGEST_MESSAGE:
        return f"a message of thousands of characters: {said}"
    try:
        error.detail.encode()
    except UnicodeEncodeError:
        return f"a message that cannot be written: {said}"
    return None


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[1:]
    ours = [frame for frame in frames if "/coach/" in frame.filename or "/tests/fuzz/" in frame.filename] or frames
    return " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(ours[-_HERE:]))


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(_: int, __: FrameType | None) -> None:
        raise TooSlow

    # Its own time: on a machine that is busy with other things, an input may take long that does little.
    timers = ((signal.ITIMER_PROF, signal.SIGPROF, 1), (signal.ITIMER_REAL, signal.SIGALRM, _IDLE))
    for timer, sent, times in timers:
        signal.signal(sent, ring)
        signal.setitimer(timer, seconds * times)
    try:
        yield
    finally:
        for timer, _, _ in timers:
            signal.setitimer(timer, 0)


def settle() -> None:
    """Before many inputs: what is loaded already need not be looked through again and again."""
    gc.collect()
    gc.freeze()
