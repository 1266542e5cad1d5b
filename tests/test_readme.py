"""The README keeps its word: its settings are the settings, its commands are commands."""

from __future__ import annotations

import re
from pathlib import Path

import click

from coach.cli.main import cli
from coach.settings import Settings

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")


def settings_table() -> str:
    lines = ["| setting | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        shown = (
            {True: "on", False: "off"}.get(field.default, field.default) if field.annotation is bool else field.default
        )
        default = "" if shown is None else f"`{shown}`"
        lines.append(f"| `COACH_{name.upper()}` | {default} | {field.description} |")
    return "\n".join(lines)


def between(start: str) -> str:
    found = re.search(rf"<!-- {start} -->\n(.*?)<!-- end -->", README, re.DOTALL)
    assert found, f"README has no {start} section"
    return found.group(1).strip()


def test_the_settings_table_is_made_of_the_settings() -> None:
    assert settings_table() == between("settings")


def test_the_first_screen_has_exactly_two_commands() -> None:
    screen = README.split("## What it answers")[0]
    assert len(screen.splitlines()) < 30
    assert 2 == screen.count("```sh")
    assert between("demo").endswith("coach demo\n```")
    assert between("test").endswith("pytest -n auto\n```")


def test_every_command_in_the_readme_exists() -> None:
    block = README.split("## Use it")[1].split("```sh")[1].split("```")[0]
    context = click.Context(cli)
    for line in re.findall(r"coach ([a-z-]+)", block):
        assert cli.get_command(context, line) is not None
