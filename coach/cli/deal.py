"""`coach deal` and `coach demo`: a note becomes a deal review in the terminal, or as JSON."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from typing import Any

import click


class _Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Parse the day, or say how to write one."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as YYYY-MM-DD", param, ctx)


@click.command()
@click.argument("note", metavar="NOTE")
@click.option("--name", help="The deal's name.")
@click.option("--close-date", type=_Day(), help="The day the rep says it closes by, YYYY-MM-DD.")
@click.option("--stage", help="The deal's stage in the CRM.")
@click.option("--amount", help="The deal's amount, currency included.")
@click.option("--written-on", type=_Day(), help="The day the note was written; today where not given.")
@click.option("--engine", type=click.Choice(["local"]), help="Which engine reads.  [default: local]")
@click.option("--json", "as_json", is_flag=True, help="Print the review as one JSON document.")
def deal(
    note: str,
    name: str | None,
    close_date: date | None,
    stage: str | None,
    amount: str | None,
    written_on: date | None,
    engine: str | None,
    *,
    as_json: bool,
) -> None:
    """Review a deal NOTE: a file (.txt .md .eml .docx .vtt .srt), or - for standard input."""
    from coach.cli.input import read_note

    document = read_note(note)
    fields = {"name": name, "close_date": close_date, "stage": stage, "amount": amount}
    _review(document.text, fields, written_on or datetime.now(UTC).astimezone().date(), engine, as_json=as_json)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the review as one JSON document.")
def demo(*, as_json: bool) -> None:
    """Review the realistic note that ships with Coach: no key, no network."""
    from coach.samples import sample

    note = sample()
    _review(note.note, note.deal.model_dump(), note.written_on, None, as_json=as_json)


def _review(text: str, fields: dict[str, Any], written_on: date, engine: str | None, *, as_json: bool) -> None:
    import asyncio

    from pydantic import ValidationError

    from coach.domain import Deal, DealNote
    from coach.errors import InvalidInput
    from coach.settings import load_settings
    from coach.wiring import build

    settings = load_settings()
    if engine:
        settings = settings.model_copy(update={"engine": engine})
    try:
        deal_note = DealNote(deal=Deal(**fields), written_on=written_on, note=text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise InvalidInput(f"--{str(first['loc'][-1]).replace('_', '-')}: {first['msg']}") from None
    review = asyncio.run(build(settings).review_deal(deal_note))
    if as_json:
        _print_json(review.model_dump(mode="json", by_alias=True))
    else:
        from coach.cli.report import print_review

        print_review(review, text)


def _print_json(content: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n")
    sys.stdout.buffer.flush()
