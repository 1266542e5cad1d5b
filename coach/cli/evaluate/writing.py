"""`coach eval draft` and `export-feedback`: new cases, from a note or from what a manager corrected."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coach.cli.auditing import audited
from coach.cli.deal import deal_options
from coach.cli.evaluate.arguments import PATHS

if TYPE_CHECKING:
    from coach.evaluation.case.model import LabelledCase


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
@click.argument("feedback", nargs=-1, type=PATHS)
@click.option("--from-store", is_flag=True, help="The corrections that the workspace keeps (COACH_WORKSPACE).")
@audited(only_with="from_store")
def export_feedback(feedback: tuple[Path, ...], *, from_store: bool) -> None:
    """Turn managers' corrections into cases; print them as JSON, one a line.

    They are those in FEEDBACK (.jsonl), or, with --from-store, those that were made of kept reviews.
    """
    from coach.evaluation.case.correction import load_feedback
    from coach.evaluation.corrected import cases_of

    if from_store is bool(feedback):
        raise click.UsageError("give files of feedback, or --from-store, and not both")
    if not from_store:
        _print(load_feedback(feedback))
        return
    found = cases_of(asyncio.run(_corrected()))
    _print(found.cases)
    if found.left_out:
        click.echo(
            f"Left out, for their labels do not fit together or nothing is wrong: {', '.join(found.left_out)}", err=True
        )


def _print(cases: Iterable[LabelledCase]) -> None:
    for case in cases:
        click.echo(case.model_dump_json())


async def _corrected() -> tuple[dict[str, Any], ...]:
    from coach.wiring import build

    coach = build()
    try:
        return await coach.pipeline.records.feedback.corrected()
    finally:
        await coach.close()
