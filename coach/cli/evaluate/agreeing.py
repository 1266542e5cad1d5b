"""`coach eval agreement` and `disagreements`: two readings of the same texts, neither of them the right one."""

from __future__ import annotations

from pathlib import Path

import click

from coach.cli.evaluate.arguments import FOLDER, PATHS, chosen, json_option, opened
from coach.cli.evaluate.measuring import show


@click.command()
@click.argument("first", type=PATHS)
@click.argument("second", type=PATHS)
@json_option
def agreement(first: Path, second: Path, *, as_json: bool) -> None:
    """Hold the labels of SECOND against those of FIRST: how far two annotators of the same texts agree."""
    from coach.evaluation.agreement import agreement_report

    show(agreement_report(chosen((first,)), chosen((second,))), as_json=as_json)


@click.command()
@click.argument("first", metavar="RUN", type=FOLDER)
@click.argument("second", metavar="OTHER_RUN", type=FOLDER)
@click.option("--most", default=50, show_default=True, type=click.IntRange(1), help="How many to list.")
def disagreements(first: Path, second: Path, most: int) -> None:
    """List the cases that two engines read most differently, those first: what is best labelled next.

    Each line is an agreement from 0 to 1 and a case's id. What only one of them was asked is left out.
    """
    from coach.errors import NotMeasured
    from coach.evaluation.agreement import disagreements as ranked

    one, other = opened(first), opened(second)
    asked = other.manifest.inputs
    both = [case for case in one.cases if asked.get(case.id) == one.manifest.inputs[case.id]]
    if not both:
        raise NotMeasured(f"{first} and {second} have no case in common: nothing to compare")
    outputs = [{id_: repeats[0].output for id_, repeats in run.predictions.items() if repeats} for run in (one, other)]
    for each in ranked(both, *outputs)[:most]:
        click.echo(f"{each.agreement:.3f} {each.id}")
