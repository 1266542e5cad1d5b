"""`coach eval`: labelled cases in, figures out; two runs compared; a gate for whoever edits a prompt or a rubric."""

from __future__ import annotations

import click

from coach.cli.evaluate.agreeing import agreement, disagreements
from coach.cli.evaluate.batches import export_batch, import_batch
from coach.cli.evaluate.comparing import compare, gate, simulate
from coach.cli.evaluate.judging import judge
from coach.cli.evaluate.measuring import judgement, report, rescore, run, schema
from coach.cli.evaluate.probing import probe
from coach.cli.evaluate.writing import draft, export_feedback


@click.group("eval")
def evaluate() -> None:
    """Run labelled cases against Coach, and compare runs."""


for command in (
    *(run, rescore, report, compare, gate, simulate, probe, export_batch, import_batch),
    *(judge, judgement, agreement, disagreements, draft, export_feedback, schema),
):
    evaluate.add_command(command)
