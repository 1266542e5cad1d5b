"""`coach one-on-one`, `coach agree`, `coach commitments`, `coach settle`, `coach claims`: the monthly 1-on-1."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from datetime import date
from typing import TYPE_CHECKING, TypeVar

import click

from coach.cli.auditing import about, audited, came_to
from coach.cli.deal import DAY, today
from coach.cli.forms import MESSAGES, print_json, print_message

if TYPE_CHECKING:
    from coach.domain.commitment import Commitment, Step
    from coach.domain.one_on_one import OneOnOne
    from coach.pipeline.rows import Mapping
    from coach.service.importing import Source
    from coach.wiring.pipeline import Pipeline

_Result = TypeVar("_Result")
_Model = TypeVar("_Model")
_rep_option = click.option("--rep", required=True, metavar="NAME", help="The rep, as the CRM names the owner.")
_as_of_option = click.option("--as-of", type=DAY, help="The day; today where not given.")
_json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.command("one-on-one")
@_rep_option
@_as_of_option
@click.option(
    "--data",
    "data",
    multiple=True,
    metavar="FILE[@DAY]",
    help="An export to make it of, in place of the store's snapshots, and the day it shows (that of --as-of where not "
    "given); several may be given. It is not kept.",
)
@click.option("--mapping", "mapping_file", metavar="FILE", help="What the columns of --data are.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "md", "html", "json", "ics", *MESSAGES]),
    default="text",
    help="text for a terminal; md, html (prints on two pages); json, with everything; ics, the next one; slack "
    "and email, messages.",
)
@audited("rep")
def one_on_one(rep: str, as_of: date | None, data: Sequence[str], mapping_file: str | None, form: str) -> None:
    """Prepare the monthly 1-on-1 with a rep: thirty minutes in five parts, from snapshots, reviews and agreements.

    Nothing is kept by it; `coach agree` keeps it as held.
    """
    from coach.cli.importing import mapping_of

    day = as_of or today()
    with ExitStack() as stack:
        sources = _sources(stack, data, day, mapping_of(mapping_file))
        pack = _run(lambda pipeline: pipeline.prepare(rep, day, sources))
    _print_pack(pack, form)


@click.command()
@_rep_option
@click.option("--as-of", "held_on", type=DAY, help="The day it was held; today where not given.")
@click.option(
    "--step",
    "steps",
    multiple=True,
    nargs=3,
    metavar="OWNER DAY WHAT",
    help="A next step: rep or manager, the day it is due, and what it is; several may be given.",
)
@click.option("--deal", help="The deal that the steps are about.")
@_json_option
@audited("rep")
def agree(
    rep: str, held_on: date | None, steps: Sequence[tuple[str, str, str]], deal: str | None, *, as_json: bool
) -> None:
    """Keep a 1-on-1 as held, with the next steps that both agreed on; the next one counts from its day."""
    day = held_on or today()
    agreed = [_step(one, deal) for one in steps]

    async def hold(pipeline: Pipeline) -> OneOnOne:
        return await pipeline.hold(await pipeline.prepare(rep, day), agreed)

    held = _run(hold)
    if as_json:
        _print_pack(held, "json")
    else:
        _print_steps(held.next_steps.agreed, f"1-on-1 with {held.rep} on {day}: kept.")


@click.command()
@_rep_option
@_as_of_option
@_json_option
@audited("rep")
def commitments(rep: str, as_of: date | None, *, as_json: bool) -> None:
    """List what was agreed in the 1-on-1s with a rep, by day due."""
    found = _run(lambda pipeline: pipeline.records.commitments.of(rep, as_of or today()))
    if as_json:
        print_json([one.model_dump(mode="json") for one in found])
    else:
        _print_steps(found, "" if found else "Nothing was agreed yet.")


@click.command()
@click.argument("number", type=click.IntRange(min=1))
@click.argument("kept", type=click.Choice(["kept", "not_kept", "dropped", "open"]))
@click.option("--proof", help="What shows it: the customer's act, words, a link. A step that was kept needs one.")
@audited(thing="number")
def settle(number: int, kept: str, proof: str | None) -> None:
    """Say what has become of an agreed step: NUMBER as `coach commitments` shows it."""
    from coach.domain.commitment import Change

    changed = _valid("--proof", Change, kept=kept, proof=proof).values(today())

    async def change(pipeline: Pipeline) -> Commitment:
        about(*await pipeline.records.commitments.whose(number))
        return await pipeline.records.commitments.change(number, changed)

    _print_steps([_run(change)], "")
    came_to(kept=kept)


@click.command()
@_rep_option
@_as_of_option
@_json_option
@audited("rep")
def claims(rep: str, as_of: date | None, *, as_json: bool) -> None:
    """Read a rep's claim ledger: how often "it closes by then" came true, by what it stood on."""
    found = _run(lambda pipeline: pipeline.ledger(rep, as_of or today()))
    if as_json:
        print_json(found.model_dump(mode="json", by_alias=True))
        return
    from coach.cli.claims_report import print_claims

    print_claims(found)


def _run(use: Callable[[Pipeline], Awaitable[_Result]]) -> _Result:
    """Use the pipeline, and close what it opened."""

    async def used() -> _Result:
        from coach.wiring import build

        coach = build()
        try:
            return await use(coach.pipeline)
        finally:
            await coach.close()

    return asyncio.run(used())


def _sources(stack: ExitStack, data: Sequence[str], as_of: date, mapping: Mapping | None) -> list[tuple[Source, date]]:
    from coach.cli.importing import opened
    from coach.service.importing import Source

    found = []
    for one in data:
        name, day = _dated(one, as_of)
        file, title = stack.enter_context(opened(name))
        found.append((Source(file=file, name=title, mapping=mapping), day))
    return found


def _dated(given: str, as_of: date) -> tuple[str, date]:
    """A file and its day; an @ that no day follows belongs to the name."""
    name, at, day = given.rpartition("@")
    if at and name:
        try:
            return name, date.fromisoformat(day)
        except ValueError:
            pass
    return given, as_of


def _step(given: tuple[str, str, str], deal: str | None) -> Step:
    from coach.domain.commitment import Owner, Step
    from coach.errors import InvalidInput
    from coach.service.days import check_day

    owner, due, what = given
    try:
        who, due_on = Owner(owner), date.fromisoformat(due)
    except ValueError:
        raise InvalidInput(
            "--step: write it as OWNER DAY WHAT, such as --step rep 2026-12-04 'Ask who signs'; OWNER is rep or manager"
        ) from None
    check_day("--step", due_on)
    return _valid("--step", Step, what=what, owner=who, due_on=due_on, deal=deal)


def _valid(option: str, kind: type[_Model], **values: object) -> _Model:
    """Make a value of what was given, or say what is wrong with it."""
    from pydantic import ValidationError

    from coach.errors import InvalidInput

    try:
        return kind(**values)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False, include_context=False)[0]["msg"]
        raise InvalidInput(f"{option}: {problem.removeprefix('Value error, ')}") from None


def _print_pack(pack: OneOnOne, form: str) -> None:
    if form == "json":
        print_json(pack.model_dump(mode="json", by_alias=True))
        return
    if form in MESSAGES:
        print_message(pack, form)
        return
    from coach.pipeline.fit import fit

    fitted = fit(pack)
    if form == "text":
        from coach.cli.pack_report import print_pack

        print_pack(fitted)
        return
    click.echo(_document(fitted, form), nl=form != "ics")


def _document(pack: OneOnOne, form: str) -> str:
    if form == "html":
        from coach.web.packs.html import to_html

        return to_html(pack)
    if form == "md":
        from coach.web.packs.markdown import to_markdown

        return to_markdown(pack)
    from coach.web.packs.calendar import to_ics

    return to_ics(pack)


def _print_steps(steps: Sequence[Commitment], title: str) -> None:
    from coach.cli.terminal import plain

    if title:
        click.echo(plain(title))
    for one in steps:
        about = f" ({plain(one.deal)})" if one.deal else ""
        proof = f": {plain(one.proof)}" if one.proof else ""
        state = one.kept.value.replace("_", " ")
        click.echo(f"  {one.id:>4}  {one.due_on}  {one.owner.value:<7}  {plain(one.what)}{about}  [{state}{proof}]")
