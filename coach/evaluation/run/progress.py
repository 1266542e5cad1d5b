"""How far a run is: a bar with cost and time left on stderr where somebody watches, and nothing where nobody does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from coach.evaluation.prediction import Prediction


class Progress(Protocol):
    """Told of every case that is done."""

    def __call__(self, prediction: Prediction) -> None:
        """One more case is done."""


@contextmanager
def show_progress(total: int) -> Iterator[Progress | None]:
    """Show a bar for `total` cases and repeats; nothing where stderr is not a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415  only where somebody watches; it costs start-up
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415
    from rich.progress import Progress as Bar  # noqa: PLC0415

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[spent]}"),
        TimeRemainingColumn(elapsed_when_finished=True),
        TextColumn("{task.fields[failed]}"),
    )
    with Bar(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("cases", total=total, spent="", failed="")
        cost_usd = 0.0
        failed = 0

        def advance(prediction: Prediction) -> None:
            nonlocal cost_usd, failed
            failed += prediction.error is not None
            if prediction.cost_usd is not None and not prediction.cached:
                cost_usd += prediction.cost_usd
                bar.update(task, spent=f"${cost_usd:.4f}")
            bar.update(task, advance=1, failed=f"{failed} failed" if failed else "")

        yield advance
