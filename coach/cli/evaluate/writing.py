"""`coach eval draft` and `export-feedback`: new cases, from a note or from what a manager corrected."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from coach.cli.deal import deal_options
from coach.cli.evaluate.arguments import PATHS


@click.command()
@click.argument("note", metavar="NOTE")
@click.option("--id", "id_", required=True, help="The case's id, unique among all cases.")
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
    from coach.evaluation.case import draft_case
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
    from pydantic import ValidationError

    from coach.errors import InvalidInput
    from coach.evaluation.case import Feedback, case_of, entries

    for path in feedback:
        for where, fields in entries(path):
            try:
                case = case_of(Feedback.model_validate(fields))
            except ValidationError as error:
                first = error.errors(include_url=False, include_input=False)[0]
                at = ".".join(str(part) for part in first["loc"])
                raise InvalidInput(f"{where}: at {at}: {first['msg']}") from None
            click.echo(case.model_dump_json())
