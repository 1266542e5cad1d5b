"""A store in an empty folder, databases of both kinds, and other processes that use them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from coach.store import Store
from coach.store.database import Database
from coach.store.records import Records

Start = Callable[[str], "subprocess.Popen[str]"]


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store(path) as opened:
        yield opened


@pytest.fixture
async def records(url: str) -> AsyncIterator[Records]:
    opened = Records(Database(url))
    yield opened
    await opened.close()


@pytest.fixture
def start(path: Path) -> Iterator[Start]:
    """Start Python with some code that finds `path`; it is killed at the end of the test, if it still runs."""
    started: list[subprocess.Popen[str]] = []

    def run(code: str) -> subprocess.Popen[str]:
        before = f"from pathlib import Path\nfrom coach.store import Store\npath = Path({str(path)!r})\n"
        process = subprocess.Popen(
            [sys.executable, "-c", before + code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        return process

    yield run
    for process in started:
        with process:
            process.kill()
