"""Contenders as whole processes, timed from start to exit, and the stub that they ask.

The kernel counts the starting process's memory against the one it starts, so nothing heavy is imported here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import IO, NamedTuple

from tests.bench_evaluation.contenders.job import Job

_ROOT = Path(__file__).parents[2]
# No look for the network: price maps and switches from disk, nothing reported anywhere.
_ENVIRONMENT = {**os.environ, "LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_MODE": "PRODUCTION"}
_ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)


class Measured(NamedTuple):
    """What one process took."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    said: str
    """What it printed: the share of right claims, or nothing of a mere start-up."""


class Count(NamedTuple):
    """What the stub counted."""

    requests: int
    most_in_flight: int


class Stub(NamedTuple):
    """The stub, from outside."""

    port: int

    @property
    def base(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def counted(self, *, reset: bool = False) -> Count:
        """What it has counted so far, or since it was reset."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("DELETE" if reset else "GET", "/count")
        count = Count(**json.load(connection.getresponse()))
        connection.close()
        return count


@contextmanager
def stub(answers: Path, delay_ms: int) -> Iterator[Stub]:
    """Run a stub that gives these answers after this time."""
    command = [sys.executable, "-m", "tests.bench_evaluation.stub", str(answers), str(delay_ms)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=_ROOT, env=_ENVIRONMENT
    ) as process:
        assert process.stdout is not None
        yield Stub(int(process.stdout.readline()))
        process.communicate()


def start(name: str, job: Job | None = None, said: IO[bytes] | None = None) -> subprocess.Popen[bytes]:
    """Start a contender; without a job it only starts up."""
    command = [sys.executable, "-m", "tests.bench_evaluation.contenders", name]
    if job:
        command.append(json.dumps(job._asdict()))
    return subprocess.Popen(command, stdout=said or subprocess.DEVNULL, cwd=_ROOT, env=_ENVIRONMENT)


def measure(name: str, job: Job | None, scratch: Path) -> Measured:
    """Run a contender to its end.

    Raises:
        SystemExit: it failed.
    """
    with (scratch / "said").open("w+b") as said:
        started = time.perf_counter()
        process = start(name, job, said)
        _, status, used = os.wait4(process.pid, 0)
        wall_s = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{name} ended with {process.returncode}")
        said.seek(0)
        words = said.read().decode().split()
    # Linux has kilobytes there.
    return Measured(wall_s, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, words[-1] if words else "")
