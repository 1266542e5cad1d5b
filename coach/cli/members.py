"""`coach members`: who may sign in by the identity provider, and as what."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

import click

from coach.cli.auditing import audited, came_to
from coach.cli.forms import print_json
from coach.cli.workspace import here
from coach.domain.identity import Role

if TYPE_CHECKING:
    from coach.service.members import Circle

_Result = TypeVar("_Result")
_workspace_option = click.option("--workspace", default=here, metavar="NAME", help="COACH_WORKSPACE unless given.")
_ROLES = [role.value for role in Role if role is not Role.SERVICE]


@click.group()
def members() -> None:
    """Say who may sign in by the identity provider (COACH_OIDC_ISSUER) or come by a CRM's proof, and as what."""


@members.command()
@click.argument("email")
@click.option("--role", type=click.Choice(_ROLES), required=True)
@click.option("--person", metavar="NAME", help="Of a manager or a rep: the person's name, as the roster has it.")
@click.option("--crm-user", metavar="CRM:ID", help="Who they are in Pipedrive or Zendesk Sell: pipedrive:123.")
@_workspace_option
@audited("person")
def add(email: str, role: str, person: str | None, crm_user: str | None, workspace: str) -> None:
    """Let somebody in; who had this address before is replaced."""
    member = _run(workspace, lambda circle: circle.add(email, Role(role), person, crm_user))
    # Which CRM opens a way in; the number there is a person's.
    crm = {} if member.crm_user is None else {"crm": member.crm_user.partition(":")[0]}
    came_to(f"member:{member.id}", role=role, **crm)
    known = f", and is {member.crm_user}" if member.crm_user else ""
    click.echo(f"{member.email} may sign in as {member.role}{f' ({member.person})' if member.person else ''}{known}")


@members.command()
@click.argument("email")
@_workspace_option
@audited("email")
def remove(email: str, workspace: str) -> None:
    """Let somebody in no more, from this moment."""
    _run(workspace, lambda circle: circle.remove(email))
    click.echo(f"{email} may not sign in any more")


@members.command("list")
@_workspace_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def list_members(workspace: str, *, as_json: bool) -> None:
    """List who may sign in."""
    found = _run(workspace, lambda circle: circle.all())
    if as_json:
        people = [
            {"email": one.email, "role": one.role.value, "person": one.person, "crm_user": one.crm_user}
            for one in found
        ]
        print_json({"schema": "coach.members/1", "workspace": workspace, "members": people})
        return
    for one in found:
        user = f"  {one.crm_user}" if one.crm_user else ""
        click.echo(f"{one.role:<8}  {one.email}{f' ({one.person})' if one.person else ''}{user}")


def _run(workspace: str, do: Callable[[Circle], Awaitable[_Result]]) -> _Result:
    from coach.service.members import Circle
    from coach.settings import load_settings
    from coach.wiring.entrance import existing

    async def done() -> _Result:
        async with existing(load_settings(), workspace) as store:
            return await do(Circle(workspace, store.records.members))

    return asyncio.run(done())
