"""Runs the bench and prints its tables and targets; it always exits 0, as a figure is no failure."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from importlib.metadata import version
from pathlib import Path

from tests.bench_evaluation import __doc__ as about
from tests.bench_evaluation import targets
from tests.bench_evaluation.growth import grow, growth_table
from tests.bench_evaluation.killed import kill_at_half, killed_table
from tests.bench_evaluation.prompt import IN_FLIGHT
from tests.bench_evaluation.rounds import CONTENDERS, DELAY_MS, table, take_turns

_GROWTH, _KILLED = "growth", "killed"
_PROMISED = 500
"""Cases that the targets are meant for."""


def main() -> None:
    """Measure what was asked for."""
    options = _options()
    chosen: list[str] = options.only or [*CONTENDERS, _GROWTH, _KILLED]
    cases, rounds = options.cases, options.rounds
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {', '.join(map(_release, _PACKAGES))}")
    print(f"{cases} cases, {IN_FLIGHT} at once, stub {DELAY_MS} ms, medians of {rounds}, turns taken\n")
    promises: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        if names := [name for name in CONTENDERS if name in chosen]:
            rows = take_turns(names, cases, rounds, scratch)
            print(table(rows, cases) + "\n", flush=True)
            promises += targets.of_rounds(rows)
        if _GROWTH in chosen:
            sizes = grow(cases, rounds, scratch)
            print(growth_table(sizes) + "\n", flush=True)
            promises += targets.of_growth(sizes)
        if _KILLED in chosen:
            killed = [kill_at_half(cases, scratch, cached=cached) for cached in (True, False)]
            print(killed_table(killed) + "\n", flush=True)
            promises += targets.of_killed(killed)
    if cases != _PROMISED:
        promises.insert(0, f"The targets are meant for {_PROMISED} cases.")
    print("\n".join(promises))


_PACKAGES = ("aiohttp", "pydantic", "pydantic-evals", "litellm")


def _release(package: str) -> str:
    return f"{package} {version(package)}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.bench_evaluation", description=about)
    parser.add_argument("--cases", type=int, default=_PROMISED, help="cases of every run (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="runs of every contender (default: %(default)s)")
    parser.add_argument(
        "--only", action="append", choices=[*CONTENDERS, _GROWTH, _KILLED], help="measure this; may be repeated"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
