"""`coach eval draft` and `export-feedback`: new cases, from a note or from what a manager corrected."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from coach.cli.deal import deal_options
from coach.cli.evaluate.arguments import PATHS


def _some(_context: click.Context, _option: click.Parameter, value: str) -> str:
    if not value.strip():
        raise click.BadParameter("an id is at least one character")
    return value


@click.command()
@click.argument("note", metavar="NOTE")
@click.option("--id", "id_", required=True, callback=_some, help="The case's id, unique among all cases.")
@deal_options
def draft(
    note: str,
    id_: str,
    name: str | None,
    close_date: date | None,
    stage: str | None,
    amount: str | None,
    written_on: date | None,
) -> None:
    """Draft a case from NOTE, labelled as Coach reads it, to be corrected by hand; print it as YAML."""
    import asyncio

    from coach.cli.deal import deal_note
    from coach.cli.input import read_note
    from coach.domain import Question
    from coach.evaluation.case.draft import draft_case
    from coach.wiring import build

    fields = {"name": name, "close_date": close_date, "stage": stage, "amount": amount}
    asked = deal_note(read_note(note).text, fields, written_on)
    review = asyncio.run(build().review_deal(asked))
    coverage = {question: review.coverage[question].status for question in Question}
    click.echo(draft_case(id_, asked, review.statements, coverage, review.claim.verdict), nl=False)


@click.command("export-feedback")
@click.argument("feedback", nargs=-1, required=True, type=PATHS)
def export_feedback(feedback: tuple[Path, ...]) -> None:
    """Turn managers' corrections in FEEDBACK (.jsonl) into cases; print them as JSON, one a line."""
    from coach.evaluation.case.correction import load_feedback

    click.echo("\n".join(case.model_dump_json() for case in load_feedback(feedback)))
