"""`coach audit`: who did what, and the proof that the log is whole."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, TypeVar

import click

from coach.cli.auditing import audited
from coach.cli.deal import DAY
from coach.cli.forms import print_json

if TYPE_CHECKING:
    from coach.store.audit import Audit, Recorded

_Result = TypeVar("_Result")
_json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group()
def audit() -> None:
    """Show and prove the audit log of the workspace (COACH_WORKSPACE): who read, ran and changed what, and when."""


@audit.command("head")
@_json_option
def show_head(*, as_json: bool) -> None:
    """Print the number and digest of the last entry, to be noted where nobody who could change the log can."""
    from coach.service.audit import shown

    head = _run(lambda log: log.head())
    if as_json:
        print_json({"schema": "coach.audit_head/1", "number": head.number, "digest": head.digest, "head": shown(head)})
    else:
        click.echo(shown(head))


@audit.command()
@click.option("--head", metavar="NUMBER:DIGEST", help="What was noted earlier: the log must still hold it.")
@_json_option
def verify(head: str | None, *, as_json: bool) -> None:
    """Check that every entry is as it was written and none is missing; exit 1 where that is not so.

    The chain cannot show that its end was cut off. Note the head that this prints, or `coach audit head`, where nobody
    who could change the log can, and give it to a later run.
    """
    from coach.service.audit import verify as prove

    proof = _run(lambda log: prove(log, head))
    if as_json:
        print_json({"schema": "coach.audit_proof/1", **proof.model_dump()})
    else:
        click.echo(f"{proof.entries} entries, each as it was written" if proof.sound else f"BROKEN  {proof.problem}")
        click.echo(f"head  {proof.head}")
    if not proof.sound:
        sys.exit(1)


@audit.command("list")
@click.option("--person", metavar="NAME", help="Only what is about this person.")
@click.option("--actor", help="Only what this one did: key:…, member:…, local, cli.")
@click.option("--action", help="Only this: an operation's id, or a command.")
@click.option("--since", type=DAY, help="From this day on, in UTC.")
@click.option("--until", type=DAY, help="Until this day, in UTC.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, show_default=True, help="The latest so many.")
@_json_option
@audited("person")
def list_entries(
    person: str | None,
    actor: str | None,
    action: str | None,
    since: date | None,
    until: date | None,
    limit: int,
    *,
    as_json: bool,
) -> None:
    """List what was done, the latest first. People are pseudonyms: --person finds the one that a name has."""

    async def found(log: Audit) -> tuple[Recorded, ...]:
        from coach.service.audit import days
        from coach.store.audit import of

        chosen = days(since, until)
        chosen += [of(person=log.pseudonym(person))] if person else []
        chosen += [of(**{name: value}) for name, value in (("actor", actor), ("action", action)) if value]
        return await log.page(*chosen, most=limit)

    entries = _run(found)
    if as_json:
        print_json([asdict(one) | {"at": one.at.isoformat()} for one in entries])
        return
    for one in entries:
        status = f"  {one.detail['status']}" if "status" in one.detail else ""
        click.echo(
            f"{one.number:>7}  {one.at:%Y-%m-%d %H:%M:%S}  {one.actor:<17}  {one.role:<7}  {one.action}"
            f"{f' {one.object}' if one.object else ''}{f'  about {one.person[:8]}' if one.person else ''}{status}"
        )


def _run(do: Callable[[Audit], Awaitable[_Result]]) -> _Result:
    from coach.settings import load_settings
    from coach.wiring.auditing import log_of

    async def done() -> _Result:
        async with log_of(load_settings()) as log:
            return await do(log)

    return asyncio.run(done())
