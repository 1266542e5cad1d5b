"""`coach keys`: API keys are made, listed, rotated and revoked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeVar

import click

from coach.cli.auditing import audited, came_to
from coach.cli.deal import DAY
from coach.cli.forms import print_json
from coach.cli.workspace import here
from coach.domain.identity import Role, Scope

if TYPE_CHECKING:
    from coach.service.keys import KeyRing, Made
    from coach.store.keys import StoredKey

_Result = TypeVar("_Result")
_workspace_option = click.option("--workspace", default=here, metavar="NAME", help="COACH_WORKSPACE unless given.")
_json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group()
def keys() -> None:
    """Make, list, rotate and revoke API keys; from the first key on, nobody comes in without one.

    The key is for programs and for signing in at /login. A model provider's key is another thing: COACH_API_KEY.
    """


@keys.command()
@click.option("--name", default="unnamed", help="What to call it, for the list.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.ADMIN.value, show_default=True)
@click.option("--person", metavar="NAME", help="Of a manager or a rep: the person's name, as the roster has it.")
@click.option(
    "--scope",
    "scopes",
    type=click.Choice([scope.value for scope in Scope]),
    multiple=True,
    help="What it may do, where that is less than all that its role may; a service's have to be said.",
)
@click.option("--expires", type=DAY, help="The last day, in UTC, that it opens anything.")
@click.option(
    "--workspace",
    default=here,
    metavar="NAME",
    help="The workspace; made if there is none.  [default: main, or COACH_WORKSPACE]",
)
@_json_option
@audited("person")
def create(
    name: str,
    role: str,
    person: str | None,
    scopes: Sequence[str],
    expires: date | None,
    workspace: str,
    *,
    as_json: bool,
) -> None:
    """Make a key, and show it: this once, and never again."""
    ends = None if expires is None else datetime.combine(expires + timedelta(days=1), time(), UTC)

    def made(ring: KeyRing) -> Awaitable[Made]:
        return ring.create(name, Role(role), person=person, scopes=map(Scope, scopes), expires_at=ends)

    key = _run(workspace, made, make=True)
    came_to(key.key.id, role=role)
    _show(key, as_json=as_json)


@keys.command()
@click.argument("key", metavar="ID")
@click.option("--overlap-hours", type=click.FloatRange(0, 24 * 30), default=0, help="How long the old one still works.")
@_workspace_option
@_json_option
@audited(thing="key")
def rotate(key: str, overlap_hours: float, workspace: str, *, as_json: bool) -> None:
    """Make a key that stands in for another, which ends: at once, or in some hours."""
    new = _run(workspace, lambda ring: ring.rotate(key, timedelta(hours=overlap_hours)))
    came_to(made=new.key.id)
    _show(new, as_json=as_json)


@keys.command()
@click.argument("key", metavar="ID")
@_workspace_option
@audited(thing="key")
def revoke(key: str, workspace: str) -> None:
    """End a key at once; also in services that are running."""
    _run(workspace, lambda ring: ring.revoke(key))
    click.echo(f"key {key} opens nothing any more")


@keys.command("list")
@_workspace_option
@_json_option
def list_keys(workspace: str, *, as_json: bool) -> None:
    """List the keys that were made, in force or not; none of them is shown."""
    found = _run(workspace, lambda ring: ring.all())
    if as_json:
        print_json({"schema": "coach.keys/1", "workspace": workspace, "keys": [_as_json(one) for one in found]})
        return
    if not found:
        click.echo(f"workspace {workspace} has no keys; `coach keys create` makes one")
    for one in found:
        click.echo(f"{one.id}  {_state(one):<22}  {one.role:<8}  {one.name}{f' ({one.person})' if one.person else ''}")


def _show(made: Made, *, as_json: bool) -> None:
    if as_json:
        print_json(_as_json(made.key) | {"schema": "coach.key/1", "key": made.shown})
        return
    click.echo(made.shown)
    click.echo(f"key {made.key.id}, role {made.key.role}: keep it now, it is not shown again", err=True)


def _as_json(key: StoredKey) -> dict[str, object]:
    moments = {name: getattr(key, name) for name in ("made_at", "expires_at", "revoked_at")}
    return {
        "id": key.id,
        "name": key.name,
        "role": key.role.value,
        "person": key.person,
        "scopes": sorted(key.scopes),
        "state": _state(key).partition(" ")[0],
        **{name: None if at is None else at.isoformat() for name, at in moments.items()},
    }


def _state(key: StoredKey) -> str:
    if key.revoked_at is not None:
        return f"revoked {key.revoked_at.date()}"
    if key.expires_at is None:
        return "good"
    last = (key.expires_at - timedelta(microseconds=1)).date()
    return f"good until {last}" if key.is_good(datetime.now(UTC)) else f"ended {last}"


def _run(workspace: str, do: Callable[[KeyRing], Awaitable[_Result]], *, make: bool = False) -> _Result:
    from coach.settings import load_settings
    from coach.wiring.entrance import opened

    async def done() -> _Result:
        async with opened(load_settings(), workspace, make=make) as ring:
            return await do(ring)

    return asyncio.run(done())
