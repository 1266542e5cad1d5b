"""The harness alone, with answers that are there at once: CPU a case, and whether it grows with the cases."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.bench_evaluation.cases import write_cases
from tests.bench_evaluation.contenders.job import Job
from tests.bench_evaluation.process import measure

_HARNESS = "ours-instant"
_TIMES = (1, 2, 4, 10)


class Size(NamedTuple):
    """What a run of so many cases took, start-up taken off."""

    cases: int
    cpu_s: float
    peak_mb: float

    @property
    def ms_a_case(self) -> float:
        """CPU milliseconds a case."""
        return 1000 * self.cpu_s / self.cases


def grow(cases: int, rounds: int, scratch: Path) -> list[Size]:
    """Measure the harness at 1, 2, 4 and 10 times so many cases."""
    sizes = [cases * times for times in _TIMES]
    files = {size: write_cases(size, scratch) for size in sizes}
    cpu_s: dict[int, list[float]] = {size: [] for size in sizes}
    peak_mb: dict[int, list[float]] = {size: [] for size in sizes}
    for round_ in range(rounds):
        for size, (asked, answers) in files.items():
            out = scratch / f"grown-{size}-{round_}"
            job = Job(str(asked), str(answers), "", str(out), f"{out}.sqlite")
            start_up, whole = measure(_HARNESS, None, scratch), measure(_HARNESS, job, scratch)
            cpu_s[size].append(whole.cpu_s - start_up.cpu_s)
            peak_mb[size].append(whole.peak_mb)
    return [Size(size, median(cpu_s[size]), median(peak_mb[size])) for size in sizes]


def growth_table(sizes: Sequence[Size]) -> str:
    """The sizes as Markdown, with what each further case cost since the size before."""
    lines = [
        "| cases | CPU s without start-up | ms a case | ms each further case | peak MB |",
        "|---:|---:|---:|---:|---:|",
    ]
    before = Size(0, 0.0, 0.0)
    for size in sizes:
        further = 1000 * (size.cpu_s - before.cpu_s) / (size.cases - before.cases)
        lines.append(f"| {size.cases} | {size.cpu_s:.2f} | {size.ms_a_case:.2f} | {further:.2f} | {size.peak_mb:.0f} |")
        before = size
    return "\n".join(lines)
