"""The contenders in turns, against the 200 ms stub, and the table of their medians."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.bench_evaluation.cases import write_cases
from tests.bench_evaluation.contenders.job import Job
from tests.bench_evaluation.process import Count, Measured, Stub, measure, stub

DELAY_MS = 200


class Contender(NamedTuple):
    """One row of the table."""

    floor: str | None = None
    """The bare loop that it is held against."""
    filled_by: str | None = None
    """The contender whose cache of answers it finds."""


CONTENDERS: Mapping[str, Contender] = {
    "bare-aiohttp": Contender(),
    "ours-aiohttp": Contender("bare-aiohttp"),
    "ours-cached": Contender("bare-aiohttp", filled_by="ours-aiohttp"),
    "pydantic-evals": Contender("bare-aiohttp"),
    "bare-litellm": Contender(),
    "ours-litellm": Contender("bare-litellm"),
}


class Turn(NamedTuple):
    """One run of one contender."""

    whole: Measured
    start_up: Measured
    counted: Count


class Row(NamedTuple):
    """Medians of a contender's turns."""

    wall_s: float
    cpu_s: float
    start_up_s: float
    start_up_cpu_s: float
    peak_mb: float
    requests: int
    most_in_flight: int
    accuracy: str


def take_turns(names: Sequence[str], cases: int, rounds: int, scratch: Path) -> dict[str, Row]:
    """Run every contender so many times, in turns; a small turn before the first compiles bytecode."""
    turns: dict[str, list[Turn]] = {name: [] for name in names}
    for round_ in range(rounds + 1):
        folder = scratch / f"round-{round_}"
        folder.mkdir()
        asked, answers = write_cases(cases if round_ else min(cases, 20), folder)
        with stub(answers, DELAY_MS) as provider:
            for name in names:
                turn = _turn(name, asked, answers, provider, folder)
                if round_:
                    turns[name].append(turn)
    return {name: _row(of) for name, of in turns.items()}


def _turn(name: str, asked: Path, answers: Path, provider: Stub, folder: Path) -> Turn:
    filled_by = CONTENDERS[name].filled_by
    cache = folder / f"{filled_by or name}.sqlite"
    if filled_by and not cache.exists():
        measure(filled_by, _job(asked, answers, provider, folder / filled_by, cache), folder)
    start_up = measure(name, None, folder)
    provider.counted(reset=True)
    whole = measure(name, _job(asked, answers, provider, folder / name, cache), folder)
    return Turn(whole, start_up, provider.counted())


def _job(asked: Path, answers: Path, provider: Stub, out: Path, cache: Path) -> Job:
    return Job(str(asked), str(answers), provider.base, str(out), str(cache))


def _row(turns: Sequence[Turn]) -> Row:
    def middle(values: Iterable[float]) -> float:
        return median(values)

    return Row(
        wall_s=middle(turn.whole.wall_s for turn in turns),
        cpu_s=middle(turn.whole.cpu_s for turn in turns),
        start_up_s=middle(turn.start_up.wall_s for turn in turns),
        start_up_cpu_s=middle(turn.start_up.cpu_s for turn in turns),
        peak_mb=middle(turn.whole.peak_mb for turn in turns),
        requests=max(turn.counted.requests for turn in turns),
        most_in_flight=max(turn.counted.most_in_flight for turn in turns),
        accuracy=turns[-1].whole.said,
    )


def table(rows: Mapping[str, Row], cases: int) -> str:
    """The rows as Markdown."""
    lines = [
        "| what | wall s | to bare loop | start-up s | CPU s | start-up CPU s | CPU ms a case | peak MB | requests "
        "| most in flight | right claims |",
        "|---|" + "---:|" * 10,
    ]
    for name, row in rows.items():
        floor = rows.get(CONTENDERS[name].floor or "")
        cells = (
            name,
            f"{row.wall_s:.2f}",
            f"{row.wall_s / floor.wall_s:.2f}" if floor else "",
            f"{row.start_up_s:.2f}",
            f"{row.cpu_s:.2f}",
            f"{row.start_up_cpu_s:.2f}",
            f"{1000 * (row.cpu_s - row.start_up_cpu_s) / cases:.2f}",
            f"{row.peak_mb:.0f}",
            f"{row.requests}",
            f"{row.most_in_flight}",
            row.accuracy,
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)
