"""What the harness promises, and whether it was kept in this run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tests.bench_evaluation.growth import Size
from tests.bench_evaluation.killed import Killed
from tests.bench_evaluation.prompt import IN_FLIGHT
from tests.bench_evaluation.rounds import Row

_STEADY = 1.2
"""CPU a case of the largest run over that of the smallest: linear, with room for noise."""


def of_rounds(rows: Mapping[str, Row]) -> Iterator[str]:
    """Targets of the whole runs."""
    for ours, floor, most in (("ours-aiohttp", "bare-aiohttp", 1.15), ("ours-litellm", "bare-litellm", 1.2)):
        if ours in rows and floor in rows:
            yield _held(f"{ours} over {floor}, wall", rows[ours].wall_s / rows[floor].wall_s, most, "x")
    if "ours-cached" in rows:
        yield _held("cached run, wall", rows["ours-cached"].wall_s, 0.4, "s")
        yield _held("cached run, requests", rows["ours-cached"].requests, 0)
    if "ours-aiohttp" in rows:
        yield _held("peak memory without litellm", rows["ours-aiohttp"].peak_mb, 60, "MB")


def of_growth(sizes: Sequence[Size]) -> Iterator[str]:
    """Targets of the harness alone."""
    yield _held(f"harness at {sizes[0].cases} cases, CPU a case", sizes[0].ms_a_case, 0.5, "ms")
    times = sizes[-1].ms_a_case / sizes[0].ms_a_case
    yield _held(f"CPU a case at {sizes[-1].cases} cases over that at {sizes[0].cases}", times, _STEADY, "x")


def of_killed(runs: Sequence[Killed]) -> Iterator[str]:
    """Targets of a run that was killed."""
    for one in runs:
        yield _held(f"kill -9 at half, {one.what}, asked again", one.asked_again, IN_FLIGHT)


def _held(what: str, measured: float, most: float, unit: str = "") -> str:
    verdict = "met" if measured <= most else "missed"
    return f"{what}: target <= {most:g} {unit}".rstrip() + f", measured {measured:.3g} {unit}".rstrip() + f", {verdict}"
