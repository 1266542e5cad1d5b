"""`coach eval compare` and `gate`: what changed between two runs, and whether the later one may be merged."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coach.cli.evaluate.arguments import FOLDER, json_option, labels_option, opened

if TYPE_CHECKING:
    from coach.evaluation.comparison import Comparison
    from coach.evaluation.run import Run

_MARGIN, _MAX_FAILED = 0.05, 0.05
"""As in `coach.evaluation.comparison`, which is not imported before it is needed; a test holds them together."""
_EXITS = {"pass": 0, "regressed": 1, "inconclusive": 3}
"""Contract 1."""
_SHARE = click.FloatRange(0, 1)


def _comparison_options(command: Callable[..., None]) -> Callable[..., None]:
    """How two runs are compared, whatever is then made of it."""
    for option in (
        json_option,
        labels_option,
        click.option(
            "--max-failed",
            default=_MAX_FAILED,
            show_default=True,
            type=_SHARE,
            help="Share of failures that is too many.",
        ),
        click.option(
            "--margin",
            default=_MARGIN,
            show_default=True,
            type=_SHARE,
            help="Drop that a pass must rule out, as a share.",
        ),
        click.option(
            "--common", is_flag=True, help="Compare the cases that both runs have, where they were not asked the same."
        ),
    ):
        command = option(command)
    return command


@click.command()
@click.argument("before", metavar="A", type=FOLDER)
@click.argument("after", metavar="B", type=FOLDER)
@_comparison_options
def compare(
    before: Path,
    after: Path,
    margin: float,
    max_failed: float,
    labels: tuple[Path, ...],
    *,
    common: bool,
    as_json: bool,
) -> None:
    """Show what changed from run A to run B: flipped cases first, then every figure with its noise."""
    _show(compared(before, opened(after, labels), common=common, margin=margin, max_failed=max_failed), as_json=as_json)


@click.command()
@click.argument("run_folder", metavar="RUN", type=FOLDER)
@click.option("--baseline", required=True, type=FOLDER, help="The run to hold it against.")
@_comparison_options
def gate(
    run_folder: Path,
    baseline: Path,
    margin: float,
    max_failed: float,
    labels: tuple[Path, ...],
    *,
    common: bool,
    as_json: bool,
) -> None:
    """Say whether RUN is worse than its baseline.

    Exit 0: for every figure, a drop of --margin is ruled out. 1: a figure or a slice fell beyond chance, or a must-pass
    check fails. 3: too few cases to say. 2: it could not be measured.
    """
    comparison = compared(baseline, opened(run_folder, labels), common=common, margin=margin, max_failed=max_failed)
    _show(comparison, as_json=as_json)
    sys.exit(_EXITS[comparison.verdict])


@click.command()
@click.option("--cases", default=500, show_default=True, type=click.IntRange(1), help="Cases in each simulated run.")
@click.option("--drop", default=0.05, show_default=True, type=_SHARE, help="How much worse the later run truly is.")
@click.option("--noise", default=0.03, show_default=True, type=_SHARE, help="Share that flips each way anyway.")
@click.option("--rounds", default=400, show_default=True, type=click.IntRange(1), help="Simulated comparisons.")
@click.option("--seed", default=7, show_default=True, help="Makes the simulation repeatable.")
def simulate(cases: int, drop: float, noise: float, rounds: int, seed: int) -> None:
    """Measure the gate itself on simulated runs whose truth is known: false alarms, and drops it sees."""
    from coach.evaluation.comparison import render_simulations, simulate_gate

    click.echo(render_simulations(simulate_gate(cases, drop, noise=noise, rounds=rounds, seed=seed)), nl=False)


def compared(
    before: Path, later: Run, *, common: bool, margin: float = _MARGIN, max_failed: float = _MAX_FAILED
) -> Comparison:
    """Compare a run with an earlier one; labels are the later run's.

    Raises:
        InvalidInput: the earlier one is no run.
        NotMeasured: the two cannot be compared.
    """
    from coach.evaluation.comparison import compare, pair_runs
    from coach.evaluation.run import open_baseline

    return compare(pair_runs(open_baseline(before), later, common=common), margin=margin, max_failed=max_failed)


def _show(comparison: Comparison, *, as_json: bool) -> None:
    from coach.evaluation.render.terminal import print_comparison

    if as_json:
        click.echo(comparison.model_dump_json(by_alias=True, indent=2))
    else:
        print_comparison(comparison)
