"""Measures what the README promises of speed and memory: `python tests/bench.py`, from the checkout.

Start-up is a ratio of medians taken in turn, so that a machine whose speed drifts does not matter; the rest is medians.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from coach.domain import DealNote
from coach.wiring import Coach, build

_ROOT = Path(__file__).parents[1]
_ROUNDS = 9


def main() -> None:
    """Run every measurement and print it."""
    note = _note_of_about(500)
    print(f"note: {len(note.split())} words; Python {sys.version.split()[0]}; {os.cpu_count()} cores, one used")
    os.sched_setaffinity(0, {0})
    _start_up(note)
    coach = build()
    coach.warm_up()
    print(f"warm review in process: {_review_ms(coach, note):.1f} ms (median of {_ROUNDS})")
    print(
        f"peak memory of this process, both loaded: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )
    _growth(coach, note)


def _note_of_about(words: int) -> str:
    notes = []
    for path in sorted((_ROOT / "evals").glob("*/deals.jsonl")):
        notes += [json.loads(line)["input"]["note"] for line in path.read_text("utf-8").splitlines()]
    return min(notes, key=lambda note: abs(len(note.split()) - words))


def _start_up(note: str) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write(note)
        file.flush()
        coach = [sys.executable, "-m", "coach.cli", "deal", file.name, "--written-on", "2026-03-02"]
        litellm = [sys.executable, "-c", "import litellm"]
        times: dict[str, list[float]] = {"coach": [], "litellm": []}
        for round_ in range(_ROUNDS + 1):
            for name, command in (("coach", coach), ("litellm", litellm)):
                seconds = _seconds(command)
                if round_:  # the first round compiles bytecode and fills the page cache
                    times[name].append(seconds)
    ours, theirs = (statistics.median(times[name]) for name in ("coach", "litellm"))
    print(f"`coach deal`, whole process: {ours:.2f} s; `import litellm`: {theirs:.2f} s; ratio {ours / theirs:.2f}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory of the larger of the two: {peak:.0f} MB")


def _seconds(command: list[str]) -> float:
    # The price map is read from disk: a look for the network would flatter our ratio.
    environment = {**os.environ, "LITELLM_LOCAL_MODEL_COST_MAP": "True"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment, cwd=_ROOT)
    return time.perf_counter() - started


def _review_ms(coach: Coach, note: str) -> float:
    times = []
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        asyncio.run(coach.review_deal(DealNote(written_on=date(2026, 3, 2), note=note)))
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def _growth(coach: Coach, note: str) -> None:
    shapes = {"notes": (note + "\n\n") * 8, "brackets": "(" * 20_000, "digits": "1" * 20_000, "dots": "x. X " * 4_000}
    for name, text in shapes.items():
        single, double = _review_ms(coach, text), _review_ms(coach, text * 2)
        print(f"twice the {name} ({len(text)} to {2 * len(text)} code points): {double / single:.2f} times as long")


if __name__ == "__main__":
    main()
