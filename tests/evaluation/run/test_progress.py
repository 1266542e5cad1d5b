"""The progress bar: quiet where nobody watches, and with cost and failures where somebody does."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest

SHOWN = """
from coach.evaluation.prediction import Failure, Prediction
from coach.evaluation.run import show_progress

def one(id_, **fields):
    return Prediction(id=id_, task="deal", output=None, engine="told", duration_ms=1, **fields)

with show_progress(3) as progress:
    if progress:
        progress(one("d-1", cost_usd=0.25))
        progress(one("d-2", cost_usd=4.0, cached=True))
        progress(one("d-3", error=Failure(code="timeout", detail="late")))
print("done")
"""


def test_a_terminal_sees_cases_cost_paid_and_failures() -> None:
    master, slave = pty.openpty()
    environment = {**os.environ, "COLUMNS": "100", "TERM": "xterm"}
    ended = subprocess.run(
        [sys.executable, "-c", SHOWN], stderr=slave, stdout=subprocess.PIPE, env=environment, check=True
    )
    os.close(slave)
    seen = os.read(master, 100_000).decode()
    os.close(master)
    assert b"done\n" == ended.stdout
    assert "3/3" in seen
    # What came from the cache was paid by another run.
    assert "$0.2500" in seen
    assert "1 failed" in seen


def test_nobody_watching_sees_nothing() -> None:
    ended = subprocess.run([sys.executable, "-c", SHOWN], capture_output=True, check=True)
    assert (b"done\n", b"") == (ended.stdout, ended.stderr)


@pytest.mark.parametrize("module", ["rich"])
def test_nothing_is_imported_to_show_nothing(module: str) -> None:
    code = SHOWN + f"import sys; sys.exit({module!r} in sys.modules)"
    assert 0 == subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode
