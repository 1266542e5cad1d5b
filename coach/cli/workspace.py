"""`coach workspace`: workspaces, and what holds in each."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from coach.cli.auditing import audited, came_to
from coach.cli.forms import print_json

if TYPE_CHECKING:
    from coach.service.workspace import WorkspaceRules


def here() -> str:
    """The workspace that the command line works in."""
    from coach.settings import load_settings

    return load_settings().workspace


workspace_option = click.option("--workspace", metavar="NAME", help="The workspace; COACH_WORKSPACE unless given.")


@click.group()
def workspace() -> None:
    """Show and set what holds in a workspace; make and list workspaces.

    `diagnosis` (on, off): whether reps' skill and will may be diagnosed. `retention_days`: after how many days notes,
    conversations and what was said of them are deleted. `retention_crm_days`: the same of what the CRM said. `none` is
    the default: diagnosed, and kept.
    """


@workspace.command()
@workspace_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def show(workspace: str | None, *, as_json: bool) -> None:
    """Show what holds in the workspace."""
    name, rules = asyncio.run(_changed(workspace, {}))
    if as_json:
        print_json({"schema": "coach.workspace/1", "name": name, **rules.model_dump()})
        return
    for setting, value in rules.model_dump().items():
        click.echo(f"{setting:<20}{'none' if value is None else value}")


@workspace.command("set")
@click.argument("setting", metavar="NAME")
@click.argument("value", metavar="VALUE")
@workspace_option
@audited()
def set_(setting: str, value: str, workspace: str | None) -> None:
    """Set what holds in the workspace, also in services that are running."""
    name, rules = asyncio.run(_changed(workspace, {setting: value}))
    kept = rules.model_dump()[setting]
    came_to(setting, to=kept)
    click.echo(f"workspace {name}: {setting} is {'none' if kept is None else kept}")
    if setting.startswith("retention") and kept is not None:
        click.echo("A service deletes what is older within a day; `coach privacy prune` does it now.")


@workspace.command()
@click.argument("workspace", metavar="NAME")
@audited()
def create(workspace: str) -> None:
    """Make a workspace; it begins with no keys: `coach keys create --workspace NAME`."""
    from coach.settings import load_settings
    from coach.wiring.places import workspaces

    asyncio.run(workspaces(load_settings()).create(workspace))
    click.echo(f"there is a workspace {workspace}")


@workspace.command("list")
def list_workspaces() -> None:
    """List the workspaces that there are."""
    from coach.settings import load_settings
    from coach.wiring.places import workspaces

    for name in asyncio.run(workspaces(load_settings()).names()):
        click.echo(name)


async def _changed(name: str | None, changed: dict[str, str | int | None]) -> tuple[str, WorkspaceRules]:
    from coach.service.workspace import change
    from coach.settings import load_settings
    from coach.wiring.entrance import existing

    settings = load_settings()
    name = name or settings.workspace
    async with existing(settings, name) as store:
        return name, await change(store.records.workspace_settings, changed)
