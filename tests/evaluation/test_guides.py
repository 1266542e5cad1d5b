"""The guides of `evals/` name commands and options that exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from coach.cli.main import cli

EVALS = Path(__file__).parents[2] / "evals"
GUIDES = sorted(EVALS.glob("**/*.md"))


def commands(text: str) -> list[str]:
    """Every `coach …` in a code block or in backticks, without what a shell does with its output."""
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    lines = [line.split("#")[0] for block in blocks for line in block.splitlines()]
    lines += re.findall(r"`(coach [^`]+)`", text.replace("\n", " "))
    lines += re.findall(r"^    (coach .*?)(?:\s{2,}#.*)?$", text, re.MULTILINE)
    return [re.split(r"[>|…]", line)[0].strip() for line in lines if line.startswith("coach ")]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.relative_to(EVALS).as_posix())
def test_its_commands_and_options_exist(guide: Path) -> None:
    for line in commands(guide.read_text("utf-8")):
        command: click.Command = cli
        words = shlex.split(line)[1:]
        while isinstance(command, click.Group):
            assert words, line
            assert words[0] in command.commands, line
            command = command.commands[words.pop(0)]
        options = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
        assert {word for word in words if word.startswith("--")} <= options, line


def test_the_guides_name_commands_at_all() -> None:
    assert 15 <= sum(len(commands(guide.read_text("utf-8"))) for guide in GUIDES)
