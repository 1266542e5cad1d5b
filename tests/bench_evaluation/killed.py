"""A run killed at half, and run again: who is asked twice."""

from __future__ import annotations

import time
from pathlib import Path
from typing import NamedTuple

from tests.bench_evaluation.cases import write_cases
from tests.bench_evaluation.contenders.job import Job
from tests.bench_evaluation.process import measure, start, stub
from tests.bench_evaluation.rounds import DELAY_MS

_HARNESS = "ours-aiohttp"
_PREDICTIONS = "predictions.jsonl"
_LOOK_EVERY_S = 0.005


class Killed(NamedTuple):
    """What became of a run that was killed."""

    what: str
    cases: int
    asked_before: int
    recorded: int
    """Answers on disk after the kill."""
    asked_after: int

    @property
    def asked_again(self) -> int:
        """Cases asked by both runs."""
        return self.asked_before + self.asked_after - self.cases


def kill_at_half(cases: int, scratch: Path, *, cached: bool) -> Killed:
    """Kill a run with SIGKILL once half of its cases are asked, and run it again to its end."""
    what = "journal and cache" if cached else "journal alone"
    out = scratch / f"killed-{what.replace(' ', '-')}"
    asked, answers = write_cases(cases, scratch)
    with stub(answers, DELAY_MS) as provider:
        job = Job(str(asked), str(answers), provider.base, str(out), f"{out}.sqlite" if cached else None)
        process = start(_HARNESS, job)
        while provider.counted().requests < cases / 2 and process.poll() is None:
            time.sleep(_LOOK_EVERY_S)
        process.kill()
        process.wait()
        recorded = (out / _PREDICTIONS).read_bytes().count(b"\n")
        before = provider.counted(reset=True).requests
        measure(_HARNESS, job, scratch)
        return Killed(what, cases, before, recorded, provider.counted().requests)


def killed_table(runs: list[Killed]) -> str:
    """The killed runs as Markdown."""
    lines = ["| kept by | asked before the kill | answers on disk | asked after | asked again |", "|---|" + "---:|" * 4]
    lines += [
        f"| {one.what} | {one.asked_before} | {one.recorded} | {one.asked_after} | {one.asked_again} |" for one in runs
    ]
    return "\n".join(lines)
