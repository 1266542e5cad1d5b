"""`coach deal` and `coach demo`: a note becomes a deal review in the terminal, or as JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click

from coach.cli.auditing import audited, came_to
from coach.cli.engines import chosen_settings, engine_options, fallback_option
from coach.cli.forms import form_options, print_json, print_result

if TYPE_CHECKING:
    from coach.domain import DealNote, DealReview
    from coach.settings import Settings


class _Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Parse the day, or say how to write one."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as YYYY-MM-DD", param, ctx)


DAY = _Day()
"""For an option that is a day."""


def today() -> date:
    """The day it is here."""
    return datetime.now(UTC).astimezone().date()


def deal_options(command: Callable[..., None]) -> Callable[..., None]:
    """What the command line can say of a deal and its note."""
    for option in (
        click.option("--written-on", type=DAY, help="The day the note was written; today where not given."),
        click.option("--amount", help="The deal's amount, currency included."),
        click.option("--stage", help="The deal's stage in the CRM."),
        click.option("--close-date", type=DAY, help="The day the rep says it closes by, YYYY-MM-DD."),
        click.option("--name", help="The deal's name."),
    ):
        command = option(command)
    return command


@click.command()
@click.argument("note", metavar="NOTE")
@deal_options
@engine_options
@fallback_option
@click.option("--rep", help="Whose deal it is; where it is said, the review is kept as evidence for `coach rep`.")
@click.option(
    "--person",
    "people",
    multiple=True,
    metavar="NAME",
    help="Who is in the deal: a model is shown the note without their names; several may be given.",
)
@click.option("--show-outgoing", is_flag=True, help="Send nothing: print what a model would be sent, and stop.")
@form_options
@audited("rep", only_with="rep", only_if_kept=True)
def deal(
    note: str,
    name: str | None,
    close_date: date | None,
    stage: str | None,
    amount: str | None,
    written_on: date | None,
    engine: str | None,
    model: str | None,
    rep: str | None,
    people: Sequence[str],
    *,
    no_fallback: bool,
    show_outgoing: bool,
    form: str,
) -> None:
    """Review a deal NOTE: a file (.txt .md .eml .docx .vtt .srt), or - for standard input."""
    from coach.cli.input import read_note

    document = read_note(note)
    fields = {"name": name, "close_date": close_date, "stage": stage, "amount": amount}
    settings = chosen_settings(engine, model, **({"fallback": False} if no_fallback else {}))
    given = deal_note(document.text, fields, written_on, [*people, *([rep] if rep else [])])
    if show_outgoing:
        _show_outgoing(given, settings, as_json=form == "json")
    else:
        _review(given, settings, rep=rep, form=form)


@click.command()
@form_options
def demo(*, form: str) -> None:
    """Review the realistic note that ships with Coach: no key, no network."""
    from coach.samples import sample

    _review(sample(), chosen_settings("local"), form=form)


def deal_note(text: str, fields: dict[str, Any], written_on: date | None, people: Sequence[str] = ()) -> DealNote:
    """A note and what the command line said of its deal; written today where it did not say.

    Raises:
        InvalidInput: a value is too long; the message names the option.
    """
    from pydantic import ValidationError

    from coach.domain import Deal, DealNote
    from coach.errors import InvalidInput

    try:
        return DealNote(deal=Deal(**fields), written_on=written_on or today(), note=text, people=tuple(people))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise InvalidInput(f"--{str(first['loc'][-1]).replace('_', '-')}: {first['msg']}") from None


def _show_outgoing(note: DealNote, settings: Settings, *, as_json: bool) -> None:
    from coach.wiring import build

    calls = build(settings).outgoing(note)
    if as_json:
        print_json({"schema": "coach.outgoing/1", "calls": [one.model_dump(mode="json") for one in calls]})
        return
    from coach.cli.terminal import plain

    if not calls:
        click.echo("Nothing leaves this machine: the embedded engine reads.")
    for one in calls:
        taken = ", ".join(f"{count} {kind}" for kind, count in one.redacted.items()) or "nothing"
        click.echo(f"To {one.model} (sha256 {one.sha256}; taken out: {taken})")
        click.echo(plain(one.system))
        click.echo(plain(one.text))


def _review(note: DealNote, settings: Settings, *, rep: str | None = None, form: str) -> None:
    import asyncio

    from coach.wiring import build
    from coach.wiring.auditing import ran

    async def reviewed() -> DealReview:
        coach = build(settings)
        try:
            return await coach.review_deal(note, rep=rep)
        finally:
            await coach.close()

    review = asyncio.run(reviewed())
    came_to(**ran(review))

    def as_text() -> None:
        from coach.cli.report import print_review

        print_review(review, note.note)

    print_result(review, form, as_text)
